"""The command line: every mistake is one line and exit code 2."""

from __future__ import annotations

import argparse
import re
from functools import partial
from pathlib import Path

import pytest

from engine import __version__
from engine.cli import COMMANDS, main

OPTION = re.compile(r"--[a-z][a-z-]+")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bogus"], "--bogus"),
        (["play", "--size", "3"], "'3' is no size like 1280x720"),
        (["play", "--size", "1x1"], "each side 16 to 8192"),
        (["play", "--size", "1280x"], "no size"),
        (["play", "--fps", "0"], "above 0"),
        (["play", "--fps", "nan"], "above 0"),
        (["play", "--fps", "100000"], "1000 at most"),
        (["play", "corral"], "corral: no such show or scene. Did you mean 'coral'?"),
        (["play", "zzz"], " lichen, life, maelstrom, "),  # a scene and a generator of one name
        (["play", "--tape", "set"], "set: a tape's name ends in .tape. Say set.tape."),
        (["play", "--record", "x.xyz"], "no film ends in '.xyz'"),
        (["play", "--record", "/no/such/folder/x.mp4"], "no folder"),
        (["play", "--layout", "nope"], "rows. See"),
        (["play", "--osc-allow", "x"], "between them. See"),
        (["render", "coral", "-o", "x.png", "--seconds", "1e12"], "below ten million"),
        (["play", "--seed", "-1"], "seed"),
        (["play", "--seed", "2147483648"], "no whole number"),
        (["play", "--osc-port", "65536"], "no port"),
        (["play", "--duration", "inf"], "above 0"),
        (["play", "--audio", "none.wav"], "no such file"),
        (["play", "--audio-channels", "0,1"], "no list of channels"),
        (["play", "--assets", "/no/such/folder"], "no such folder"),
        (["render"], "required"),
        (["render", "coral"], "required"),
        (["render", "coral", "-o", "x.png", "--fps", "0.3"], "no whole number from 1"),
        (["render", "coral", "-o", "x.png", "--seconds", "x"], "no number"),
        (["list"], "required"),
        (["list", "sceens"], "invalid choice"),
        (["check", "/no/such/file"], "no such file"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert words in said.err and "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) <= 2


@pytest.mark.parametrize("words", [["--help"], ["play", "--help"], ["--version"]])
def test_help_and_version_are_printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert said == f"morphogen {__version__}\n" if words == ["--version"] else "usage:" in said


@pytest.mark.parametrize(
    ("what", "id_"),
    [("scenes", "coral"), ("models", "heat"), ("looks", "relief"), ("palettes", "ember")],
)
def test_lists_name_what_there_is(what: str, id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", what]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[0] == id_ and len(line.split()) > 1 for line in lines)


@pytest.mark.parametrize("what", ["shows", "monitors", "midi", "audio"])
def test_lists_of_what_may_not_be_there_say_so_in_a_line(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["list", what])
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert (code, len(lines)) in ((0, 0), (0, 1), (2, 1))
    assert said.out or lines, "silence says neither that there is none nor that it went wrong"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_commands_names_each_option_and_no_other(name: str, repository: Path) -> None:
    unbroken = partial(argparse.HelpFormatter, width=1000)
    parser = argparse.ArgumentParser(add_help=False, formatter_class=unbroken)
    COMMANDS[name].add_options(parser)
    page = (repository / "docs" / "commands.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert set(OPTION.findall(section)) == set(OPTION.findall(parser.format_help()))


def test_every_command_that_the_readme_types_is_there(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    typed = set(re.findall(r"(?:`|^)(?:uv run )?morphogen ([a-z]+)", readme, re.MULTILINE))
    assert len(typed) > 10
    assert typed <= COMMANDS.keys()
