"""The order of the rooms, enforced: who may import whom, and who may touch which device."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# A room imports only rooms above it. What stands above all rooms imports only what is named here.
ROOMS = ("desk", "show", "gpu", "output")
ABOVE_ALL: dict[str, tuple[str, ...]] = {
    "errors": (),
    "message": (),
    "house_addresses": (),
    "osc_reading": ("message",),
    "osc_writing": ("message",),
    "assets": ("errors",),
    "keep": ("errors",),
    "overtaking": ("house_addresses", "message"),
    "coalesce": ("message", "overtaking"),
    "bundle": ("message", "osc_reading", "osc_writing"),
    "pipe": ("bundle", "coalesce", "message", "overtaking"),
    "settings": (),
    "toml_lines": ("errors",),
    "watch": (),
}
# Outside libraries that only some rooms may touch.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "moderngl": ("gpu", "output"),
    "glcontext": ("gpu", "output"),
    "glfw": ("output",),
    **dict.fromkeys(("rtmidi", "rtmidi2", "link", "pythonosc", "sounddevice"), ("desk",)),
    **dict.fromkeys(("socket", "socketserver", "http", "asyncio", "ssl", "urllib"), ("desk",)),
}


def imports_of(path: Path, package: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(line, dotted name) of everything a file imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, tuple(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            for alias in node.names:
                yield node.lineno, (*base, alias.name)
        elif isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            if name in ("import_module", "__import__") and isinstance(first, ast.Constant):
                yield node.lineno, tuple(str(first.value).split("."))


def may_import(importer: str, imported: str) -> bool:
    """Whether a part of the house (a room, or a file beside the rooms) may import another."""
    if importer == imported:
        return True
    if importer in ABOVE_ALL:
        return imported in ABOVE_ALL[importer]
    if importer in ROOMS:
        above = ROOMS[: ROOMS.index(importer)]
        return imported in ABOVE_ALL or imported in above
    return True  # stage, supervisor, cli: they wire rooms together


def breaches(engine: Path) -> list[str]:
    """Every broken rule below a folder called `engine`, as `file:line: what`."""
    found = []
    for path in sorted(engine.rglob("*.py")):
        inside = path.relative_to(engine.parent).with_suffix("").parts
        importer = inside[1]
        for line, name in imports_of(path, inside[:-1]):
            where = f"{path.relative_to(engine.parent).as_posix()}:{line}"
            if name[0] == "engine" and len(name) > 1:
                part = (engine / name[1]).exists() or (engine / f"{name[1]}.py").exists()
                if part and not may_import(importer, name[1]):
                    found.append(f"{where}: {importer} imports {name[1]}")
            elif importer not in ONLY_IN.get(name[0], (importer,)):
                found.append(f"{where}: {importer} imports {name[0]}")
    return list(dict.fromkeys(found))


def test_the_house_keeps_its_rules(repository: Path) -> None:
    assert breaches(repository / "engine") == []


def test_the_house_is_really_looked_at(repository: Path) -> None:
    rooms = {path.name for path in (repository / "engine").iterdir() if path.is_dir()}
    assert set(ROOMS) <= rooms
    assert all((repository / "engine" / f"{name}.py").is_file() for name in ABOVE_ALL)


@pytest.mark.parametrize(
    "file,line,what",
    [
        ("desk/midi.py", "from engine.show.bank import Bank", "desk imports show"),
        ("desk/midi.py", "import engine.gpu.field", "desk imports gpu"),
        ("desk/midi.py", "from engine import show", "desk imports show"),
        ("desk/midi.py", "from ..show import bank", "desk imports show"),
        ("show/bank.py", "def f():\n    from engine.gpu import field", "show imports gpu"),
        ("show/bank.py", "if TYPE_CHECKING:\n    import moderngl", "show imports moderngl"),
        ("show/bank.py", "import importlib\nimportlib.import_module('glfw')", "show imports glfw"),
        ("show/bank.py", "from engine.stage import run", "show imports stage"),
        ("gpu/field.py", "import glfw", "gpu imports glfw"),
        ("gpu/field.py", "from engine.output import window", "gpu imports output"),
        ("output/window.py", "import http.server", "output imports http"),
        ("output/window.py", "from rtmidi import MidiIn", "output imports rtmidi"),
        ("stage.py", "import moderngl", "stage imports moderngl"),
        ("cli.py", "import socket", "cli imports socket"),
        ("errors.py", "from engine.message import Message", "errors imports message"),
        ("message.py", "from engine import errors", "message imports errors"),
        ("pipe.py", "from engine.show import bank", "pipe imports show"),
    ],
)
def test_a_broken_rule_is_found(tmp_path: Path, file: str, line: str, what: str) -> None:
    engine = made_up_house(tmp_path)
    path = engine / file
    path.write_text(f"{path.read_text()}\n{line}\n")
    found = breaches(engine)
    assert len(found) == 1
    assert found[0].startswith(f"engine/{file}:") and found[0].endswith(what)


def test_a_house_in_order_has_no_breach(tmp_path: Path) -> None:
    assert breaches(made_up_house(tmp_path)) == []


def made_up_house(folder: Path) -> Path:
    engine = folder / "engine"
    files = {
        "__init__.py": "",
        "errors.py": "import difflib",
        "message.py": "import struct",
        "pipe.py": "from engine.message import Message",
        "settings.py": "",
        "assets.py": "from engine.errors import Complaint",
        "desk/__init__.py": "",
        "desk/midi.py": "import rtmidi, socket\nfrom engine.message import Message",
        "show/__init__.py": "",
        "show/bank.py": "import math\nfrom engine.errors import Complaint",
        "gpu/__init__.py": "",
        "gpu/field.py": "import moderngl\nfrom engine.show.bank import Bank\nfrom . import block",
        "gpu/block.py": "import numpy",
        "output/__init__.py": "",
        "output/window.py": "import glfw, moderngl\nfrom engine.gpu.field import Field",
        "stage.py": "from engine.gpu.field import Field\nfrom engine.output import window",
        "cli.py": "from engine import desk, show\nfrom engine.stage import run",
    }
    for name, text in files.items():
        path = engine / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return engine
