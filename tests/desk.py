"""A desk in a process of its own, with the pipes that a supervisor would hold."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from types import TracebackType

from engine.desk.audio.listening import EarSettings
from engine.desk.opening import DeskSettings
from engine.desk.process import run_desk
from engine.house_addresses import TO_WINDOW
from engine.message import Argument, Message
from engine.pipe import Inbox, Outbox

CONTROLLERS = Path(__file__).parents[1] / "config" / "controllers"


def met(after: float, before: float | None = None) -> tuple[Argument, ...]:
    """What a knob sends: where it was, if that is known, and where it is."""
    return ("pickup", after if before is None else before, after)


class Desk:
    """Starts a desk; `drain` and `look` collect what it sends and reports."""

    def __init__(
        self,
        osc_port: int | None = 0,
        controllers: Path = CONTROLLERS,
        osc_bind: str = "127.0.0.1",
        ear: EarSettings | None = None,
        audio_leads: bool = False,
        bindings: Path | None = None,
        link: bool = False,
        again: bool = False,
    ) -> None:
        context = multiprocessing.get_context("spawn")
        to_stage, stage = [*context.Pipe(duplex=False)][::-1]
        self._state, to_desk = [*context.Pipe(duplex=False)][::-1]
        to_supervisor, supervisor = [*context.Pipe(duplex=False)][::-1]
        settings = DeskSettings(
            osc_port,
            osc_bind,
            None,
            controllers,
            ear=ear,
            audio_leads=audio_leads,
            bindings=bindings,
            link=link,
            again=again,
        )
        self.process = context.Process(
            target=run_desk, args=(settings, to_stage, to_desk, to_supervisor)
        )
        self.process.start()
        for ours_no_more in (to_stage, to_desk, to_supervisor):
            ours_no_more.close()
        self._stage, self._supervisor = Inbox(stage), Inbox(supervisor)
        self.state = Outbox(self._state)
        self.messages: list[Message] = []
        self.window: list[Message] = []  # what the operator's window is told
        self.report: dict[str, tuple[Argument, ...]] = {}

    def drain(self) -> list[Message]:
        """Everything that reached the stage's end so far, for the show."""
        for message in self._stage.drain(1 << 20):
            told = message.address.startswith(TO_WINDOW)
            (self.window if told else self.messages).append(message)
        return self.messages

    def look(self) -> dict[str, tuple[Argument, ...]]:
        """The latest report by address."""
        self.report |= {message.address: message.arguments for message in self._supervisor.drain()}
        return self.report

    def has(self, address: str, *arguments: Argument) -> bool:
        """Whether such a message has come, floats compared to 1e-6."""
        return any(
            message.address == address and _are_equal(message.arguments, arguments)
            for message in self.drain()
        )

    def forget_supervisor(self) -> None:
        """Close the supervisor's end of the state pipe, as its death would."""
        self.state.close()
        self._state.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.state.close()
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _are_equal(left: tuple[Argument, ...], right: tuple[Argument, ...]) -> bool:
    return len(left) == len(right) and all(
        abs(a - b) < 1e-6
        if isinstance(a, int | float) and isinstance(b, int | float)
        else type(a) is type(b) and a == b
        for a, b in zip(left, right, strict=True)
    )
