"""The whole show in real processes: how it starts and ends, what dies and comes back, edited files."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine.output.ffmpeg import find_ffmpeg
from engine.supervisor.stage_watch import BUSY_S
from tests.assets import copy_assets
from tests.jack import Device, jack_server, wait_for
from tests.play import WAIT_S, Play, since

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="processes are looked at through /proc"
)


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """A copy of some assets, to be spoilt."""
    scenes = "aurora", "coral", "dervish", "labyrinth"
    return copy_assets(tmp_path / "assets", *scenes, also=["models/wave.fs"])


def replace(path: Path, old: str, new: str) -> None:
    """Edit a file as a careful editor does."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text.replace(old, new, 1), encoding="utf-8")
    draft.replace(path)


@pytest.mark.skipif(not shutil.which("jackd"), reason="needs jackd: run `make setup`")
def test_a_knob_of_a_midi_controller_through_jack_changes_what_is_played(tmp_path: Path) -> None:
    with (
        jack_server("play") as server,
        Device(server, "nanoKONTROL2", "SLIDER/KNOB") as device,
        Play(tmp_path, environment=server.environment) as play,
    ):
        play.wait_for_picture()
        play.wait_for_words("nanoKONTROL2")
        bright = play.fresh_picture()

        def turned() -> bool:
            device.send(0xB0, 16, 0)  # the first knob, which meets the macro's value on its way
            device.send(0xB0, 16, 127)
            return play.get("/macro/1") == (1.0,)

        wait_for(turned, "/macro/1 1.0", 30)
        device.send(0xB0, 16, 0)
        play.wait_for_value("/macro/1", 0.0)
        wait_for(lambda: np.abs(play.fresh_picture() - bright).mean() > 1, "another picture", 30)
        assert play.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("whole_group", [True, False], ids=["group", "alone"])
def test_a_signal_stops_it_cleanly(tmp_path: Path, number: int, whole_group: bool) -> None:
    with Play(tmp_path) as play:
        play.wait_for_picture()
        began = time.monotonic()
        if whole_group:
            os.killpg(play.process.pid, number)
            assert play.end() == 0
        else:
            assert play.stop(number) == 0
        print("stopped within", since(began))
        wait_for(lambda: not play.members(), "the end of all its processes", 10)
        assert "Traceback" not in play.said and "died" not in play.said


@pytest.mark.parametrize("moment", [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.6, 0.8])
def test_ctrl_c_while_it_starts_stops_it_without_a_word(tmp_path: Path, moment: float) -> None:
    with Play(tmp_path) as play:
        time.sleep(moment)
        os.killpg(play.process.pid, signal.SIGINT)
        code = play.end()
        wait_for(lambda: not play.members(), "the end of all its processes", 10)
        # Before the command has begun, Python itself ends by the signal, and may say where it was.
        early = "init_import_site" in play.said
        assert early or code in (0, 130, -signal.SIGINT), play.said
        assert early or "Traceback" not in play.said or "main()" not in play.said, play.said


def test_a_killed_supervisor_leaves_no_orphan(tmp_path: Path) -> None:
    with Play(tmp_path) as play:
        play.wait_for_picture()
        play.process.kill()
        play.process.wait()
        wait_for(lambda: not play.members(), "the end of all its processes", 15)


def test_a_killed_desk_comes_back_and_the_picture_goes_on(tmp_path: Path) -> None:
    with Play(tmp_path) as play:
        play.wait_for_picture()
        play.send("/macro/1", 0.25)
        play.wait_for_value("/macro/1", 0.25)
        desk, stage = play.pid("desk"), play.pid("stage")
        assert desk and stage
        os.kill(desk, signal.SIGKILL)
        began = time.monotonic()
        play.fresh_picture()
        wait_for(play.answers, "the desk's answer", 10)
        print("the desk answered after", since(began))
        play.wait_for_value("/macro/1", 0.25)
        assert play.pid("stage") == stage and play.pid("desk") not in (None, desk)
        play.send("/macro/1", 0.75)
        play.wait_for_value("/macro/1", 0.75)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGSTOP])
