"""Where the assets are: the engine's own, and over them the user's. Folders in, paths out.

Never reads a file of them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Complaint, MorphogenError

FOLDERS = ("shaders", "scenes", "config")


@dataclass(frozen=True, slots=True)
class Folders:
    """A folder of the engine's own and, if there is one, the user's folder of the same name.

    A file of the user's takes the place of the engine's of the same name. The user's folder need
    not be there: it may come at any time.
    """

    own: Path
    users: Path | None = None

    def __truediv__(self, name: str) -> Folders:
        """The folder of that name inside."""
        return Folders(self.own / name, self.users / name if self.users else None)

    @property
    def roots(self) -> tuple[Path, ...]:
        """Both, the one that wins last."""
        return (self.own, self.users) if self.users else (self.own,)

    def resolve(self) -> Folders:
        """The same by the folders' real names, links followed."""
        return Folders(self.own.resolve(), self.users.resolve() if self.users else None)

    def find(self, name: str) -> Path:
        """The file of that name, like `models/heat.fs`: the user's if it is there, else the engine's
        own, there or not."""
        if self.users and (self.users / name).is_file():
            return self.users / name
        return self.own / name

    def name_of(self, path: Path) -> str:
        """How a file is called in here, whichever of both folders it lies in: `models/heat.fs`; by its
        whole path if it lies in neither."""
        inside = (root for root in reversed(self.roots) if path.is_relative_to(root))
        root = next(inside, None)
        return path.relative_to(root).as_posix() if root else path.as_posix()

    def files(self, pattern: str) -> list[Path]:
        """All that match, sorted by name, each name once; none that editors and systems hide."""
        found = {path.name: path for root in self.roots for path in list_files(root, pattern)}
        return [found[name] for name in sorted(found)]


def list_files(folder: Path, pattern: str) -> list[Path]:
    """What matches in one folder, but for hidden files: locks, drafts and other notes of editors."""
    return [path for path in folder.glob(pattern) if not path.name.startswith(".")]


Folder = Path | Folders
"""A folder of assets, alone or with the user's over it."""


def as_folders(folder: Folder) -> Folders:
    """The same, so that it can be asked for files."""
    return folder if isinstance(folder, Folders) else Folders(folder)


@dataclass(frozen=True, slots=True)
class Assets:
    """`root` holds `shaders/`, `scenes/` and `config/`, and `user` may; both absolute.

    Whoever reads asks `both("scenes")`; `scenes` itself is the engine's own alone.
    """

    root: Path
    user: Path | None = None

    def both(self, name: str) -> Folders:
        """One of FOLDERS, or a folder in one of them, with the user's over it."""
        return Folders(self.root / name, self.user / name if self.user else None)

    @property
    def shaders(self) -> Path:
        """Holds `lib/`, `models/`, `looks/`, `effects/`."""
        return self.root / "shaders"

    @property
    def scenes(self) -> Path:
        """Holds one TOML file per scene."""
        return self.root / "scenes"

    @property
    def config(self) -> Path:
        """Holds `controllers/`, `palettes/`, `shows/`."""
        return self.root / "config"


def find_assets(
    override: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    user: Path | None = None,
) -> Assets:
    """The assets in `override`, else in the folder MORPHOGEN_ASSETS names, else the engine's own;
    `user` is laid over them (see `find_user_folder`), None: nothing is.

    The engine's own are `engine/_data/` in an installed wheel, and the folders beside `engine/`
    in the repository or an editable install, which is why an edit there plays at once.
    Raises MorphogenError when a named folder lacks one of the three: never a silent fall-back.
    """
    if override is not None:
        return Assets(_checked(override, "Name a folder that holds"), user)
    if named := environment.get("MORPHOGEN_ASSETS"):
        root = _checked(Path(named), "MORPHOGEN_ASSETS must name a folder that holds")
        return Assets(root, user)
    package = Path(__file__).resolve().parent
    packaged = package / "_data"
    root = _checked(
        packaged if packaged.is_dir() else package.parent,
        "The installation is not whole: install morphogen again. It must hold",
    )
    return Assets(root, user)


def find_user_folder(
    override: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Path:
    """The user's own folder, absolute, there or not: `override`, else the one that MORPHOGEN_USER
    names, else the system's place for it. Raises MorphogenError where a file is in its way."""
    named = override or environment.get("MORPHOGEN_USER")
    if not named:
        from platformdirs import user_data_dir

        named = user_data_dir("morphogen")
    folder = Path(named).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise MorphogenError(Complaint(str(folder), "is no folder", "Name a folder: --user FOLDER"))
    return folder


def _checked(root: Path, remedy: str) -> Path:
    root = root.expanduser().absolute()
    missing = [folder for folder in FOLDERS if not (root / folder).is_dir()]
    if missing:
        what = f"there is no folder {', '.join(missing)}" if root.is_dir() else "no such folder"
        raise MorphogenError(Complaint(str(root), what, f"{remedy} {', '.join(FOLDERS)}"))
    return root
