"""The MORPHOGEN object of a model: what it may say, and every mistake as a complaint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import MorphogenError
from engine.gpu.headers import read_model, read_shaders
from engine.show.catalogue import Model

SOUND: dict[str, Any] = {
    "KIND": "model",
    "CHANNELS": ["u", "v"],
    "RANGE": [[0, 1], [0, 1]],
    "LIMIT": {"DIFFUSION": "spread"},
}
INPUTS = [
    {"NAME": "spread", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "tint", "TYPE": "color"},
]


def read(
    folder: Path, morphogen: dict[str, Any], inputs: list[Any] = INPUTS, body: str = ""
) -> Model:
    (folder / "models").mkdir(exist_ok=True)
    (folder / "lib").mkdir(exist_ok=True)
    (folder / "lib" / "step.glsl").write_text("void main() {}\n")
    path = folder / "models" / "some.fs"
    header = {"ISFVSN": "2", "INPUTS": inputs, "MORPHOGEN": morphogen}
    path.write_text(f"/*{json.dumps(header, indent=1)}*/\n{body}", encoding="utf-8")
    return read_model(path, folder)


def complaints(folder: Path, *given: Any, **also: Any) -> list[str]:
    with pytest.raises(MorphogenError) as caught:
        read(folder, *given, **also)
    return [str(complaint) for complaint in caught.value.complaints]


def test_a_sound_header_is_a_model(tmp_path: Path) -> None:
    model = read(tmp_path, SOUND)
    assert (model.id, model.channels) == ("some", ("u", "v"))
    assert (model.rest, model.brush) == ((0.0, 0.0), (1.0, 1.0))
    assert model.limit.largest_dt({"spread": 0.5}) == pytest.approx(0.95 * 2 / (0.5 * 16 / 3))


def test_every_shader_of_the_project_reads_without_complaint(shaders: Path) -> None:
    found = read_shaders(shaders)
    assert found.complaints == ()
    assert found.models and found.looks


@pytest.mark.parametrize(
    "change,what",
    [
        ({"KIND": "look"}, "KIND"),
        ({"CHANELS": ["u"]}, "Did you mean 'CHANNELS'?"),
        ({"CHANNELS": []}, "one to four"),
        ({"CHANNELS": "uv"}, "one to four"),
        ({"CHANNELS": list("abcde")}, "one to four"),
        ({"REST": [0]}, "REST wants 2"),
        ({"REST": ["a", "b"]}, "REST wants 2"),
        ({"REST": [5, 0]}, "outside RANGE"),
        ({"BRUSH": None}, "BRUSH wants 2"),
        ({"BRUSH": [True, 1]}, "BRUSH wants 2"),
        ({"RANGE": [[0, 1]]}, "RANGE wants 2"),
        ({"RANGE": [[1, 0], [0, 1]]}, "RANGE wants 2"),
        ({"RANGE": [0, 1]}, "RANGE wants 2"),
        ({"RANGE": 7}, "RANGE wants 2"),
        ({"SHOWN": 7}, "SHOWN"),
        ({"DT": "fast"}, "DT wants"),
        ({"DT": 0}, "DT wants"),
        ({"STEPS": -1}, "STEPS wants"),
        ({"INTEGRATOR": "symplectik"}, "Did you mean 'symplectic'?"),
        ({"INTEGRATOR": ["euler"]}, "no integrator"),
        (
            {"INTEGRATOR": "symplectic", "CHANNELS": ["u"], "RANGE": [[0, 1]]},
            "symplectic wants two",
        ),
        ({"SEED": "noise"}, "SEED must"),
        ({"LIMIT": None}, "states its LIMIT"),
        ({"LIMIT": "spread"}, "states its LIMIT"),
        ({"LIMIT": {"DIFUSION": "spread"}}, "Did you mean 'DIFFUSION'?"),
        ({"LIMIT": {"DIFFUSION": "spred"}}, "Did you mean 'spread'?"),
        ({"LIMIT": {"DIFFUSION": "spread +"}}, "is not a formula"),
        ({"LIMIT": {"DIFFUSION": "tint"}}, "no parameter 'tint'"),
        ({"LIMIT": {"DIFFUSION": "1 / spread"}}, "has no value at spread = 0"),
        ({"LIMIT": {"DIFFUSION": "9^9^9^9"}}, "has no value"),
    ],
)
def test_each_mistake_is_one_complaint_with_its_line(
    tmp_path: Path, change: dict[str, Any], what: str
) -> None:
    (found,) = complaints(tmp_path, {**SOUND, **change})
    line = int(found.split(":")[1])
    text = (tmp_path / "models" / "some.fs").read_text().split("\n")[line - 1]
    assert next(iter(change)) in text or any(
        str(key) in text for key in (change.get("LIMIT") or ())
    )
    assert what in found


def test_mistakes_of_header_inputs_and_includes_come_together(tmp_path: Path) -> None:
    inputs = [*INPUTS, {"NAME": "dt", "TYPE": "float"}]
    wrong = {**SOUND, "DT": -1, "REST": [9, 9], "SPEED": 1}
    found = complaints(tmp_path, wrong, inputs=inputs, body='#include "lib/none.glsl"\n')
    for what in ("'dt' is a name of the step's own", "DT wants", "REST lies", "SPEED", "no file"):
        assert any(what in complaint for complaint in found), what
    assert len(found) == 5


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("CHANNELS REST BRUSH SHOWN RANGE DT STEPS LIMIT INTEGRATOR SEED".split()),
        JSON,
    )
)
def test_no_object_whatever_crashes_the_reader(
    tmp_path_factory: pytest.TempPathFactory, change: dict[str, Any]
) -> None:
    try:
        read(tmp_path_factory.mktemp("shaders"), {**SOUND, **change})
    except MorphogenError as error:
        assert error.complaints


@pytest.mark.parametrize("names", [["u"], ["u", "u"], ["u", "w"], "u v", ["u", "v", "v"], [1, 2]])
def test_a_push_names_two_channels(tmp_path: Path, names: object) -> None:
    with pytest.raises(MorphogenError, match="PUSH wants two CHANNELS"):
        read(tmp_path, {**SOUND, "PUSH": names})
    assert read(tmp_path, {**SOUND, "PUSH": ["v", "u"]}).push == (1, 0)
