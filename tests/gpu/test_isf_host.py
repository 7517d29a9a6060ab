"""The ISF host: one small file of ours for each thing that the specification promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import MorphogenError
from engine.gpu.isf.isf_file import read_isf
from engine.gpu.isf.passes import MOST_TEXELS, limit_sizes
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.shelf import Shelf
from tests.isf_host import FILES, SIZE, draw, running, solid, to_light

Start = Callable[[str], IsfRun]


@pytest.fixture
def start(context: moderngl.Context, shaders: Path) -> Iterator[Start]:
    """Begins a file of tests/isf by its name."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(running(context, FILES / f"{name}.fs", shaders))


def sent(picture: NDArray[np.float32], column: int = 0, row: int = 3) -> list[float]:
    """Red, green and blue of a texel as a screen is sent them."""
    c = picture[row, column, :3].astype(float)
    return list(np.where(c <= 0.0031308, c * 12.92, 1.055 * c ** (1 / 2.4) - 0.055))


def test_an_input_has_its_default_until_it_is_given(
    context: moderngl.Context, start: Start
) -> None:
    run = start("grey")
    assert draw(context, run)[3, 4, 0] == pytest.approx(to_light(0.5), abs=1e-4)
    assert draw(context, run, {"amount": 0.25})[3, 4, 0] == pytest.approx(to_light(0.25), abs=1e-4)


def test_a_later_pass_reads_what_a_persistent_target_got_in_the_same_frame(
    context: moderngl.Context, start: Start
) -> None:
    run = start("same_frame")
    seen = [draw(context, run)[3, 4, 0] for _ in range(3)]
    assert seen == pytest.approx([to_light(v) for v in (0.1, 0.2, 0.3)], abs=1e-4)


def test_a_last_pass_with_a_target_is_seen_and_kept(
    context: moderngl.Context, start: Start
) -> None:
    run = start("last_target")
    seen = [draw(context, run)[3, 4, 0] for _ in range(2)]
    assert seen == pytest.approx([to_light(v) for v in (0.25, 0.5)], abs=1e-4)


def test_inputs_of_every_type_reach_the_shader(context: moderngl.Context, start: Start) -> None:
    picture = draw(context, start("inputs"))
    assert sent(picture, 0) == pytest.approx([0.0, 1.0, 0.0], abs=1e-3)
    assert sent(picture, 1) == pytest.approx([0.25, 0.25, 0.0], abs=1e-3)
    assert sent(picture, 2) == pytest.approx([0.25, 0.75, 0.0], abs=1e-3)
    assert sent(picture, 3) == pytest.approx([0.1, 0.2, 0.3], abs=1e-3)


def test_inputs_of_every_type_are_moved(context: moderngl.Context, start: Start) -> None:
    values = {
        "flash": 1.0,
        "on": 0.0,
        "mode": 8.0,
        "place": (1.0, 0.5),
        "tint": (0.0, 1.0, 0.0, 1.0),
    }
    picture = draw(context, start("inputs"), values)
    assert sent(picture, 0) == pytest.approx([1.0, 0.0, 0.0], abs=1e-3)
    assert sent(picture, 1)[0] == pytest.approx(0.5, abs=1e-3)
    assert sent(picture, 2) == pytest.approx([1.0, 0.5, 0.0], abs=1e-3)
    assert sent(picture, 3) == pytest.approx([0.0, 1.0, 0.0], abs=1e-3)


def test_each_pass_has_the_size_that_its_formulas_say(
    context: moderngl.Context, start: Start
) -> None:
    run = start("sizes")
    picture = draw(context, run, images={"inputImage": solid(0.5)})
    sizes = [[round(16 * v) for v in sent(picture, column)] for column in range(4)]
    assert sizes == [[4, 1, 0], [2, 3, 1], [7, 6, 2], [8, 6, 3]]
    assert all(picture[3, column, 3] == 1.0 for column in range(4))
    moved = draw(context, run, {"part": 1.0}, images={"inputImage": solid(0.5)})
    assert round(16 * sent(moved, 1)[0]) == 8


