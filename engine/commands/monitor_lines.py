"""The command `monitor`: what an engine that plays is told, line by line, and its counters.

In: an engine's host and port. Out: lines. In a wide terminal they stand in columns and are cut to its
width, in a narrow one they are wrapped, and what went wrong stands out; anywhere else they are plain
and whole.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import TextIO

from engine.desk.monitor.client import Counts, Watching
from engine.desk.monitor.events import NOTHING, Line
from engine.desk.notes import plain

COUNTS_S = 5.0  # from one line of counters to the next
FOR_EVER_S = 1e9
COUNTERS = "counters"  # where their line comes from
# What is counted by reason, and how that is called.
COUNTED = {
    "refused": "refused by the stage",
    "malformed": "malformed",
    "dropped": "dropped",
    "unanswered": "not done by the desk",
}
WIDTHS = (24, 32, 26)  # of source, what, bound
ROOMY = 132  # columns that a terminal has to have for these
INDENT = 10  # of what goes on in a second line
WRONG = ("refused", "dropped", "waits", "malformed", "not done")
_DIM, _WARN, _PLAIN = "\x1b[2m", "\x1b[33m", "\x1b[0m"


def watch(host: str, port: int, seconds: float | None, only_counts: bool, out: TextIO) -> None:
    """Show what happens for so many seconds (None: until Ctrl-C), then the counters; or those alone.

    Raises `MorphogenError` if no engine answers.
    """
    show = _choose_layout(out)
    with Watching(host, port) as engine:
        try:
            if not only_counts:
                _print(out, show(Line(0, "from", "what", "bound to", "did")))
                _follow(engine, seconds, out, show)
            for line in engine.ask_counts():
                if not only_counts:
                    _print(out, show(line))
            for text in describe_counts(engine.counts):
                _print(out, text)
        except KeyboardInterrupt:
            return
        except BrokenPipeError:  # whoever read it has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def describe_counts(counts: Counts) -> Iterator[str]:
    """The counters by reason, and the times, a line each."""
    for what, title in COUNTED.items():
        total, reasons = count_reasons(counts, what)
        named = ", ".join(f"{plain(reason)} {count}" for reason, count in reasons.items())
        yield f"{title:<24} {total:>8}  {named}".rstrip()
    latency, frames = _times(counts, "latency"), _times(counts, "frame_ms")
    if latency:
        half, late, last = latency
        times = f"{half:g} ms for half of it, {late:g} ms for 99 in 100, {last:g} ms the last"
        yield f"{'control to picture':<24} {times}"
    else:
        yield f"{'control to picture':<24} nothing measured yet"
    if frames:
        half, late, longest = frames
        times = f"{half:g} ms for half of them, {late:g} ms for 99 in 100, {longest:g} ms at most"
        yield f"{'from frame to frame':<24} {times}"


def count_reasons(counts: Counts, what: str) -> tuple[int, dict[str, int]]:
    """How many in all, and by each reason, the most frequent first; those of which there are none
    are left out."""
    prefix = f"/status/{what}/"
    found = {
        address.removeprefix(prefix): values[0]
        for address, values in counts.items()
        if address.startswith(prefix) and values and isinstance(values[0], int) and values[0]
    }
    return sum(found.values()), dict(sorted(found.items(), key=lambda one: -one[1]))


def _follow(
    engine: Watching, seconds: float | None, out: TextIO, show: Callable[[Line], str]
) -> None:
    """The events, and every few seconds a line of counters if anything has happened."""
    end_s = time.monotonic() + (FOR_EVER_S if seconds is None else seconds)
    while (left_s := end_s - time.monotonic()) > 0.0:
        happened = False
        for line in engine.lines(min(COUNTS_S, left_s)):
            happened = True
            _print(out, show(line))
        if happened and time.monotonic() < end_s:
            for line in engine.ask_counts():
                _print(out, show(line))
            _print(out, show(Line(time.time_ns(), COUNTERS, _summarise(engine.counts))))


def _summarise(counts: Counts) -> str:
    numbers = ", ".join(f"{what} {count_reasons(counts, what)[0]}" for what in COUNTED)
    latency = _times(counts, "latency")
    return numbers + (f"; latency {latency[0]:g} ms, p99 {latency[1]:g} ms" if latency else "")


def _times(counts: Counts, name: str) -> tuple[float, ...]:
    """Three times in milliseconds, or none."""
    told = counts.get(f"/status/{name}", ())
    times = tuple(float(value) for value in told if isinstance(value, int | float))
    return times if len(times) == 3 else ()


def _choose_layout(out: TextIO) -> Callable[[Line], str]:
    """How a line is shown there."""
    if not out.isatty():
        return lay_out
    coloured = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"

    def show(line: Line) -> str:
        columns = shutil.get_terminal_size().columns
        roomy = columns >= ROOMY
        text = lay_out(line)[: columns - 1] if roomy else lay_out_narrow(line, columns - 1)
        if not coloured:
            return text
        if line.did.startswith(WRONG) or (line.what.startswith(WRONG) and line.source != COUNTERS):
            return f"{_WARN}{text}{_PLAIN}"
        quiet = not line.time_ns or line.bound == NOTHING or line.source == COUNTERS
        return f"{_DIM}{text}{_PLAIN}" if quiet else text

    return show


def lay_out(line: Line) -> str:
    """One line in columns: when, from where, what, what it is bound to, what it did."""
    at_s, milliseconds = divmod(line.time_ns // 1_000_000, 1000)
    when = time.strftime("%H:%M:%S", time.localtime(at_s)) + f".{milliseconds:03d}"
    source, what, bound = WIDTHS
    arrow = "->" if line.bound else "  "
    cells = f"{line.source:<{source}}  {line.what:<{what}}  {arrow} {line.bound:<{bound}}"
    return f"{when if line.time_ns else 'when':<12}  {cells}  {line.did}".rstrip()


def lay_out_narrow(line: Line, columns: int) -> str:
    """The same for a terminal that has no room for columns: closed up, in as many lines as it takes,
    for what it did, or why not, stands last."""
    if not line.time_ns:
        return "when, from: what -> bound to: did"
    at = time.strftime("%H:%M:%S", time.localtime(line.time_ns // 1_000_000_000))
    bound = f" -> {line.bound}" if line.bound else ""
    did = f": {line.did}" if line.did else ""
    text = f"{at}  {line.source}: {' '.join(line.what.split())}{bound}{did}"
    return "\n".join(wrap(text, columns, subsequent_indent=" " * INDENT))


def _print(out: TextIO, text: str) -> None:
    print(text, file=out, flush=True)
