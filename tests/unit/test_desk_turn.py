"""One turn of the desk: whatever goes wrong in a part of it, and however much comes, it goes on."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from engine.desk.control import Control, Move
from engine.desk.desk import FAULT, TURN_NS, Desk
from engine.desk.devices import Devices
from engine.desk.mirror import Mirror
from engine.desk.monitor.monitor import Monitor
from engine.desk.notes import Notes
from engine.desk.opening import DeskSettings
from engine.desk.osc.echo import Echo
from engine.desk.osc.foreign import Wordy
from engine.desk.osc.known import ACTIONS
from engine.desk.osc.sorter import WISHES, Sorter
from engine.desk.play.player import Player
from engine.desk.report import REASONS
from engine.house_addresses import STAGE_ANEW, STATE_BEGIN, TO_DESK
from engine.message import Message
from engine.pipe import Inbox, Outbox
from engine.supervisor.desk_watch import DeskWatch

CONTROLLERS = Path("config/controllers")
KNOB = Control("Box", "cc", 1, 1)
Drain = Callable[[], list[Message]]


@contextmanager
def open_desk(
    clock_ns: Callable[[], int],
    bindings: Path | None = None,
    told: list[Message] | None = None,  # what its supervisor hears, once it is closed
) -> Iterator[tuple[Desk, Drain]]:
    """A desk without devices in this process, and what has reached the stage's end of its pipe."""
    stage, to_stage = multiprocessing.Pipe(duplex=False)
    reports, to_supervisor = multiprocessing.Pipe(duplex=False)
    settings = DeskSettings(None, "127.0.0.1", "no such port", CONTROLLERS, bindings=bindings)
    with stage, to_stage, reports, to_supervisor:
        outbox, supervisor, inbox = Outbox(to_stage), Outbox(to_supervisor), Inbox(stage)

        def drain() -> list[Message]:
            outbox.flush(2.0)
            return [m for m in inbox.drain(1 << 20) if not m.address.startswith("/window/")]

        with (
            outbox,
            supervisor,
            Desk(
                settings, outbox, supervisor, Notes(clock_ns, lambda line: None), clock_ns
            ) as desk,
        ):
            yield desk, drain
        if told is not None:
            told += Inbox(reports).drain()


def test_what_the_desk_cannot_do_ends_nothing_else() -> None:
    with open_desk(lambda: 0) as (desk, drain):
        desk.hear(5)  # type: ignore[arg-type]  # no such thing: a fault of our own
        desk.hear(Move(KNOB, 0.5, 0, 64))
        desk.turn()
        assert [message.address for message in drain()] == ["/macro/1"]
        assert desk.refused == {FAULT: 1}


def test_a_flood_does_not_keep_the_desk_from_telling_the_stage() -> None:
    step = TURN_NS // 100
    with open_desk(itertools.count(0, step).__next__) as (desk, drain):
        for number in range(1000):
            desk.hear(Move(Control("Box", "program", 1, number), 1.0, 0, 127))
            desk.hear(Move(KNOB, number / 1000, 0, 64))
        desk.turn()
        told = drain()
        assert told and told[-1].arguments[-1] != 0.999  # though not all has been done
        for _ in range(1000):
            if told[-1].arguments[-1] == 0.999:
                break
            desk.turn()
            told += drain()
        assert told[-1].arguments[-1] == 0.999


def test_what_no_file_holds_and_what_drives_a_terminal_is_not_learnt(tmp_path: Path) -> None:
    with open_desk(lambda: 0, tmp_path / "bindings.toml") as (desk, _):
        for wrong in (b"x", None, (1, 2), float("nan"), "\x1b[2J", 81 * "a"):
            desk.hear([Message("/learn", ("/scene/go", wrong))])
        desk.turn()
        assert desk.lessons.status == ("off",) and desk.refused.total() == 6
        assert FAULT not in desk.refused


def test_reasons_that_quote_what_came_take_no_ever_more_memory(tmp_path: Path) -> None:
    with open_desk(lambda: 0, tmp_path / "bindings.toml") as (desk, _):
        desk.hear([Message("/learn", ("/macro/1",))])
        for raw in (40, 44, 50, 57, 66, 70, 73, 79):
            desk.hear(Move(KNOB, raw / 127, 0, raw))
        for number in range(3 * REASONS):
            desk.hear([Message("/learn/takeover", (f"word {number}",))])
        desk.turn()
        assert len(desk.refused) <= REASONS + 1 and desk.refused.total() == 3 * REASONS


def test_keys_that_were_down_when_the_stage_was_lost_are_let_go() -> None:
    with open_desk(lambda: 0) as (desk, drain):
        desk.hear([Message("/learn", ("/splat",))])
        desk.hear([Message(f"{TO_DESK}key", ("g", 1))])
        desk.hear([Message("/learn/send", ("gate",)), Message(f"{TO_DESK}key", ("g", 1))])
        desk.turn()
        assert [message.arguments for message in drain()] == [(1,)]
        desk.hear([Message(STAGE_ANEW)])
        desk.turn()
        assert [message.arguments for message in drain()] == [(0,)]


