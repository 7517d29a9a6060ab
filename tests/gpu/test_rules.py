"""Rules: passes, targets, repeats, borders and tables, against NumPy, with rules made for the test."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import MorphogenError
from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.stepping import make_program, make_stepper
from engine.show.catalogue import BORDERS
from engine.show.sources.source import Source
from tests.gpu.running import Run, run_model

ROWS, COLUMNS = 13, 17
SINGLE = 1e-6
OUTSIDE = (0.5, -0.25)

# Across and down by two cells each, as two passes; the second channel only decays.
BLUR = """
void main() {
    vec2 texel = 1.0 / vec2(textureSize(state, 0));
#if PASSINDEX == 0
    float sum = 0.0;
    for (int k = -2; k <= 2; k++) sum += texture(state, uv + vec2(float(k), 0.0) * texel).r - outside.r;
    gl_FragColor = vec4(sum / 5.0);
#else
    float sum = 0.0;
    for (int k = -2; k <= 2; k++) sum += texture(across, uv + vec2(0.0, float(k)) * texel).r;
    vec2 here = texture(state, uv).rg;
    gl_FragColor = vec4(sum / 5.0 + outside.r, here.g * (1.0 - decay), 0.0, 0.0);
#endif
}
"""
DECAY = [{"NAME": "decay", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25}]


def write_rule(
    shaders: Path,
    folder: Path,
    code: str,
    passes: Sequence[Mapping[str, Any]],
    inputs: Sequence[Mapping[str, Any]] = (),
    **morphogen: Any,
) -> Path:
    """A shaders folder below `folder`: the house's own `lib/` and one rule, `some`. Returns it."""
    made = folder / "shaders"
    if not made.exists():
        shutil.copytree(shaders / "lib", made / "lib")
        (made / "models").mkdir()
    stated = {"KIND": "rule", "CHANNELS": ["u", "v"], **morphogen}
    header = {
        "ISFVSN": "2",
        "INPUTS": list(inputs),
        "PASSES": list(passes),
        "MORPHOGEN": stated,
    }
    path = made / "models" / "some.fs"
    path.write_text(f"/*{json.dumps(header, indent=1)}*/\n{code}", encoding="utf-8")
    return made


def target(name: str, **also: Any) -> dict[str, Any]:
    return {"TARGET": name, "FLOAT": True, "CHANNELS": 1, **also}


def run(context: moderngl.Context, made: Path, state: NDArray, how: Run) -> NDArray[np.float32]:
    return run_model(context, made, read_model(made / "models" / "some.fs", made), state, how)


def pad(image: NDArray, width: int, border: str, outside: float) -> NDArray:
    if border == "fixed":
        return np.pad(image, width, mode="constant", constant_values=outside)
    return np.pad(image, width, mode="wrap" if border == "periodic" else "edge")


@pytest.mark.parametrize("border", BORDERS)
def test_two_passes_make_a_blur_across_then_down_with_each_border(
    context: moderngl.Context, shaders: Path, tmp_path: Path, border: str
) -> None:
    made = write_rule(shaders, tmp_path, BLUR, [target("across"), {}], DECAY)
    state = np.random.default_rng(1).uniform(-1, 1, (ROWS, COLUMNS, 2))
    how = Run({"decay": 0.25}, 1.0, steps=2, border=border, outside=OUTSIDE)
    found = run(context, made, state, how)
    expected = state.copy()
    for _ in range(2):
        around = pad(expected[..., 0], 2, border, OUTSIDE[0])
        boxes = np.lib.stride_tricks.sliding_window_view(around, (5, 5))
        expected = np.stack([boxes.mean(axis=(2, 3)), expected[..., 1] * 0.75], axis=-1)
    assert np.abs(found - expected).max() <= SINGLE


