"""Where the pictures of a live show go: what cannot be written is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import MorphogenError
from engine.output.headless import open_headless
from engine.output.outputs import Outputs
from engine.settings import PlaySettings


def test_a_preview_that_cannot_be_kept_there_is_one_complaint_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("no folder", encoding="utf-8")
    settings = PlaySettings(preview=tmp_path / "a file" / "below" / "latest.png")
    with open_headless((16, 16)) as surface, pytest.raises(MorphogenError) as caught:
        Outputs(surface, settings, (16, 16), 30.0)
    (complaint,) = caught.value.complaints
    assert complaint.where == str(tmp_path / "a file" / "below")
    assert "--preview FILE" in complaint.remedy
