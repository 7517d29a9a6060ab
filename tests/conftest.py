"""What tests share: the repository's folders, and one GL context without a window."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import moderngl
import pytest


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


@pytest.fixture(scope="session")
def context() -> Iterator[moderngl.Context]:
    """A context on EGL where there is one (no display wanted), else what the system offers."""
    # llvmpipe reads this once, when GL starts: on small fields its threads cost more than they do.
    before = os.environ.get("LP_NUM_THREADS")
    os.environ["LP_NUM_THREADS"] = "0"
    try:
        made = moderngl.create_context(standalone=True, require=330, backend="egl")
    except Exception:
        made = moderngl.create_context(standalone=True, require=330)
    finally:
        if before is None:
            del os.environ["LP_NUM_THREADS"]
        else:
            os.environ["LP_NUM_THREADS"] = before
    yield made
    made.release()
