"""`morphogen render FILE.fs` and `check` of files that are not ours, as they are typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli import main
from tests.isf_host import FILES

SMALL = ("--size", "32x24", "--seconds", "0.1", "--quiet")


def render(name: str, out: Path, *options: str) -> np.ndarray:
    assert main(["render", str(FILES / f"{name}.fs"), "-o", str(out), *SMALL, *options]) == 0
    return np.asarray(Image.open(out), np.float64) / 255.0


def test_a_generator_is_drawn_with_the_values_that_are_asked_for(tmp_path: Path) -> None:
    usual = render("grey", tmp_path / "usual.png")
    bright = render("grey", tmp_path / "bright.png", "--set", "amount=0.75")
    assert abs(usual - 0.5).max() < 0.01 and abs(bright - 0.75).max() < 0.01


def test_an_effect_is_drawn_on_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "given.png"
    Image.new("RGB", (40, 30), (200, 100, 50)).save(picture)
    drawn = render("pictures", tmp_path / "out.png", "--input", str(picture))
    assert abs(drawn[12, 0] * 255 - (200, 100, 50)).max() < 2
    assert render("pictures", tmp_path / "trial.png").std() > 0.1


def test_an_input_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, file = tmp_path / "out.png", str(FILES / "grey.fs")
    assert main(["render", file, "-o", str(out), "--set", "amuont=1"]) == 2
    assert capsys.readouterr().err.endswith("no input 'amuont'. Did you mean 'amount'?\n")


def test_a_folder_of_files_is_checked_and_only_what_is_broken_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("grey", "vertex", "broken"):
        (tmp_path / f"{name}.fs").write_text((FILES / f"{name}.fs").read_text())
    (tmp_path / "vertex.vs").write_text((FILES / "vertex.vs").read_text())
    assert main(["check", str(tmp_path)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert all(line.startswith(f"{tmp_path / 'broken.fs'}:4: ") for line in said[:-1])
    assert said[-1].endswith("mistakes")
