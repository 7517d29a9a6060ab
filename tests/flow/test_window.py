"""A real window on a virtual screen: xdotool's keys and mouse in, messages and pixels out.

The window lives in a process of its own (this file, run as a program), since a dying X server takes
its clients along. The screen is read from Xvfb's own framebuffer file.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pytest

from engine.errors import MorphogenError
from engine.output.surface import NoDisplay
from engine.output.window import WindowSettings, open_window
from engine.show.hands.glance import Knob, Playing

SCREEN = (1000, 700)
WINDOW = (640, 480)
PICTURE = (320, 90)  # wider than the window: 640 x 180 of it, black above and below
RED, GREEN, BLUE, WHITE = (200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 200)

needs_screen = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
)


class Screen:
    """An X server without a monitor."""

    def __init__(self, folder: Path) -> None:
        reading, writing = os.pipe()
        self._folder = folder
        self._server = subprocess.Popen(
            f"Xvfb -displayfd {writing} -fbdir {folder} -nolisten tcp "
            f"-screen 0 {SCREEN[0]}x{SCREEN[1]}x24".split(),
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as number:
            self.display = f":{number.readline().strip()}"

    def grab(self) -> np.ndarray[Any, Any]:
        """What is on the screen: (height, width, RGB), rows from the top."""
        raw = (self._folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", raw[:100])
        width, height, row, colours = header[4], header[5], header[12], header[19]
        start = header[0] + colours * 12
        pixels = np.frombuffer(raw, np.uint8, row * height, start).reshape(height, row // 4, 4)
        return pixels[:, :width, 2::-1].astype(int)

    def do(self, *words: object) -> str:
        """One xdotool command."""
        run = subprocess.run(
            ["xdotool", *map(str, words)],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
        return run.stdout

    def kill(self) -> None:
        self._server.kill()
        self._server.wait()

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(20)


class Player:
    """The window in its process; `messages` and answers come back line by line."""

    def __init__(self, screen: Screen, **settings: object) -> None:
        self._answers: queue.Queue[Any] = queue.Queue()
        self.messages: list[list[Any]] = []
        root = Path(__file__).resolve().parents[2]
        self.process = subprocess.Popen(
            [sys.executable, __file__, json.dumps(settings)],
            env={**os.environ, "DISPLAY": screen.display, "PYTHONPATH": str(root)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        state = self.ask("state")
        self.x, self.y = state["at"]
        # Without a window manager nobody gives the focus on a click.
        screen.do("mousemove", self.x + 5, self.y + 5)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            kind, what = json.loads(line)
            if kind == "message":
                self.messages.append(what)
            else:
                self._answers.put(what)

    def ask(self, *words: object) -> Any:
        """An answer from the window's own loop, after a frame."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self._answers.get(timeout=30)

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()

    def __enter__(self) -> Player:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent, as large as an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),
    )


