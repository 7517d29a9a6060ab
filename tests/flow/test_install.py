"""The wheel, the sdist, the editable install and the lock, each used as a stranger would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import engine
from engine.assets import FOLDERS

REPOSITORY = Path(__file__).resolve().parents[2]
ASK = "from engine.assets import find_assets; print(find_assets().root)"


def run(*command: str | Path, folder: Path) -> str:
    """What `command` prints, run in `folder` as if this repository were not there."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "MORPHOGEN_ASSETS", "VIRTUAL_ENV")
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def build(kind: str, source: Path, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, folder=source)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", REPOSITORY, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that sees this one's packages but not its editable installs.

    That is the case of a stranger who has the dependencies, without fetching them in every test.
    """
    home = tmp_path_factory.mktemp("clean venv")  # with a space, as folders have
    run(sys.executable, "-m", "venv", "--without-pip", home, folder=home)
    (folder,) = home.glob("[Ll]ib/python*/site-packages")
    (folder / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def install(clean: Path, *what: str | Path) -> None:
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--force-reinstall", "--quiet")
    python = clean / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, *what, folder=clean)


def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def test_wheel_plays_from_a_clean_environment_outside_the_repository(
    wheel: Path, clean: Path, tmp_path: Path
) -> None:
    install(clean, wheel)
    assert engine.__version__ in run(clean / "morphogen", "--version", folder=tmp_path)
    assert engine.__version__ in run(clean / "python", "-m", "engine", "--version", folder=tmp_path)
    root = Path(run(clean / "python", "-c", ASK, folder=tmp_path))
    assert root.is_relative_to(clean.parent)
    assert root.parts[-2:] == ("engine", "_data")


def test_wheel_carries_every_asset(wheel: Path) -> None:
    carried = names(wheel)
    assets = [path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.*")]
    assert assets
    for path in assets:
        assert f"engine/_data/{path.relative_to(REPOSITORY).as_posix()}" in carried


def test_editable_install_plays_from_the_repository(clean: Path, tmp_path: Path) -> None:
    install(clean, "-e", REPOSITORY)
    assert engine.__version__ in run(clean / "morphogen", "--version", folder=tmp_path)
    assert Path(run(clean / "python", "-c", ASK, folder=tmp_path)) == REPOSITORY


def test_sdist_is_whole(wheel: Path, tmp_path: Path) -> None:
    """It builds the same wheel, and holds what `make play` and `make test` need."""
    (tmp_path / "sdist").mkdir()
    (tmp_path / "wheel").mkdir()
    archive = build("sdist", REPOSITORY, tmp_path / "sdist")
    shutil.unpack_archive(archive, tmp_path)
    unpacked = tmp_path / f"morphogen-{engine.__version__}"
    for needed in ("Makefile", "setup.sh", "requirements.lock", "LICENSE", "tests/flow"):
        assert (unpacked / needed).exists(), needed
    assert names(build("wheel", unpacked, tmp_path / "wheel")) == names(wheel)


def test_lock_pins_every_requirement_and_names_no_address() -> None:
    text = (REPOSITORY / "requirements.lock").read_text()
    assert "://" not in text
    entries = re.findall(
        r"^([a-z].*?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    assert len(entries) == len(re.findall(r"^[a-z]", text, re.M)), "an entry lacks its hashes"
    locked = [Requirement(line) for line, _ in entries]
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["record"],
        *project["dependency-groups"]["dev"],
    ]
    for wish in map(Requirement, wanted):
        pins = [pin for pin in locked if pin.name == wish.name]
        assert pins, f"{wish.name} is not in requirements.lock: make lock"
        for pin in pins:
            (version,) = pin.specifier
            assert wish.specifier.contains(version.version), f"{wish} but {pin}: make lock"
