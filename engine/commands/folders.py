"""The folders that every command can be given, and what is read from them.

In: `--assets` and `--user`. Out: the assets, the library; what is wrong in it on stderr.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.assets import Assets
    from engine.library import Library


def add_folders(command: argparse.ArgumentParser) -> None:
    command.add_argument("--assets", type=Path, help="the folder with shaders, scenes, config")
    command.add_argument("--user", type=Path, metavar="FOLDER", help="your own, laid over it")


def find_assets(options: argparse.Namespace) -> Assets:
    """The assets with the user's own folder over them, as `--assets` and `--user` say."""
    from engine import assets

    return assets.find_assets(options.assets, user=assets.find_user_folder(options.user))


def read_library(options: argparse.Namespace) -> Library:
    """The library, with what is wrong in it said on stderr."""
    from engine import library

    read = library.read_library(find_assets(options))
    for complaint in read.complaints:
        print(complaint, file=sys.stderr)
    return read
