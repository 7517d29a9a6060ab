"""What a flood of messages does to a real `morphogen play`: how many are lost, and how even the frames
stay beside those of the same run without any. Everything in processes of its own.

`python tests/bench/flood.py [SECONDS]` measures only that; below half a minute the phases mix, for the
stage tells of the latest thousand frames. `--size`: of the picture; one that takes most of a frame to
draw without a GPU is late without any message, too. With `--apart` the stage has the first core to
itself (Linux), and sender and desk share the others: what messages cost the picture where nobody takes
the processor away from it. Where other machines of the host took more than QUIET of the processor, a
stretch tells of them: it is measured again, up to TRIES times, and the quietest one counts.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.message import Message
from engine.osc_writing import encode
from tests.bench.latency import with_one_scene
from tests.bench.osc_sender import STEP, VALUES, WIDE
from tests.play import Play

BUSY = Path(__file__).with_name("busy.py")
NEIGHBOUR = 0.35  # of a core: what sender and desk take together at 20,000 messages a second
STOLEN = "stolen, %"
# Messages a second, senders, kind; a neighbour's share of a core; or nothing.
Load = tuple[int, int, str] | float | None
SIZE = "240x136"  # software takes half of each frame to draw it on a laptop core
QUIET, TRIES = 0.5, 6  # %
REHEARSAL_S = 40.0  # then later scenes are ready
SENDER = Path(__file__).with_name("osc_sender.py")


def measure_floods(
    seconds: float = 60.0, rounds: int = 1, *, size: str = SIZE, apart: bool = False
) -> dict[str, dict[str, float]]:
    """Idle, alone and beside a busy neighbour; 20,000 messages a second to eight addresses and to many;
    100,000 from one sender and from 64. By name, the figures: medians of the rounds."""
    floods: dict[str, Load] = {
        "100,000/s": (100_000, 1, "flood"),
        "100,000/s of 64": (100_000, 64, "flood"),
    }
    in_turn: dict[str, Load] = {
        "idle": None,
        "busy neighbour": NEIGHBOUR,
        "20,000/s": (20_000, 1, "count"),
        "20,000/s wide": (20_000, 1, "wide"),
    }
    with tempfile.TemporaryDirectory() as folder:
        assets = with_one_scene(Path(folder) / "assets", "coral")
        with Play(Path(folder), "--assets", assets, size=size) as play:
            play.wait_for_picture()
            if apart:
                _set_apart(play)
            for address in WIDE:
                play.send(address, VALUES[2])
            time.sleep(REHEARSAL_S)
            took = [
                {name: _watch_quietly(play, name, load, seconds) for name, load in in_turn.items()}
                for _ in range(rounds)
            ]
            figures = {name: _find_medians([one[name] for one in took]) for name in in_turn}
            for name, load in floods.items():
                figures[name] = _watch_quietly(play, name, load, seconds * 2 / 3)
    return figures


def _find_medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(one[name] for one in rounds), 3) for name in rounds[0]}


def _watch_quietly(play: Play, name: str, load: Load, seconds: float) -> dict[str, float]:
    took: list[dict[str, float]] = []
    while not took or (took[-1][STOLEN] > QUIET and len(took) < TRIES):
        took.append(_watch(play, load, seconds))
        p99, stolen = took[-1]["frame p99, ms"], took[-1][STOLEN]
        print(f"{name}: p99 {p99} ms, {stolen} % stolen", file=sys.stderr)
    return min(took, key=lambda figures: figures[STOLEN])


def _watch(play: Play, load: Load, seconds: float) -> dict[str, float]:
    before = _read(play)
    neighbour = None
    if isinstance(load, float):
        neighbour, load = subprocess.Popen([sys.executable, BUSY, f"{load}", f"{seconds}"]), None
    if load and load[2] == "count":
        play.send("/master/brightness", 1.0)
        play.wait_for_value("/master/brightness", 1.0)
    pids = _find_processes(play)
    cpu, stolen = _processor_seconds(pids), _stolen_seconds()
    began = time.monotonic()
    pings: list[float] = []
    sender = None
    if load:
        rate, sources, kind = load
        words = [str(play.port), str(rate), str(seconds), str(sources), kind]
        sender = subprocess.Popen(
            [sys.executable, SENDER, *words], stdout=subprocess.PIPE, text=True
        )
    while time.monotonic() - began < seconds or (sender and sender.poll() is None):
        time.sleep(0.5)
        pings.append(_ping(play))
    figures: dict[str, float] = {}
    ended = time.monotonic()
    if sender is not None:
        assert sender.stdout is not None
        sent, took = (float(word) for word in sender.stdout.read().split())
        back = _ping(play)
        figures["sent a second"] = round(sent / took)
        figures["answered after the flood, ms"] = back
        figures["played after the flood, ms"] = _play_back(play)
    stolen = _stolen_seconds() - stolen
    if neighbour is not None:
        neighbour.wait()
    used = {name: s - cpu[name] for name, s in _processor_seconds(pids).items()}
    time.sleep(2.5)  # for the counters, told once a second
    after = _read(play)
    if sender is not None:
        taken = after["taken"] - before["taken"] - 2 * len(pings)
        figures["not read, %"] = round(100 * (1 - min(taken / sent, 1.0)), 3)
        if load and load[2] == "count":
            found = play.get("/master/brightness")
            assert found is not None and isinstance(found[0], float)
            came = (1.0 - found[0]) / STEP
            figures["events that did not reach the stage, %"] = round(
                100 * (1 - 2 * came / sent), 3
            )
    frames = after["frames"] - before["frames"]
    passed = time.monotonic() - began
    figures["frames a second"] = round(frames / passed, 2)
    figures |= {name: after[name] for name in ("frame p50, ms", "frame p99, ms", "longest, ms")}
    figures["ping p50, ms"] = sorted(pings)[len(pings) // 2]
    figures["ping longest, ms"] = max(pings)
    figures |= {f"{name}'s CPU, %": round(100 * s / (ended - began)) for name, s in used.items()}
    figures[STOLEN] = round(100 * stolen / (ended - began) / (os.cpu_count() or 1), 1)
    return figures


def _read(play: Play) -> dict[str, float]:
    """The counters now."""
    taken, frames, times = (play.get(f"/status/{name}") for name in ("taken", "frames", "frame_ms"))
    assert taken and frames and times, "the counters were not answered"
    p50, p99, longest = (float(str(number)) for number in times)
    return {
        "taken": float(str(taken[0])),
        "frames": float(str(frames[0])),
        "frame p50, ms": round(p50, 1),
        "frame p99, ms": round(p99, 1),
        "longest, ms": round(longest, 1),
    }


def _ping(play: Play) -> float:
    """Milliseconds until a ping is answered, sent again each 20 ms."""
    began = time.monotonic()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.3.1", 0))
        peer.connect(("127.0.0.1", play.port))
        peer.settimeout(0.02)
        while time.monotonic() - began < 5.0:
            try:
                peer.send(encode(Message("/ping")))
                peer.recv(100)
                break
            except OSError:
                continue
    return round(1e3 * (time.monotonic() - began), 1)


def _play_back(play: Play) -> float:
    """Milliseconds until a value that is set is what `/get` answers: to the stage and back.

    The stage tells its state ten times a second, and the desk looks twenty times a second.
    """
    wanted = 0.625 if play.get("/macro/8") != (0.625,) else 0.375
    began = time.monotonic()
    play.send("/macro/8", wanted)
    while play.get("/macro/8") != (wanted,) and time.monotonic() - began < 5.0:
        time.sleep(0.002)
    return round(1e3 * (time.monotonic() - began), 1)


def _set_apart(play: Play) -> None:
    """The stage onto the first core; the desk and this process, with what it starts, onto the others."""
    first, *others = sorted(os.sched_getaffinity(0))
    pids = _find_processes(play)
    for pid, cores in ((pids["stage"], [first]), (pids["desk"], others), (os.getpid(), others)):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores)


def _processor_seconds(pids: dict[str, int]) -> dict[str, float]:
    """Of each process, by name."""
    used = {}
    for name, pid in pids.items():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used[name] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def _stolen_seconds() -> float:
    """Of all cores together: a virtual machine's share that others had."""
    return int(Path("/proc/stat").read_text().split()[8]) / os.sysconf("SC_CLK_TCK")


def _find_processes(play: Play) -> dict[str, int]:
    found: dict[str, int] = {}
    while len(found) < 2:
        found |= {name: pid for name in ("stage", "desk") if (pid := play.pid(name))}
    return found


def print_floods(figures: dict[str, dict[str, float]]) -> None:
    """As a table, one column a load."""
    names = dict.fromkeys(name for column in figures.values() for name in column)
    print(f"{'':36}" + "".join(f"{load:>18}" for load in figures))
    for name in names:
        cells = (column.get(name) for column in figures.values())
        print(f"{name:36}" + "".join(f"{'' if cell is None else cell:>18}" for cell in cells))


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("seconds", type=float, nargs="?", default=60.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--size", default=SIZE, metavar="WIDTHxHEIGHT")
    parser.add_argument("--apart", action="store_true")
    asked = parser.parse_args()
    print_floods(measure_floods(asked.seconds, asked.rounds, size=asked.size, apart=asked.apart))