def test_a_key_that_waited_for_a_desk_plays_nothing() -> None:
    with open_desk(lambda: 10_000_000_000) as (desk, drain):
        for down, time_ns in ((1, 8_000_000_000), (0, 8_500_000_000), (1, 9_900_000_000)):
            desk.hear([Message(f"{TO_DESK}pad", ("Pad", "button", "b", down), time_ns)])
        desk.turn()
        assert [message.arguments for message in drain()] == [(1,)]


def test_what_is_held_when_a_desk_dies_is_let_go_by_the_next_one() -> None:
    press = Message(f"{TO_DESK}pad", ("Pad", "button", "b", 1))
    told: list[Message] = []
    with open_desk(lambda: 0, told=told) as (desk, drain):
        desk.hear([press])
        desk.turn()
        assert [(m.address, m.arguments) for m in drain()] == [("/blackout", (1,))]
    watch = DeskWatch()
    watch.hear(told, 1.0)
    told.clear()
    with open_desk(lambda: 0, told=told) as (desk, drain):
        desk.hear([*watch.kept, Message(STATE_BEGIN)])
        desk.turn()
        assert [(m.address, m.arguments) for m in drain()] == [("/blackout", (0,))]
    watch.hear(told, 2.0)
    assert watch.kept == []  # the one after it has nothing to let go


def test_a_flood_of_wishes_is_counted_and_not_waited_for() -> None:
    outbox = Outbox(multiprocessing.Pipe(duplex=False)[1])
    mirror, notes = Mirror(), Notes(lambda: 0, lambda line: None)
    monitor, queue = Monitor(mirror, lambda: 0), SimpleQueue[Any]()
    with outbox:
        sorter = Sorter(Echo(mirror, notes, lambda: 0), monitor, queue, outbox)
        wish = Message("/learn/curve", (2.0,))
        for _ in range(WISHES):
            sorter.hand_on([wish, wish])
        assert queue.qsize() == WISHES // 2 and sorter.unheard == WISHES
        sorter.done(queue.get())
        sorter.hand_on([wish, wish, wish])
        assert sorter.unheard == WISHES + 1


def test_a_misspelt_address_with_a_name_behind_it_is_said_once_with_what_was_meant() -> None:
    said: list[str] = []
    mirror, notes = Mirror(), Notes(lambda: 0, said.append)
    monitor, queue = Monitor(mirror, lambda: 0), SimpleQueue[Any]()
    reader, writer = multiprocessing.Pipe(duplex=False)
    with reader, writer, Outbox(writer) as outbox:
        sorter = Sorter(Echo(mirror, notes, lambda: 0), monitor, queue, outbox)
        for wrong in ("/pallette/go", "/pallette/go", "/tempi/tap", "/elsewhere"):
            assert sorter.hear(Message(wrong, ("frost",)), ("127.0.0.1", 9000))
    player = Player([], None, mirror, lambda device, data: True, notes)
    devices = Devices(player, mirror, monitor, notes)
    devices.say_unbound(Control("osc", "osc", path="/pallette/go"))
    assert said == []  # before the stage has told what there is, nobody knows what was meant
    state = {"/layer/focus": (1,), "/palette/go": ("ember",), ACTIONS: ("/tempo/tap",)}
    mirror.take([Message(address, told) for address, told in state.items()])
    while not queue.empty():
        heard = queue.get()
        assert isinstance(heard, Wordy)
        devices.say_unbound(heard.control, wordy=True)
    first, second, third = said
    assert "Did you mean /palette/go?" in first and "Did you mean /tempo/tap?" in second
    assert "'/elsewhere' plays nothing. It has no number" in third


def test_knobs_of_an_unknown_device_keep_their_macros_when_the_desk_dies() -> None:
    def turn(desk: Desk, drain: Drain, number: int, kind: str = "cc") -> str:
        desk.hear(Move(Control("Odd Box", kind, 1, number), 0.5, 0, 64))
        desk.turn()
        (message,) = drain()
        return message.address

    told: list[Message] = []
    watch = DeskWatch()
    with open_desk(lambda: 0, told=told) as (desk, drain):
        assert [turn(desk, drain, number) for number in (40, 41)] == ["/macro/1", "/macro/2"]
        assert turn(desk, drain, 300, "nrpn") == "/macro/3"
    for _ in range(2):  # also the desk after the next one knows
        watch.hear(told, 1.0)
        told.clear()
        with open_desk(lambda: 0, told=told) as (desk, drain):
            desk.hear([*watch.kept, Message(STATE_BEGIN)])
            assert turn(desk, drain, 300, "nrpn") == "/macro/3"
            assert turn(desk, drain, 41) == "/macro/2"
    with open_desk(lambda: 0) as (desk, drain):
        box = ("Odd Box", "cc", 1)
        wrong = (
            *box,
            40,
            99,
            *box,
            41,
            3,
            5,
            "x",
            1.0,
            None,
            1,
            "Odd Box",
            "key",
            1,
            2,
            4,
            "alone",
        )
        desk.hear([Message(f"{TO_DESK}touched", wrong)])
        assert turn(desk, drain, 41) == "/macro/3" and turn(desk, drain, 40) == "/macro/1"