def test_a_target_that_is_not_persistent_is_black_until_it_is_drawn(
    context: moderngl.Context, start: Start
) -> None:
    run = start("not_kept")
    for _ in range(3):
        assert sent(draw(context, run)) == pytest.approx([0.0, 0.5, 0.0], abs=0.01)


def test_a_target_that_several_passes_draw_goes_on_from_the_one_before(
    context: moderngl.Context, start: Start
) -> None:
    run = start("twice")
    for _ in range(2):
        assert sent(draw(context, run))[0] == pytest.approx(0.75, abs=0.01)


def test_a_float_target_holds_what_eight_bits_cannot(
    context: moderngl.Context, start: Start
) -> None:
    assert sent(draw(context, start("float_kept"))) == pytest.approx([1.0, 0.0, 0.0], abs=1e-3)


def test_every_way_to_read_a_picture_reads_the_same(
    context: moderngl.Context, start: Start
) -> None:
    ramp = solid(0.0)
    ramp[..., 0] = np.linspace(0.0, 1.0, SIZE[0])
    picture = draw(context, start("pictures"), images={"inputImage": ramp, "mask": ramp})
    assert np.abs(picture[..., 0] - ramp[..., 0]).max() < 0.005


def test_a_picture_that_nobody_gives_is_the_other_one_or_black(
    context: moderngl.Context, start: Start
) -> None:
    run, given = start("pictures"), {"inputImage": solid(1.0)}
    assert sent(draw(context, run, images=given), 7)[0] == 0.0
    texture = context.texture((1, 1), 4, b"\xff\x00\xff\xff")
    seen = draw(context, run, images=given, other=texture)
    assert sent(seen, 7) == pytest.approx([1.0, 0.0, 1.0], abs=0.01)


def test_an_imported_picture_stands_upright(context: moderngl.Context, start: Start) -> None:
    picture = draw(context, start("imported"))
    assert sent(picture, 4, row=0) == pytest.approx([1.0, 0.0, 0.0], abs=0.01)
    assert sent(picture, 4, row=5) == pytest.approx([0.0, 0.0, 1.0], abs=0.01)


def test_a_vertex_shader_stands_at_the_corners_of_the_picture(
    context: moderngl.Context, start: Start
) -> None:
    picture = draw(context, start("vertex"))
    # 0.25 at the left corner, held at 1 in the right one, a straight line between.
    assert sent(picture, 0)[0] == pytest.approx(0.25 + 0.75 / 16, abs=1e-3)
    assert sent(picture, 7)[0] == pytest.approx(1.0 - 0.75 / 16, abs=1e-3)


def test_version_1_is_understood(context: moderngl.Context, start: Start) -> None:
    run = start("version_1")
    draw(context, run)
    assert sent(draw(context, run), 7) == pytest.approx([0.5, 15 / 16, 15 / 16], abs=1e-3)


def test_time_begins_with_the_file_and_the_date_is_told(
    context: moderngl.Context, start: Start
) -> None:
    run, clock = start("clock"), Clock(0.25, (2000.0, 6.0, 31.0, 43200.0))
    first = draw(context, run, clock=clock)
    third = [draw(context, run, clock=clock) for _ in range(2)][-1]
    assert sent(first) == [0.0, 0.0, 0.0]
    assert sent(third) == pytest.approx([0.5, 0.25, 0.2], abs=1e-3)
    assert sent(third, 1) == pytest.approx([0.5, 0.5, 1.0], abs=1e-3)
    assert sent(third, 2)[0] == pytest.approx(0.5, abs=1e-3)


def test_what_is_persistent_stands_while_time_does(context: moderngl.Context, start: Start) -> None:
    run = start("same_frame")
    draw(context, run)
    assert sent(draw(context, run, clock=Clock(0.0)))[0] == pytest.approx(0.1, abs=1e-3)
    assert sent(draw(context, run))[0] == pytest.approx(0.2, abs=1e-3)


def test_what_is_not_written_is_black_and_no_nan_lives_on(
    context: moderngl.Context, start: Start
) -> None:
    run = start("undefined")
    for _ in range(2):
        picture = draw(context, run)
        assert (
            sent(picture, 0) == pytest.approx([0.5] * 3, abs=1e-3) and sent(picture, 7) == [0.0] * 3
        )


