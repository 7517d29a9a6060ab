"""What is said before anything starts, and the service that starts it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from engine.assets import find_assets
from engine.cli import build_parser
from engine.commands.starts import check_start, describe_hours

ROOT = Path(__file__).resolve().parents[2]
MONDAY, TUESDAY = datetime(2026, 11, 23, 12), datetime(2026, 11, 24, 12)


def test_a_show_that_is_closed_says_why_it_stays_dark() -> None:
    said = describe_hours(find_assets(ROOT), "gallery", MONDAY)
    assert "closed now" in said and "tue-sun 10:00-18:00" in said and "/opening open" in said


def test_a_show_that_is_open_or_has_no_hours_says_nothing() -> None:
    assets = find_assets(ROOT)
    assert describe_hours(assets, "gallery", TUESDAY) == ""
    assert describe_hours(assets, "default", MONDAY) == ""
    assert describe_hours(assets, "coral", MONDAY) == ""


def test_a_show_with_broken_hours_is_left_to_who_plays_it(tmp_path: Path) -> None:
    shows = tmp_path / "config" / "shows"
    shows.mkdir(parents=True)
    assets = find_assets(ROOT, user=tmp_path)
    for hours in ("hours = 3", 'hours = ["noon"]', "hours = [", "hours = [[]]"):
        (shows / "wall.toml").write_text(hours)
        check_start(assets, "wall")
        assert describe_hours(assets, "wall", MONDAY) == ""


def test_the_service_in_the_manual_plays_a_show_that_there_is() -> None:
    page = (ROOT / "docs" / "a-wall-by-itself.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^ExecStart=\S+/morphogen (.*)$", page, re.MULTILINE)
    options = build_parser().parse_args(command.split())
    check_start(find_assets(ROOT), options.start)
    assert options.fullscreen and options.osd == "off"
