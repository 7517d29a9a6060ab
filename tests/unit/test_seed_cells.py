"""Cells as a seed: the run-length code is read, and creatures stand where and as large as asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import MorphogenError
from engine.show.seeds.cells import decode_cells, read_cells
from engine.show.seeds.first_state import make_seed
from engine.show.seeds.seed_file import parse_seed


def test_the_code_reads_as_chan_wrote_it() -> None:
    cells = decode_cells("2.AX$pAyO.qA!")
    assert cells[::-1].tolist() == [[0, 0, 1 / 255, 24 / 255], [25 / 255, 255 / 255, 0, 49 / 255]]


def test_orbium_has_its_twenty_rows_and_its_weight(scenes: Path) -> None:
    cells = read_cells(scenes / "seeds" / "orbium.cells", "here")
    assert cells.shape == (20, 20)
    assert cells.sum() == pytest.approx(76.863, abs=0.001)
    assert cells.max() <= 1.0


def test_a_creature_of_its_own_size_is_stamped_cell_by_cell(scenes: Path) -> None:
    spec = parse_seed(
        {"kind": "cells", "file": "seeds/orbium.cells", "count": 1, "size": 0.2}, "here"
    )
    cells = read_cells(scenes / "seeds" / "orbium.cells", "here")
    field = make_seed(spec, 100, 160, 5, (0.0,), (1.0,), scenes)
    assert field.sum() == pytest.approx(cells.sum(), rel=1e-5)
    finer = make_seed(spec, 200, 320, 5, (0.0,), (1.0,), scenes)
    assert finer.sum() == pytest.approx(4 * cells.sum(), rel=0.03)


def test_as_many_creatures_as_asked_for_do_not_meet(scenes: Path) -> None:
    table = {"kind": "cells", "file": "seeds/orbium.cells", "count": 6, "size": 0.1, "jitter": 0}
    cells = read_cells(scenes / "seeds" / "orbium.cells", "here")
    field = make_seed(parse_seed(table, "here"), 200, 320, 5, (0.0,), (1.0,), scenes)
    assert field.sum() == pytest.approx(6 * cells.sum(), rel=1e-4)


@pytest.mark.parametrize(
    "code,what", [("12x!", "no run of cells"), ("!", "no cells"), ("600A!", "512")]
)
def test_a_broken_file_of_cells_is_said_in_one_line(tmp_path: Path, code: str, what: str) -> None:
    (tmp_path / "bad.cells").write_text(f"# words\n{code}\n")
    spec = parse_seed({"kind": "cells", "file": "bad.cells"}, "scene.toml:3")
    with pytest.raises(MorphogenError) as caught:
        make_seed(spec, 20, 20, 1, (0.0,), (1.0,), tmp_path)
    assert what in str(caught.value) and np.size(caught.value.complaints) == 1