@pytest.mark.parametrize("persistent", [False, True])
def test_a_repeated_pass_reads_its_own_and_a_persistent_one_goes_on_from_the_step_before(
    context: moderngl.Context, shaders: Path, tmp_path: Path, persistent: bool
) -> None:
    code = """
void main() {
#if PASSINDEX == 0
    float own = texture(guess, uv).r;
    gl_FragColor = vec4(0.5 * own + texture(state, uv).r + 0.125 * float(repeat_index));
#else
    gl_FragColor = vec4(texture(guess, uv).r, texture(state, uv).g + float(step_index), 0.0, 0.0);
#endif
}
"""
    count = [{"NAME": "rounds", "TYPE": "long", "MIN": 1, "MAX": 20, "DEFAULT": 3}]
    guess = target("guess", REPEAT="rounds", PERSISTENT=persistent)
    made = write_rule(shaders, tmp_path, code, [guess, {}], count)
    state = np.random.default_rng(2).uniform(0, 1, (ROWS, COLUMNS, 2))
    found = run(context, made, state, Run({"rounds": 4.0}, 1.0, steps=3))
    first, second, guessed = state[..., 0], state[..., 1], np.zeros((ROWS, COLUMNS))
    for step in range(3):
        guessed = guessed if persistent else np.zeros((ROWS, COLUMNS))
        for repeat in range(4):
            guessed = 0.5 * guessed + first + 0.125 * repeat
        first, second = guessed, second + step
    assert np.abs(found - np.stack([first, second], axis=-1)).max() <= 1e-5


