"""Where the assets are. A folder comes in or is found; paths go out. Never reads a file of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Complaint, MorphogenError

FOLDERS = ("shaders", "scenes", "config")


@dataclass(frozen=True, slots=True)
class Assets:
    """The folder that holds `shaders/`, `scenes/` and `config/`; absolute."""

    root: Path

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
    override: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Assets:
    """The assets in `override`, else in the folder MORPHOGEN_ASSETS names, else the engine's own.

    The engine's own are `engine/_data/` in an installed wheel, and the folders beside `engine/`
    in the repository or an editable install, which is why an edit there plays at once.
    Raises MorphogenError when a named folder lacks one of the three: never a silent fall-back.
    """
    if override is not None:
        return _checked(override, "Name a folder that holds")
    if named := environment.get("MORPHOGEN_ASSETS"):
        return _checked(Path(named), "MORPHOGEN_ASSETS must name a folder that holds")
    package = Path(__file__).resolve().parent
    packaged = package / "_data"
    return _checked(
        packaged if packaged.is_dir() else package.parent,
        "The installation is not whole: install morphogen again. It must hold",
    )


def _checked(root: Path, remedy: str) -> Assets:
    root = root.expanduser().absolute()
    missing = [folder for folder in FOLDERS if not (root / folder).is_dir()]
    if missing:
        what = f"there is no folder {', '.join(missing)}" if root.is_dir() else "no such folder"
        raise MorphogenError(Complaint(str(root), what, f"{remedy} {', '.join(FOLDERS)}"))
    return Assets(root)
