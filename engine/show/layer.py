"""A layer: the voice that plays, the ones that leave while fades last, and how they are laid on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.show.beat.tempo import Tempo
from engine.show.becoming import Becoming, can_become
from engine.show.effects.chain import TransitionFrame
from engine.show.effects.played import Played
from engine.show.frame import LayerFrame, VoiceFrame
from engine.show.hands.brush import Brush
from engine.show.hands.fingers import Fingers
from engine.show.hands.pad import Pad
from engine.show.hands.touches import MOST_SPLATS
from engine.show.life.keeper import Keeper
from engine.show.manner import GLIDE_SECONDS, Manner
from engine.show.modulation.hearing import SILENCE
from engine.show.voice import Voice

LAYERS = 4
MOST_VOICES = 3  # while pads are hammered: each costs its own steps
LEAVE_SECONDS = 0.15  # for a voice that is one too many
HARDLY_SEEN = 1 / 256  # taken away at once
SOONER = 1.6  # times as fast the look fades as the equation
MOST_AT_ALL = 8  # whatever a flood of messages asks for


class _Fading:
    """A voice and how far it has come in."""

    def __init__(
        self,
        voice: Voice,
        seconds: float,
        becoming: bool = False,
        transition: Played | None = None,
        lead: int = 0,
    ) -> None:
        self.voice = voice
        self.seconds = seconds
        self.becoming = becoming  # the voice below turns into it
        self.transition = transition  # by which it comes, else it dissolves
        self.lead = lead  # frames in which it is made ready before it begins
        self.gone = 0.0
        self.leaving = False
        self._left = 1.0  # of its weight, while it leaves

    @property
    def progress(self) -> float:
        t = min(self.gone / self.seconds, 1.0) if self.seconds > 0 else 1.0
        return t * t * (3 - 2 * t)

    @property
    def fade(self) -> float:
        return self.progress * self._left

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

    def come(self, frame: VoiceFrame, seconds: float) -> VoiceFrame:
        """The frame of its voice, with the transition by which it comes."""
        if self.transition is None or self.progress >= 1.0:
            return frame
        values = self.transition.advance(seconds)
        key, name = f"{frame.key} comes", self.transition.effect.id
        return replace(
            frame, transition=TransitionFrame(key, name, values, self.progress, self._left)
        )


class Layer:
    """A stack of voices, each fading in over those before it; hands act on the last at once."""

    def __init__(
        self, voice: Voice, manner: Manner | None = None, *, lead: int = 0, shown: bool = True
    ) -> None:
        """`lead`: frames until its first voice begins; `shown`: it need not come up first."""
        self._stack = [_Fading(voice, 0.0, lead=lead)]
        self.manner = manner or Manner(1)
        self.leaves: float | None = None  # seconds in which it goes, once it has to
        self._presence = 1.0 if shown else 0.0
        self._began = lead == 0
        self.keeper = Keeper()
        self.brush = Brush()
        self.pad = Pad()
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
    def opacity(self) -> float:
        """As hands want it."""
        return self.manner.opacity

    @property
    def blend(self) -> str:
        return self.manner.blend

    @property
    def is_gone(self) -> bool:
        """Whether it has left, as it had to."""
        return self.leaves is not None and self._presence <= 0.0

    @property
    def transitions(self) -> list[Played]:
        """Those that are on their way, the last one last."""
        return [entry.transition for entry in self._stack if entry.transition]

    @property
    def fade(self) -> float:
        """0..1, eased: how far the voice being played has come in."""
        return self._stack[-1].fade

    def go(
        self,
        voice: Voice,
        seconds: float,
        enter: str = "dissolve",
        transition: Played | None = None,
        *,
        lead: int = 0,
    ) -> None:
        """Fade to another voice, over whatever is seen now: nothing jumps in the middle of a fade.

        `enter` "equation": the present voice turns into it, if it is whole and the models allow.
        `transition`: what it comes by. `lead`: frames until it begins; a voice that has not begun
        gives way to it.
        """
        self.leaves = None
        self._stack[1:] = [entry for entry in self._stack[1:] if entry.fade > 0.0]
        voice.origin = self.voice.key
        becoming = enter == "equation" and seconds > 0.0 and len(self._stack) == 1 and self._began
        if becoming and can_become(self.voice.model, voice.model):
            voice.skip_growth()
            self.voice.move_to(voice)
        else:
            becoming = False
        if not self._began:
            self._stack.clear()
        by = transition if seconds > 0.0 and self._stack else None
        self._stack.append(_Fading(voice, seconds if self._stack else 0.0, becoming, by, lead))
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
        self._presence = 1.0
        self.voice.bank.jump()
        self.voice.travel = None
        self.voice.colours.jump()

    def end_fades(self) -> None:
        """Have each voice come in whole, as far as it has begun: nobody sees the layer."""
        for entry in self._stack:
            if entry.lead <= 0 and not entry.becoming:
                entry.gone = max(entry.gone, entry.seconds)

    def begin_now(self) -> None:
        """Let whatever is to begin do so in the next frame: where nothing was shown yet."""
        self._began = True
        for entry in self._stack:
            entry.lead = 0

    def draw_fingers(self, seconds: float) -> int:
        """Touch the voice along the ways of the fingers; how many touches a frame had no room for."""
        voice = self.voice
        aspect = voice.columns / voice.rows
        # However many splats came: a flood of them is no hand.
        room = max(voice.touches.room, MOST_SPLATS // 2)
        splats, lost = self.fingers.draw(seconds, self.brush, voice.model, aspect, room)
        lost += voice.touches.make_room(len(splats))
        for splat in splats:
            voice.touches.splat(splat)
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
        """Let time pass. Its manner is advanced by whoever knows of the other layers."""
        begun, waiting = self._take_lead()
        for entry in begun:
            entry.advance(seconds)
        playing = begun[-1].voice if begun else None
        if playing and seconds > 0.0:  # a frozen picture does not follow the beat
            for stroke in playing.drum.beat(playing.scene.pulse, tempo, self.every):
                playing.touches.splat(stroke)
        gone = [e for e in begun[1:-1] if e.leaving and e.fade < HARDLY_SEEN]
        begun = [entry for entry in begun if entry not in gone]
        if begun:
            hidden = max(i for i, entry in enumerate(begun) if entry.fade >= 1.0 or i == 0)
            del begun[:hidden]
        self._stack = [*begun, *waiting]
        if begun:
            went = -seconds / self.leaves if self.leaves else seconds / GLIDE_SECONDS
            went = -1.0 if self.leaves == 0.0 else went
            self._presence = min(max(self._presence + went, 0.0), 1.0)
        share = budget / len(begun) if budget is not None and begun else None
        frames: list[VoiceFrame] = []
        for below, entry in zip((None, *begun), begun, strict=False):
            becoming = None
            if below and entry.becomes(below.voice):
                becoming = Becoming(below.voice.key, entry.fade)
            frame = entry.voice.advance(seconds, tempo, share, becoming, heard=heard)
            frames.append(entry.come(frame, seconds) if below else frame)
        return LayerFrame(
            voices=tuple(frames),
            fades=(1.0, *(entry.share for entry in begun[1:]))[: len(begun)],
            opacity=self.manner.amount * self._presence,
            blend=self.manner.blend,
            number=self.manner.number,
            effects=self.manner.rack.advance(seconds),
            sides=self.manner.sides,
            coming=tuple(entry.come(entry.voice.announce(), 0.0) for entry in waiting),
        )

    def _take_lead(self) -> tuple[list[_Fading], list[_Fading]]:
        """Who has begun, and what is to be made ready, a frame nearer to its beginning."""
        if self._began and all(entry.lead > 0 for entry in self._stack):
            self._stack[0].lead = 0  # nothing else is left to be seen
        begun = [entry for entry in self._stack if entry.lead <= 0]
        waiting = [entry for entry in self._stack if entry.lead > 0]
        self._began = self._began or bool(begun)
        for entry in waiting:
            entry.lead -= 1
        return begun, waiting
