"""From the command to the first picture, and from an OSC datagram to a changed pixel: real processes."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from engine.assets import find_assets
from engine.desk.opening import DeskSettings
from engine.desk.process import run_desk
from engine.message import Message
from engine.osc_writing import encode
from engine.pipe import Inbox
from engine.settings import PlaySettings
from engine.stage.stage import Stage

FPS = 60.0


def measure_first_picture(rounds: int = 5) -> float:
    """Median seconds from starting `morphogen play` to its first picture being shown."""
    taken = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "engine", "play", "--headless", "--osc-port", "0"]
            command += ["--duration", "0.2", "--preview", str(Path(folder) / "latest.png")]
            began = time.perf_counter()
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    if "playing" in line:
                        taken.append(time.perf_counter() - began)
                        break
    return round(sorted(taken)[len(taken) // 2], 3)


def measure_osc_to_pixel(rounds: int = 120) -> dict[str, float]:
    """p50 and p99 in milliseconds, through a real desk process, at 60 frames a second.

    A frozen picture is dimmed and lit again by `/master/brightness`; a pixel has changed when the
    mean of the picture has.
    """
    port = _free_port()
    spawn = multiprocessing.get_context("spawn")
    messages, state, reports = (spawn.Pipe(duplex=False) for _ in range(3))
    desk_settings = DeskSettings(port, "127.0.0.1", None, find_assets().config / "controllers")
    desk = spawn.Process(target=run_desk, args=(desk_settings, messages[1], state[0], reports[1]))
    desk.start()
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = PlaySettings(
            start="coral",
            assets=with_one_scene(Path(folder) / "assets", "coral"),
            headless=True,
            size=(320, 180),
            fps=FPS,
            preview=Path(folder) / "latest.png",
        )
        with Stage(settings) as stage, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            inbox = Inbox(messages[0])
            for _ in range(120):
                stage.play_frame(inbox.drain())
            stage.director.apply(Message("/freeze", (1,)))
            dark = False
            chance = random.Random(1)
            while len(taken) < rounds:
                for _ in range(24):
                    stage.play_frame(inbox.drain())
                before = _brightness(stage)
                dark = not dark
                # Anywhere within a frame, as a hand would.
                time.sleep(chance.random() / FPS)
                sent = time.perf_counter()
                value = 0.2 if dark else 1.0
                peer.sendto(encode(Message("/master/brightness", (value,))), ("127.0.0.1", port))
                for _ in range(60):
                    stage.play_frame(inbox.drain())
                    if abs(_brightness(stage) - before) > 0.01 * before:
                        taken.append((stage.shown_ns * 1e-9) - sent)
                        break
    desk.terminate()
    desk.join()
    p50, p99 = np.percentile(taken, [50, 99]) * 1e3
    return {"p50": round(float(p50), 2), "p99": round(float(p99), 2)}


def with_one_scene(folder: Path, name: str) -> Path:
    """The project's assets, in which no other scene has to be compiled meanwhile."""
    here = find_assets()
    for part in ("shaders", "config"):
        shutil.copytree(here.root / part, folder / part)
    shutil.rmtree(folder / "config" / "shows")
    (folder / "scenes").mkdir()
    shutil.copy(here.root / "scenes" / f"{name}.toml", folder / "scenes")
    return folder


def _brightness(stage: Stage) -> float:
    return float(np.frombuffer(stage.mixer.picture.read(components=3), np.uint8).mean())


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