def test_a_stage_that_dies_or_hangs_comes_back_as_it_was(tmp_path: Path, number: int) -> None:
    with Play(tmp_path, start="aurora") as play:
        play.wait_for_picture()
        play.send("/scene/go", "coral", 0.0)
        play.send("/param/relief_rim", 0.625)
        play.send("/palette/go", "verdigris")
        play.send("/macro/1", 0.25)
        play.send("/snapshot/save", 3)
        kept = ("/scene/go", "/param/relief_rim", "/palette/go", "/macro/1", "/param/feed", "/seed")
        play.wait_for_value("/macro/1", 0.25)
        play.wait_for_value("/palette/go", "verdigris")
        wait_for(lambda: play.get("/state/snapshot/3"), "the snapshot in the state")
        before = {address: play.get(address) for address in kept}
        stage = play.pid("stage")
        assert stage
        play.preview.unlink()
        os.kill(stage, number)
        began = time.monotonic()
        wait_for(
            lambda: play.pid("stage") not in (None, stage) and play.preview.exists(),
            "a new picture",
            BUSY_S + WAIT_S,  # it may have been compiling
        )
        print(f"a new picture after {signal.Signals(number).name} within", since(began))
        for address, values in before.items():
            assert values is not None
            play.wait_for_value(address, *values)
        play.send("/macro/1", 0.875)
        play.wait_for_value("/macro/1", 0.875)
        play.send("/snapshot/go", 3, 0.0)
        play.wait_for_value("/macro/1", 0.25)
        assert "Traceback" not in play.said


def test_a_duration_ends_it(tmp_path: Path) -> None:
    with Play(tmp_path, "--duration", "1") as play:
        assert play.end() == 0
        assert play.preview.exists() and "Traceback" not in play.said
        wait_for(lambda: not play.members(), "the end of all its processes", 10)