def test_what_is_seen_through_lies_over_black(context: moderngl.Context, start: Start) -> None:
    colour = draw(context, start("seen_through"))[3, 4]
    assert list(colour) == pytest.approx([0.25, 0.25 * to_light(0.5), 0.0, 0.25], abs=1e-4)


def test_ours_see_and_draw_light(context: moderngl.Context, start: Start) -> None:
    run = start("of_ours")
    for _ in range(2):
        colour = draw(context, run, {"rate": 2.0}, images={"inputImage": solid(1.5)})[3, 4]
    assert list(colour) == pytest.approx([3.0, 3.0, 0.2, 1.0], abs=1e-3)


def test_text_as_it_is_found_in_the_wild_compiles(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    text = """/*{
\t"DESCRIPTION": "caf\u00e9,\ttabs\tand a tail",
\t"INPUTS": [ { "NAME": "a", "TYPE": "float", "DEFAULT": 3.0, "MAX": 1.0, }, ],
}*/
// \u00e9t\u00e9 \u2014 nobody runs this
void main()\t{ gl_FragColor = vec4(a / 6.0, 0.0, 0.0, 1.0); /* 20\u00b0 */ }
"""
    for encoding in ("utf-8-sig", "cp1252"):
        path = tmp_path / f"{encoding}.fs"
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        with running(context, path, shaders) as run:
            assert sent(draw(context, run))[0] == pytest.approx(0.5, abs=1e-3)


def test_the_resolution_may_change_between_frames(context: moderngl.Context, start: Start) -> None:
    run = start("sizes")
    draw(context, run, images={"inputImage": solid(0.5)})
    larger = draw(context, run, images={"inputImage": solid(0.5)}, size=(16, 12))
    assert [round(16 * v) for v in sent(larger, 0)[:2]] == [8, 1]


def test_a_mistake_is_told_with_the_line_of_the_file(
    context: moderngl.Context, start: Start
) -> None:
    with pytest.raises(MorphogenError, match=r"broken\.fs:4: .*unknown_word"):
        start("broken")


def test_what_is_heard_is_a_wave_and_a_spectrum(context: moderngl.Context, shaders: Path) -> None:
    shelf = Shelf(context, shaders)
    run = IsfRun(context, shelf, read_isf(FILES / "sound.fs", shaders).as_effect(), SIZE)
    silent = draw(context, run)
    assert sent(silent, row=1) == pytest.approx([0.5] * 3, abs=0.01)
    assert sent(silent, row=4) == pytest.approx([0.0, 0.5, 0.25], abs=0.01)
    assert shelf.sounds.take_asked()
    shelf.sounds.follow(bytes(range(0, 256, 8)), bytes([0] * 12 + [255] * 4))
    heard = draw(context, run)
    rising = [sent(heard, column, row=1)[0] for column in range(8)]
    assert rising == sorted(rising) and rising[0] < 0.1 and rising[7] > 0.85
    loud = [sent(heard, column, row=4)[0] for column in range(8)]
    assert loud[:5] == [0.0] * 5 and loud[7] == pytest.approx(1.0, abs=0.01)
    run.release()
    shelf.release()


def test_numbers_are_turned_into_others_by_themselves_where_the_context_can(
    context: moderngl.Context, start: Start
) -> None:
    if context.version_code < 410:
        with pytest.raises(MorphogenError, match=r"implicit\.fs:\d"):
            start("implicit")
    else:
        assert sent(draw(context, start("implicit")), 2) == pytest.approx(
            [2.5 / 16, 3.5 / 16, 1.0], abs=1e-3
        )


def test_targets_without_measure_are_made_smaller_alike() -> None:
    asked = [(8192, 8192), (8192, 4096), (8192, 8192), (16, 16)]
    sizes = limit_sizes(asked)
    assert sum(columns * rows for columns, rows in sizes) <= MOST_TEXELS
    assert sizes[0][0] == sizes[0][1] == sizes[1][0] and abs(sizes[0][1] - 2 * sizes[1][1]) <= 1
    assert limit_sizes(asked[:2]) == asked[:2]
