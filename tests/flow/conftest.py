"""What tests of whole processes share: a desk, a show that plays, one for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk import Desk
from tests.jack import wait_for
from tests.play import Play


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk() as desk:
        wait_for(lambda: desk.look().get("/desk/osc"), "the desk's OSC port")
        yield desk


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """For tests that leave it as they found it."""
    with Play(tmp_path_factory.mktemp("show")) as play:
        yield play.wait_for_picture()
