"""A layer: the voice that plays, the ones that leave while fades last, and how they are laid on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.show.beat.tempo import Tempo
from engine.show.becoming import Becoming, can_become
from engine.show.frame import LayerFrame, VoiceFrame
from engine.show.hands.brush import Brush
from engine.show.hands.fingers import Fingers
from engine.show.life.keeper import Keeper
from engine.show.modulation.hearing import SILENCE
from engine.show.voice import MOST_SPLATS, Voice

LAYERS = 4
MOST_VOICES = 3  # while pads are hammered: each costs its own steps
LEAVE_SECONDS = 0.15  # for a voice that is one too many
HARDLY_SEEN = 1 / 256  # taken away at once
SOONER = 1.6  # times as fast the look fades as the equation
MOST_AT_ALL = 8  # whatever a flood of messages asks for


class _Fading:
    """A voice and how far it has come in."""

    def __init__(self, voice: Voice, seconds: float, becoming: bool = False) -> None:
        self.voice = voice
        self.seconds = seconds
        self.becoming = becoming  # the voice below turns into it
        self.gone = 0.0
        self.leaving = False
        self._left = 1.0  # of its weight, while it leaves

    @property
    def fade(self) -> float:
        t = min(self.gone / self.seconds, 1.0) if self.seconds > 0 else 1.0
        return t * t * (3 - 2 * t) * self._left

    @property
    def share(self) -> float:
        """Of the picture. A field that becomes another's looks strange in its old look: sooner."""
        return min(SOONER * self.fade, 1.0) if self.becoming else self.fade

    def becomes(self, below: Voice) -> bool:
        """Whether `below` turns into it; an edit may have set their models apart meanwhile."""
        mixed = self.becoming and below.key == self.voice.origin
        return mixed and can_become(below.model, self.voice.model)

    def advance(self, seconds: float) -> None:
        if self.leaving:
            self._left = max(self._left - seconds / LEAVE_SECONDS, 0.0)
        else:
            self.gone += seconds


@dataclass(slots=True)
class Manner:
    """How a layer is laid on the others; told before it plays, it waits for it."""

    opacity: float = 1.0
    blend: str = "normal"


class Layer:
    """A stack of voices, each fading in over those before it; hands act on the last at once."""

    def __init__(self, voice: Voice, opacity: float = 1.0) -> None:
        self._stack = [_Fading(voice, 0.0)]
        self.opacity = self._opacity = opacity
        self.blend = "normal"
        self.keeper = Keeper()
        self.brush = Brush()
        self.fingers = Fingers()
        self.every: float | None = None  # beats from splat to splat; None: as the scene says

    @property
    def voice(self) -> Voice:
        """The voice being played: the one that is coming, during a fade."""
        return self._stack[-1].voice

    @property
    def voices(self) -> list[Voice]:
        return [entry.voice for entry in self._stack]

    @property
    def is_seen(self) -> bool:
        """Whether anything of it is in the picture, or is about to be."""
        return self.opacity > 0.0 or self._opacity > 0.0

    @property
    def fade(self) -> float:
        """0..1, eased: how far the voice being played has come in."""
        return self._stack[-1].fade

    def go(self, voice: Voice, seconds: float, enter: str = "dissolve") -> None:
        """Fade to another voice, over whatever is seen now: nothing jumps in the middle of a fade.

        `enter` "equation": the present voice turns into it, if it is whole and the models allow.
        """
        self._stack[1:] = [entry for entry in self._stack[1:] if entry.fade > 0.0]
        voice.origin = self.voice.key
        becoming = enter == "equation" and seconds > 0.0 and len(self._stack) == 1
        if becoming and can_become(self.voice.model, voice.model):
            voice.skip_growth()
            self.voice.move_to(voice)
        else:
            becoming = False
        self._stack.append(_Fading(voice, seconds, becoming))
        # One that the voice below turns into stays: what that one was is not to come back.
        between = self._stack[1:-1]
        middle = [entry for entry in between if not entry.becoming]
        staying = [entry for entry in middle if not entry.leaving]
        if len(staying) > MOST_VOICES - 2 - (len(between) - len(middle)):
            min(staying, key=lambda entry: entry.fade).leaving = True
        if len(self._stack) > MOST_AT_ALL:
            self._stack.remove(min(middle, key=lambda entry: entry.fade))

    def jump(self) -> None:
        """End all glides of the layer and its voice now: for a beginning."""
        self._opacity = self.opacity
        self.voice.bank.jump()
        self.voice.travel = None
        self.voice.colours.jump()

    def draw_fingers(self, seconds: float) -> int:
        """Touch the voice along the ways of the fingers; how many touches a frame had no room for."""
        voice = self.voice
        aspect = voice.columns / voice.rows
        room = max(
            voice.room, MOST_SPLATS // 2
        )  # however many splats came: a flood of them is no hand
        splats, lost = self.fingers.draw(seconds, self.brush, voice.model, aspect, room)
        lost += voice.make_room(len(splats))
        for splat in splats:
            voice.splat(splat)
        return lost

    def drop(self, voice: Voice) -> None:
        """Take a voice away at once, as one that could not begin; the last one stays."""
        kept = [entry for entry in self._stack if entry.voice is not voice]
        self._stack = kept or self._stack

    def advance(
        self,
        seconds: float,
        tempo: Tempo,
        budget: float | None,
        heard: Mapping[str, float] = SILENCE,
    ) -> LayerFrame:
        for entry in self._stack:
            entry.advance(seconds)
        if seconds > 0.0:  # a frozen picture does not follow the beat
            for stroke in self.voice.drum.beat(self.voice.scene.pulse, tempo, self.every):
                self.voice.splat(stroke)
        gone = [e for e in self._stack[1:-1] if e.leaving and e.fade < HARDLY_SEEN]
        self._stack = [entry for entry in self._stack if entry not in gone]
        hidden = max(i for i, entry in enumerate(self._stack) if entry.fade >= 1.0 or i == 0)
        del self._stack[:hidden]
        step = seconds / 0.1  # opacity may be a pad: a tenth of a second from 0 to 1
        self._opacity += min(max(self.opacity - self._opacity, -step), step)
        pairs = list(zip((None, *self._stack), self._stack, strict=False))
        share = budget / len(self._stack) if budget is not None else None
        frames: list[VoiceFrame] = []
        for below, entry in pairs:
            becoming = None
            if below and entry.becomes(below.voice):
                becoming = Becoming(below.voice.key, entry.fade)
            frames.append(entry.voice.advance(seconds, tempo, share, becoming, heard=heard))
        fades = (1.0, *(entry.share for entry in self._stack[1:]))
        return LayerFrame(tuple(frames), fades, self._opacity, self.blend)