def test_several_targets_of_a_smaller_size_are_written_at_once_and_read_smoothly(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    # Of ramps, so that smooth reading has a plain answer: linear between the means of four.
    code = """
void main() {
#if PASSINDEX == 0
    ivec2 first = 2 * ivec2(gl_FragCoord.xy);
    vec4 sum = vec4(0.0);
    for (int k = 0; k < 4; k++) sum += texelFetch(state, first + ivec2(k & 1, k >> 1), 0);
    gl_FragData[0] = sum / 4.0;
    gl_FragData[1] = vec4(RENDERSIZE, 0.0, 0.0);
#else
    gl_FragColor = vec4(texture(mean_smooth, uv).r, texture(size, uv).x, 0.0, 0.0);
#endif
}
"""
    half = {"TARGETS": ["mean", "size"], "FLOAT": True, "CHANNELS": 2}
    half |= {"WIDTH": "$WIDTH / 2", "HEIGHT": "floor($HEIGHT / 2)"}
    made = write_rule(shaders, tmp_path, code, [half, {}])
    ramp = np.broadcast_to(np.arange(16.0)[None, :, None], (12, 16, 2)) / 16
    found = run(context, made, ramp, Run({}, 1.0, border="no-flux"))
    assert np.abs(found[:, 1:-1, 0] - ramp[:, 1:-1, 0]).max() < 1e-5
    assert (found[..., 1] == 8.0).all()


def test_what_a_rule_breaks_comes_back_to_rest_and_a_persistent_target_to_zero(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    code = """
void main() {
#if PASSINDEX == 0
    gl_FragColor = vec4(texture(memory, uv).r + sqrt(texture(state, uv).r));
#else
    gl_FragColor = vec4(texture(memory, uv).r, 1.0 / texture(state, uv).g, 0.0, 0.0);
#endif
}
"""
    made = write_rule(
        shaders,
        tmp_path,
        code,
        [target("memory", PERSISTENT=True), {}],
        REST=[0.5, 0.25],
        RANGE=[[0, 2], [0, 2]],
    )
    state = np.full((ROWS, COLUMNS, 2), 0.25)
    state[3, 4] = -1.0, 0.0  # a root of less than nothing, a part of nothing
    state[6, 7, 0] = math.nan
    found = run(context, made, state, Run({}, 1.0))
    assert found[3, 4].tolist() == [0.5, 0.25]
    assert found[6, 7, 0] == 0.0  # the memory's zero, not NaN
    assert (found[0] == [0.5, 2.0]).all()  # held to RANGE


def test_clearing_forgets_what_persists(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    code = """
void main() {
#if PASSINDEX == 0
    gl_FragColor = vec4(texture(memory, uv).r + 0.25);
#else
    gl_FragColor = vec4(texture(memory, uv).r, 0.0, 0.0, 0.0);
#endif
}
"""
    made = write_rule(shaders, tmp_path, code, [target("memory", PERSISTENT=True), {}])
    model = read_model(made / "models" / "some.fs", made)
    spec = FieldSpec(COLUMNS, ROWS, 2)
    program = make_program(context, model, made)
    stepper = make_stepper(context, program, spec)
    with Field(context, spec) as field:
        stepper.step(field, program, {}, dt=1.0, steps=3)
        assert (field.read()[..., 0] == 0.75).all()
        stepper.clear()
        stepper.step(field, program, {}, dt=1.0, steps=1)
        assert (field.read()[..., 0] == 0.25).all()
    stepper.release()
    program.release()


def test_a_parameter_of_a_rule_is_driven_by_a_source(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    made = write_rule(shaders, tmp_path, BLUR, [target("across"), {}], DECAY)
    land = np.broadcast_to(np.linspace(-1, 1, COLUMNS, dtype=np.float32), (ROWS, COLUMNS))
    texture = context.texture((COLUMNS, ROWS), 1, np.ascontiguousarray(land).tobytes(), dtype="f4")
    texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
    state = np.ones((ROWS, COLUMNS, 2))
    values = {"decay": 0.5, "decay_land": 0.25, "land_drift": (0.0, 0.0)}
    land_moves = Source("land", "noise", {}, {"decay": 0.25})
    how = Run(values, 1.0, sources=(land_moves,), textures={"land": texture})
    found = run(context, made, state, how)
    texture.release()
    assert np.abs(found[4:9, 4:-4, 1] - (0.5 - 0.25 * land[4:9, 4:-4])).max() < 1e-3


def complaints(folder: Path, code: str, *given: Any, **also: Any) -> list[str]:
    with pytest.raises(MorphogenError) as caught:
        made = write_rule(Path("shaders"), folder, code, *given, **also)
        read_model(made / "models" / "some.fs", made)
    return [str(complaint) for complaint in caught.value.complaints]


@pytest.mark.parametrize(
    "passes,what",
    [
        ([], "1 to 16 PASSES"),
        ([target("a")], "the last pass has a TARGET"),
        ([{}, {}], "pass 1 has no TARGET"),
        ([target("a", CHANNELS=3), {}], "1, 2 or 4 CHANNELS"),
        ([target("a", REPEAT=0), {}], "REPEAT is 0"),
        ([target("a", REPEAT="dekay"), {}], "Did you mean 'decay'?"),
        ([target("a", REPEAT="decay"), {}], "runs over 0..1"),
        ([target("a", WIDTH="$WIDHT / 2"), {}], "no size 'WIDHT'"),
        ([target("a", WIDTH="1 / 0"), {}], "WIDTH"),
        ([target("a", FLOAT=False), {}], "not FLOAT"),
        ([target("decay"), {}], "two things are called 'decay'"),
        ([target("state_smooth"), {}], "not yet taken"),
        ([target("a"), target("a"), {}], "two things are called 'a'"),
        ([target("a", TARGETS=["b"]), {}], "TARGET and TARGETS"),
        ([target("a", PERSISTANT=True), {}], "Did you mean 'PERSISTENT'?"),
        ([{"REPEAT": 2}], "drawn once"),
    ],
)
def test_every_mistake_in_the_passes_is_said(
    tmp_path: Path, passes: list[dict[str, Any]], what: str
) -> None:
    found = complaints(tmp_path, "void main() {}", passes, DECAY)
    assert any(what in line and "some.fs:" in line for line in found), found


def test_a_table_that_nobody_makes_is_said(tmp_path: Path) -> None:
    found = complaints(tmp_path, "void main() {}", [{}], TABLES={"weights": "no_such"})
    assert any("no table 'no_such'" in line for line in found), found


def test_a_pass_that_reads_what_it_writes_is_refused_with_its_name(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    code = """
void main() {
    gl_FragColor = texture(own, uv) + 1.0;
}
"""
    made = write_rule(shaders, tmp_path, code, [target("own"), {}])
    model = read_model(made / "models" / "some.fs", made)
    with pytest.raises(MorphogenError) as caught:
        make_program(context, model, made)
    assert "pass 1 reads 'own', which it writes" in str(caught.value.complaints[0])


def test_a_mistake_in_a_rule_is_said_in_its_own_line(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    made = write_rule(shaders, tmp_path, "void main() {\n    gl_FragColor = nonsense;\n}", [{}])
    model = read_model(made / "models" / "some.fs", made)
    with pytest.raises(MorphogenError) as caught:
        make_program(context, model, made)
    text = (made / "models" / "some.fs").read_text().splitlines()
    line = next(n for n, code in enumerate(text, 1) if "nonsense" in code)
    assert f"some.fs:{line}" in str(caught.value.complaints[0])
