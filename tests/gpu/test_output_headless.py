"""A context without a window, and what the doctor says of it."""

from __future__ import annotations

import moderngl
import numpy as np
import pytest

from engine.gpu.software import is_software
from engine.output.diagnose import diagnose_display
from engine.output.headless import open_headless
from engine.output.overlay import Overlay
from engine.output.panels import Help, Macros, Words, draw_panel


def test_headless_draws_and_frees_what_is_dropped() -> None:
    with open_headless((64, 32)) as surface:
        assert surface.size == (64, 32)
        assert surface.poll() == []
        assert not surface.closing
        picture = surface.context.framebuffer([surface.context.texture((64, 32), 4)])
        picture.clear(1.0, 0.0, 0.0, 1.0)
        surface.show(picture)
        assert picture.read(components=3)[:3] == b"\xff\x00\x00"
        surface.context.texture((16, 16), 4)  # dropped at once
        assert len(surface.context.objects) > 0
        surface.show(picture)
        assert len(surface.context.objects) == 0


def test_the_doctor_names_each_way_to_show_a_picture() -> None:
    report = diagnose_display()
    assert [what for what, _, _ in report][:2] == ["window", "without a window"]
    assert all(detail for _, _, detail in report)
    headless = report[1]
    assert headless[1]
    assert "OpenGL" in headless[2]


def test_a_processor_that_plays_graphics_card_is_known() -> None:
    assert is_software("llvmpipe (LLVM 15.0.6, 256 bits)")
    assert is_software("GDI Generic, Microsoft Basic Render Driver")
    assert not is_software("NVIDIA GeForce RTX 4070/PCIe/SSE2")
    assert not is_software("Apple M2")


@pytest.mark.parametrize("text", [8, 22, 60])
def test_panels_are_premultiplied_and_keep_their_words_inside(text: int) -> None:
    long = (
        "a sentence about a file that is too long for one line of a panel of this width, so folded"
    )
    panels = (
        Words((long, "x" * 200, "")),
        Macros(tuple((f"macro {n}", n / 8, 0.3 if n == 2 else None) for n in range(1, 9)), 3),
        Macros((), 1),
        Help(),
    )
    for panel in panels:
        drawn = draw_panel(panel, text)
        width, height = drawn.size
        rgba = np.frombuffer(drawn.rgba, np.uint8).reshape(height, width, 4).astype(int)
        assert (rgba[..., :3].max(axis=2) <= rgba[..., 3] + 1).all()
        # No letter touches the border.
        edge = max(1, text // 4)
        assert rgba[:, :edge, :3].max() < 60
        assert rgba[:, -edge:, :3].max() < 60


def test_the_overlay_draws_nothing_when_nothing_is_said(context: moderngl.Context) -> None:
    overlay = Overlay(context)
    while context.error != "GL_NO_ERROR":  # what tests before have left
        pass
    overlay.draw((640, 480), {})
    assert context.error == "GL_NO_ERROR"
    overlay.close()
