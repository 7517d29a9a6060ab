"""The ISF host: one small file of ours for each thing that the specification promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import moderngl
import pytest

from engine.gpu.isf.run import IsfRun
from tests.isf_host import FILES, draw, running, to_light

Start = Callable[[str], IsfRun]


@pytest.fixture
def start(context: moderngl.Context, shaders: Path) -> Iterator[Start]:
    """Begins a file of tests/isf by its name."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(running(context, FILES / f"{name}.fs", shaders))


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