def test_a_recording_is_a_film(tmp_path: Path) -> None:
    film = tmp_path / "show.mp4"
    with Play(tmp_path, "--duration", "2", "--record", film) as play:
        assert play.end() == 0, play.said
    command = [find_ffmpeg(), "-v", "error", "-i", film, "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    read = subprocess.run(command, capture_output=True, check=False)
    assert read.returncode == 0, f"{read.stderr.decode()}\n{play.said}"
    frames = np.frombuffer(read.stdout, np.uint8).reshape(-1, 90 * 160)
    assert 20 <= len(frames) <= 70
    assert frames.std() > 5


def test_a_recording_ended_by_a_signal_is_a_film(tmp_path: Path) -> None:
    film = tmp_path / "show.mp4"
    with Play(tmp_path, "--record", film) as play:
        play.wait_for_picture()
        play.fresh_picture()
        os.killpg(play.process.pid, signal.SIGINT)
        assert play.end() == 0
    command = [find_ffmpeg(), "-v", "error", "-i", film, "-f", "null", "-"]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


def test_a_busy_port_is_one_line_and_it_plays_on(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        with Play(tmp_path, port=taken.getsockname()[1]) as play:
            play.wait_for_words("no OSC: UDP port", "--osc-port")
            wait_for(lambda: play.preview.exists(), "the picture", 30)
            play.fresh_picture()
            assert play.said.count("UDP port") == 1 and "Traceback" not in play.said
            taken.close()
            wait_for(play.answers, "the port once it is free", 30)


def test_no_midi_at_all_is_one_line_and_it_plays_on(tmp_path: Path) -> None:
    nowhere = {"JACK_DEFAULT_SERVER": "none-such", "JACK_NO_START_SERVER": "1"}
    with Play(tmp_path, environment=nowhere) as play:
        play.wait_for_picture()
        play.wait_for_words("no MIDI")
        play.fresh_picture()
        assert len([line for line in play.said.splitlines() if "MIDI" in line]) == 1


def test_an_unknown_scene_is_one_line_with_a_suggestion(tmp_path: Path) -> None:
    with Play(tmp_path, "--midi", "none", start="corral") as play:
        assert play.end() == 2
        lines = [line for line in play.said.splitlines() if "corral" in line]
        assert lines == ["corral: no such show or scene. Did you mean 'coral'?"]
        assert "Traceback" not in play.said


def test_no_such_assets_is_one_line(tmp_path: Path) -> None:
    with Play(tmp_path, "--assets", tmp_path / "nowhere") as play:
        assert play.end() == 2
        assert len(play.said.splitlines()) == 1 and "no such folder" in play.said


def test_broken_files_cost_themselves_and_a_line_each(tmp_path: Path, assets: Path) -> None:
    replace(assets / "scenes" / "aurora.toml", "\nrows", "\nrwos")
    replace(assets / "config" / "palettes" / "ember.toml", "stops", "stpos")
    replace(assets / "shaders" / "models" / "wave.fs", '"ISFVSN"', '"ISFVSN" "x"')
    replace(assets / "shaders" / "looks" / "inlay.fs", "void main", "nonsense;\nvoid main")
    with Play(tmp_path, "--assets", assets) as play:
        play.wait_for_picture()
        for words in ("aurora.toml:", "rwos", "ember.toml:", "wave.fs:"):
            play.wait_for_words(words)
        play.send("/scene/go", "labyrinth", 0.5)  # its look does not compile
        play.wait_for_words("inlay.fs:")
        play.wait_for_value("/scene/go", "coral")
        assert play.fresh_picture().std() > 5
        for address, name in (("/scene/go", "aurora"), ("/palette/go", "ember")):
            play.send(address, name)
        play.send("/scene/go", "dervish", 0.0)
        play.wait_for_value("/scene/go", "dervish")
        assert play.get("/palette/go") != ("ember",)
        complaints = [line for line in play.said.splitlines() if ".fs:" in line]
        assert len({line.split(":")[0] for line in complaints}) == 2
        assert "Traceback" not in play.said
        replace(assets / "shaders" / "looks" / "inlay.fs", "nonsense;\n", "")
        wait_for(
            lambda: (
                play.send("/scene/go", "labyrinth", 0.0) or play.get("/scene/go") == ("labyrinth",)
            ),
            "the mended scene",
            30,
        )
        assert play.fresh_picture().std() > 2


def test_a_show_whose_first_scene_cannot_begin_begins_with_the_next(
    tmp_path: Path, assets: Path
) -> None:
    text = '[[scene]]\nid = "labyrinth"\n[[scene]]\nid = "coral"\n'
    (assets / "config" / "shows" / "night.toml").write_text(text, encoding="utf-8")
    replace(assets / "shaders" / "looks" / "inlay.fs", "void main", "nonsense;\nvoid main")
    with Play(tmp_path, "--assets", assets, start="night") as play:
        play.wait_for_picture()
        play.wait_for_words("inlay.fs:")
        assert play.get("/scene/go") == ("coral",)


def test_a_scene_whose_shader_is_broken_is_not_begun_with(tmp_path: Path, assets: Path) -> None:
    replace(assets / "shaders" / "looks" / "relief.fs", "void main", "nonsense;\nvoid main")
    with Play(tmp_path, "--assets", assets, "--midi", "none") as play:
        assert play.end() == 2
        assert "relief.fs:" in play.said and "Traceback" not in play.said


def test_edits_are_followed_while_it_plays_and_broken_ones_are_not(
    tmp_path: Path, assets: Path
) -> None:
    look, scene = assets / "shaders" / "looks" / "relief.fs", assets / "scenes" / "coral.toml"
    with Play(tmp_path, "--assets", assets) as play:
        play.wait_for_picture()

        replace(look, "void main() {", "void main() {\n    nonsense = 3;")
        play.wait_for_words("relief.fs:", "nonsense")
        assert play.fresh_picture().std() > 5

        replace(look, "    nonsense = 3;", "    gl_FragColor = vec4(0.0, 0.0, 1.0, 1.0); return;")
        wait_for(lambda: _is_blue(play), "the mended look", 30)
        replace(look, "    gl_FragColor = vec4(0.0, 0.0, 1.0, 1.0); return;", "")
        wait_for(lambda: not _is_blue(play), "the look as it was", 30)

        was = re.search(r"^grain = .*$", scene.read_text(encoding="utf-8"), re.MULTILINE)
        assert was
        replace(scene, was[0], "grain = 0.125")
        play.wait_for_value("/param/grain", 0.125)
        replace(scene, "grain = 0.125", "grian = 0.1")
        play.wait_for_words("coral.toml:", "grian")
        assert play.get("/param/grain") == (0.125,)
        replace(scene, "grian = 0.1", "grain = 0.0625")
        play.wait_for_value("/param/grain", 0.0625)

        assert play.said.count("no parameter 'grian'") == 1
        said = [line for line in play.said.splitlines() if "nonsense" in line]
        assert len(said) == len(set(said))
        assert "Traceback" not in play.said


def test_a_parameter_renamed_in_a_shader_stops_nothing(tmp_path: Path, assets: Path) -> None:
    model = assets / "shaders" / "models" / "gray_scott.fs"
    text = model.read_text(encoding="utf-8")
    with Play(tmp_path, "--assets", assets) as play:
        play.wait_for_picture()
        model.write_text(text.replace("kill", "death"), encoding="utf-8")
        play.wait_for_words("coral.toml:", "no parameter 'kill'")
        play.send("/macro/1", 0.25)
        play.wait_for_value("/macro/1", 0.25)
        assert play.fresh_picture().std() > 5
        play.send("/param/kill", 0.0625)
        play.wait_for_value("/param/kill", 0.0625)
        assert "Traceback" not in play.said


def _is_blue(play: Play) -> bool:
    red, green, blue = play.fresh_picture().reshape(-1, 3).mean(0)
    return bool(blue > 3 * max(red, green, 1))
