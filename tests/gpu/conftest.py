"""What tests on the GPU share: a shelf of programs, layers of one colour each, a picture to be drawn on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import moderngl
import pytest

from engine.gpu.shelf import Shelf
from engine.library import Library
from tests.solid import Solid, read_solid


@pytest.fixture(scope="session")
def solid_library(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return read_solid(repository, tmp_path_factory.mktemp("user") / "own")


@pytest.fixture(scope="session")
def solid_shelf(context: moderngl.Context, solid_library: Library) -> Iterator[Shelf]:
    shelf = Shelf(context, solid_library.assets.both("shaders"))
    yield shelf
    shelf.release()


@pytest.fixture
def solid(context: moderngl.Context, solid_library: Library, solid_shelf: Shelf) -> Iterator[Solid]:
    """Whoever uses it says which colour layer 1 has."""
    made = Solid(context, solid_library, solid_shelf)
    yield made
    made.release()


@pytest.fixture
def picture(
    context: moderngl.Context, request: pytest.FixtureRequest
) -> Iterator[moderngl.Framebuffer]:
    """Of the SIZE that the file of the test says."""
    made = context.framebuffer([context.texture(request.module.SIZE, 4)])
    yield made
    made.color_attachments[0].release()
    made.release()
