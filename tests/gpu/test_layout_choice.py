"""The layout is measured once for a GPU and its driver, then looked up."""

from __future__ import annotations

import json
from pathlib import Path

import moderngl
import pytest

from engine.gpu.field import FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.layout import LAYOUTS
from engine.gpu.layout_choice import choose_layout
from engine.show.catalogue import Model

SMALL = FieldSpec(64, 36, 2)


@pytest.fixture
def model(shaders: Path) -> Model:
    return read_model(shaders / "models" / "gray_scott.fs", shaders)


def test_what_was_measured_is_kept_for_this_driver_beside_others(
    context: moderngl.Context, shaders: Path, model: Model, tmp_path: Path
) -> None:
    kept = tmp_path / "below" / "layouts.json"
    kept.parent.mkdir()
    kept.write_text(json.dumps({"another GPU": "rows"}))
    found = choose_layout(context, shaders, model, kept, SMALL)
    assert found in LAYOUTS.values()
    written = json.loads(kept.read_text())
    key = next(name for name in written if name != "another GPU")
    assert context.info["GL_RENDERER"] in key and written == {"another GPU": "rows", key: found.id}
    for layout in LAYOUTS:  # whatever stands there is believed, not measured again
        kept.write_text(json.dumps({key: layout}))
        assert choose_layout(context, shaders, model, kept, SMALL).id == layout


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"llvmpipe": 3}'])
def test_a_broken_note_of_it_is_made_anew(
    context: moderngl.Context, shaders: Path, model: Model, tmp_path: Path, text: str
) -> None:
    kept = tmp_path / "layouts.json"
    kept.write_text(text)
    found = choose_layout(context, shaders, model, kept, SMALL)
    assert found.id in json.loads(kept.read_text()).values()


def test_a_folder_that_cannot_be_written_does_not_matter(
    context: moderngl.Context, shaders: Path, model: Model, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("")
    assert (
        choose_layout(context, shaders, model, tmp_path / "a file" / "x.json", SMALL).id in LAYOUTS
    )
