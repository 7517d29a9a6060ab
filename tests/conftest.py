"""What tests share: the repository's folders, one GL context without a window, folders of a user."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import moderngl
import pytest
from hypothesis import HealthCheck, settings

CONTEXT = pytest.StashKey[moderngl.Context]()


def pytest_configure() -> None:
    # llvmpipe reads this once, when GL starts: on small fields its threads cost more than they do.
    os.environ.setdefault("LP_NUM_THREADS", "0")
    # How long an example takes says more of the machine than of the engine. A landing is judged by the
    # same examples each time; at a desk they are new ones, and a failure is kept in .hypothesis.
    settings.register_profile(
        "house",
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("house")


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shaders(repository: Path) -> Path:
    return repository / "shaders"


@pytest.fixture(scope="session")
def scenes(repository: Path) -> Path:
    return repository / "scenes"


@pytest.fixture(scope="session")
def config(repository: Path) -> Path:
    return repository / "config"


@pytest.fixture(scope="session", autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the engine keeps for its user goes into folders of this run, not to whoever runs it."""
    environment = os.environ
    # What the driver has compiled stays where the driver keeps it: a start takes half as long.
    cache = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    environment.setdefault("MESA_SHADER_CACHE_DIR", cache)
    folder = tmp_path_factory.mktemp("user")
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        environment[name] = str(folder / name)
    environment["MORPHOGEN_USER"] = str(folder / "own")  # of whoever runs this, nothing is read


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test before may have opened another context, as a stage does, and left that current."""
    context = item.config.stash.get(CONTEXT, None)
    if context is not None and "context" in getattr(item, "fixturenames", ()):
        context.__enter__()


@pytest.fixture(scope="session")
def context(pytestconfig: pytest.Config) -> Iterator[moderngl.Context]:
    """A context on EGL where there is one (no display wanted), else what the system offers."""
    try:
        made = moderngl.create_context(standalone=True, require=330, backend="egl")
    except Exception:
        made = moderngl.create_context(standalone=True, require=330)
    pytestconfig.stash[CONTEXT] = made
    yield made
    made.release()