def press_close_button(display: str, window: int) -> None:
    """What a window manager sends (ICCCM 4.2.8.1); older xdotools cannot."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    server = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    protocols, delete = (
        x11.XInternAtom(server, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
    )
    event = _ClientMessage(type=33, window=window, message_type=protocols, format=32)
    event.data[0] = delete
    x11.XSendEvent(server, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    x11.XSync(server, 0)
    x11.XCloseDisplay(server)


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    made = Screen(tmp_path_factory.mktemp("screen"))
    yield made
    made.close()


def wait_for(holds: Callable[[], Any], seconds: float = 15.0) -> Any:
    """What `holds` answers once that is true; its last answer when time is up."""
    end = time.monotonic() + seconds
    while not (answer := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


def is_near(colour: np.ndarray[Any, Any], wanted: tuple[int, int, int]) -> bool:
    return bool(np.abs(colour - wanted).max() <= 3)


@needs_screen
def test_the_picture_stands_upright_between_black_bars(screen: Screen) -> None:
    with Player(screen) as player:

        def look(x: int, y: int) -> np.ndarray[Any, Any]:
            return screen.grab()[player.y + y, player.x + x]

        assert wait_for(lambda: is_near(look(20, 160), RED)), look(20, 160)
        assert is_near(look(620, 160), GREEN)
        assert is_near(look(20, 320), BLUE)
        assert is_near(look(620, 320), WHITE)
        for y in (0, 148, 331, 479):
            assert is_near(look(320, y), (0, 0, 0)), y


@needs_screen
def test_every_key_gives_its_message(screen: Screen) -> None:
    strokes = {
        "1": ["/scene/go", 1],
        "0": ["/scene/go", 10],
        "Left": ["/scene/previous"],
        "Right": ["/scene/next"],
        "p": ["/palette/next"],
        "shift+p": ["/palette/previous"],
        "space": ["/freeze", "toggle"],
        "b": ["/blackout", "toggle"],
        "BackSpace": ["/seed"],
        "Delete": ["/clear"],
        "t": ["/tempo/tap"],
        "Home": ["/safe"],
        "plus": ["/master/brightness", "+", 0.05],
        "minus": ["/master/brightness", "+", -0.05],
    }
    with Player(screen) as player:
        for stroke in strokes:
            screen.do("key", stroke)
        assert wait_for(lambda: len(player.messages) >= len(strokes)), player.messages
        assert player.messages == list(strokes.values())


@needs_screen
def test_a_chosen_macro_is_moved_by_arrows_and_wheel(screen: Screen) -> None:
    with Player(screen) as player:
        screen.do("key", "Up")
        screen.do("key", "a", "shift+Down")
        screen.do("key", "F8")
        screen.do("click", 4)
        screen.do("keydown", "shift", "click", 5, "keyup", "shift")
        assert wait_for(lambda: len(player.messages) >= 4), player.messages
        assert player.messages == [
            ["/macro/1", "+", 0.02],
            ["/macro/5", "+", -0.005],
            ["/macro/8", "+", 0.02],
            ["/macro/8", "+", -0.005],
        ]
        assert player.ask("state")["macro"] == 8


@needs_screen
def test_a_click_is_a_touch_at_that_place_of_the_picture(screen: Screen) -> None:
    with Player(screen) as player:
        screen.do("mousemove", player.x + 160, player.y + 195, "click", 1)
        screen.do("mousemove", player.x + 480, player.y + 285, "click", 3)
        assert wait_for(lambda: len(player.messages) >= 6), player.messages
        pressed, held, lifted, erased, *_ = player.messages
        assert pressed[0] == held[0] == erased[0] == "/touch/mouse"
        assert lifted == ["/touch/mouse/up"]
        assert pressed[1:] == pytest.approx([0.25, 0.75], abs=0.01)
        assert erased[1:3] == pytest.approx([0.75, 0.25], abs=0.01)
        assert erased[3] < 0


@needs_screen
def test_a_click_beside_the_picture_is_nothing(screen: Screen) -> None:
    with Player(screen) as player:
        screen.do("mousemove", player.x + 320, player.y + 60, "click", 1, "key", "t")
        assert wait_for(lambda: player.messages)
        assert player.messages == [["/tempo/tap"]]


@needs_screen
def test_a_drag_is_a_finger_on_its_way(screen: Screen) -> None:
    with Player(screen) as player:
        screen.do("mousemove", player.x + 100, player.y + 240, "mousedown", 1)
        for x in (120, 140, 160):
            screen.do("mousemove", player.x + x, player.y + 240)
        screen.do("mouseup", 1)
        screen.do("key", "t")
        assert wait_for(lambda: ["/tempo/tap"] in player.messages)
        *way, lifted, _ = player.messages
        assert lifted == ["/touch/mouse/up"]
        assert {message[0] for message in way} == {"/touch/mouse"}
        assert way[0][1] == pytest.approx(100 / 640, abs=0.02)
        assert way[-1][1] == pytest.approx(160 / 640, abs=0.02)


@needs_screen
def test_h_shows_the_help_and_escape_takes_it_away(screen: Screen) -> None:
    with Player(screen) as player:

        def letters() -> int:  # off-white in the black bar above the picture
            bar = screen.grab()[player.y : player.y + 148, player.x : player.x + 640]
            return int((bar.min(axis=2) > 150).sum())

        assert wait_for(lambda: is_near(screen.grab()[player.y + 160, player.x + 20], RED))
        assert letters() == 0
        screen.do("key", "h")
        assert wait_for(lambda: letters() > 100)
        screen.do("key", "Escape")
        assert wait_for(lambda: letters() == 0) is True
        assert player.ask("state")["closing"] is False


@needs_screen
def test_a_notice_is_seen_for_its_time_and_only_on_the_screen(screen: Screen) -> None:
    with Player(screen) as player:

        def letters() -> int:
            bar = screen.grab()[player.y + 335 : player.y + 480, player.x : player.x + 640]
            return int((bar.min(axis=2) > 150).sum())

        before = player.ask("picture")
        player.ask("notice", "shaders/looks/relief.fs:14: no such function", 2.0)
        assert wait_for(lambda: letters() > 50)
        assert player.ask("picture") == before
        assert wait_for(lambda: letters() == 0) is True


@needs_screen
def test_what_plays_and_what_moves_is_said_to_the_operator_and_never_to_the_audience(
    screen: Screen,
) -> None:
    with Player(screen) as player:

        def letters() -> int:  # off-white and quiet grey in the black bar below the picture
            bottom = SCREEN[1] if player.ask("state")["fullscreen"] else player.y + 480
            bar = screen.grab()[bottom - 120 : bottom, :]
            return int((bar.min(axis=2) > 120).sum())

        before = player.ask("picture")
        player.ask("playing", "Coral", "Ember")
        assert wait_for(lambda: letters() > 50)
        player.ask("knob", "Feed", "0.037", 0.3)
        assert wait_for(lambda: letters() > 150)
        assert player.ask("picture") == before
        assert wait_for(lambda: letters() == 0) is True, "both go by themselves"
        screen.do("key", "F11")
        assert wait_for(lambda: player.ask("state")["size"] == list(SCREEN))
        player.ask("playing", "Tide", "Frost")
        player.ask("knob", "Feed", "0.040", 0.4)
        player.ask("notice", "the disk is full", 3.0)
        for _ in range(5):
            assert letters() == 0
        screen.do("key", "i")
        assert wait_for(lambda: letters() > 50), "asked for"
        screen.do("key", "o")  # on: always
        player.ask("knob", "Feed", "0.050", 0.5)
        assert wait_for(lambda: letters() > 150)


@needs_screen
def test_f11_covers_the_monitor_and_goes_back(screen: Screen) -> None:
    with Player(screen) as player:
        before = player.ask("state")
        screen.do("key", "F11")
        assert wait_for(lambda: player.ask("state")["size"] == list(SCREEN))
        # 1000 x 281 of picture in the middle of the whole screen.
        assert wait_for(lambda: is_near(screen.grab()[220, 5], RED))
        screen.do("key", "Return")
        assert wait_for(lambda: player.ask("state") == before), player.ask("state")


@needs_screen
def test_the_picture_follows_a_resized_window(screen: Screen) -> None:
    with Player(screen) as player:
        window = screen.do("search", "--name", "^Test window$").split()[0]
        screen.do("windowsize", window, 320, 400)
        assert wait_for(lambda: player.ask("state")["size"] == [320, 400])
        assert wait_for(lambda: is_near(screen.grab()[player.y + 160, player.x + 5], RED))
        screen.do("mousemove", player.x + 80, player.y + 200, "click", 1)
        assert wait_for(lambda: player.messages)
        assert player.messages[0][1:] == pytest.approx([0.25, 0.5], abs=0.02)


@needs_screen
def test_one_escape_only_asks_and_a_second_closes(screen: Screen) -> None:
    with Player(screen) as player:
        screen.do("key", "Escape")
        time.sleep(2.5)
        screen.do("key", "Escape", "key", "t")
        assert wait_for(lambda: player.messages)
        assert player.ask("state")["closing"] is False
        screen.do("key", "Escape")
        assert wait_for(lambda: player.ask("state")["closing"])


@needs_screen
def test_the_close_button_closes(screen: Screen) -> None:
    with Player(screen) as player:
        window = screen.do("search", "--name", "^Test window$").split()[0]
        press_close_button(screen.display, int(window))
        assert wait_for(lambda: player.ask("state")["closing"])
        player.close()
        assert player.process.returncode == 0


@needs_screen
def test_an_unknown_monitor_gives_the_primary_one_and_is_said(
    screen: Screen, capfd: pytest.CaptureFixture[str]
) -> None:
    with Player(screen, monitor="no such monitor", fullscreen=True) as player:
        assert wait_for(lambda: player.ask("state")["size"] == list(SCREEN))
    assert "screen: There is no monitor 'no such monitor'" in capfd.readouterr().err


@needs_screen
def test_a_dying_screen_ends_that_process_alone(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    player = Player(screen)
    screen.kill()
    assert player.process.wait(20) != 0


def test_without_a_display_it_says_so_and_what_to_do(tmp_path: Path) -> None:
    code = (
        "from engine.output.window import open_window, WindowSettings\n"
        "from engine.output.surface import NoDisplay\n"
        "try:\n    open_window(WindowSettings())\n"
        "except NoDisplay as error:\n    print(error)\n"
    )
    absent = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
    where = {name: value for name, value in os.environ.items() if name not in absent}
    where["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    if sys.platform != "linux":
        pytest.skip("elsewhere there is always a display")
    run = subprocess.run(
        [sys.executable, "-c", code], env=where, capture_output=True, text=True, timeout=60
    )
    assert run.stderr == ""
    assert "there is no display" in run.stdout
    assert "--headless" in run.stdout
    assert len(run.stdout.splitlines()) == 1
    assert issubclass(NoDisplay, MorphogenError)


def _play(settings: dict[str, Any]) -> None:
    """The program under test: shows four colours, tells what it hears, answers what it is asked."""
    import glfw

    colours = np.zeros((PICTURE[1], PICTURE[0], 4), np.uint8)
    high, wide = PICTURE[1] // 2, PICTURE[0] // 2
    colours[high:, :wide, :3], colours[high:, wide:, :3] = RED, GREEN  # rows from the bottom
    colours[:high, :wide, :3], colours[:high, wide:, :3] = BLUE, WHITE
    questions: queue.Queue[Any] = queue.Queue()

    def listen() -> None:
        for line in sys.stdin:
            questions.put(json.loads(line))
        questions.put(["quit"])

    def tell(kind: str, what: object) -> None:
        print(json.dumps([kind, what]), flush=True)

    threading.Thread(target=listen, daemon=True).start()
    with open_window(WindowSettings(size=WINDOW, **settings), "Test window") as window:
        texture = window.context.texture(PICTURE, 4, colours.tobytes())
        picture = window.context.framebuffer([texture])
        window.show(picture)
        while True:
            for message in window.poll():
                tell("message", [message.address, *message.arguments])
            window.show(picture)
            time.sleep(0.01)
            if questions.empty():
                continue
            match questions.get():
                case ["state"]:
                    state = {"size": window.size, "fullscreen": window.fullscreen}
                    at = glfw.get_window_pos(glfw.get_current_context())
                    state |= {"macro": window.macro, "closing": window.closing, "at": at}
                    tell("answer", state)
                case ["picture"]:
                    tell("answer", picture.read(components=4).hex())
                case ["playing", scene, palette]:
                    window.playing(Playing(scene, palette, (0.0, *(0.0,) * 3, 1.0, *(0.8,) * 3)))
                    tell("answer", None)
                case ["knob", name, value, place]:
                    window.knob(Knob(name, value, place))
                    tell("answer", None)
                case ["notice", text, seconds]:
                    window.notice(text, seconds)
                    tell("answer", None)
                case _:
                    return


if __name__ == "__main__":
    _play(json.loads(sys.argv[1]))
