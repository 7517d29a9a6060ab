"""A voice: one scene running, its values, macros, colours, drift and due steps.

In: values to go to and time that passes. Out: a `VoiceFrame`. Knows nothing of messages or GL. What an
edit of its scene keeps is in `voice_edits.py`, how its field fits the machine in `pace.py`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from engine.message import Argument
from engine.show.bank import Bank
from engine.show.beat.drum import Drum
from engine.show.beat.tempo import Tempo
from engine.show.becoming import Becoming
from engine.show.catalogue import Catalogue
from engine.show.colours.colours import Colours
from engine.show.due import Due
from engine.show.effects.scene_effects import chain_effects
from engine.show.frame import Splat, Value, VoiceFrame
from engine.show.generator import look_of, model_of
from engine.show.hands.touches import Touches
from engine.show.life.life import PULSE_SECONDS
from engine.show.life.nudge import Nudge
from engine.show.maps.travel import Travel
from engine.show.modulation.hearing import SILENCE
from engine.show.modulation.modulator import modulation_parameters
from engine.show.modulation.rig import Rig
from engine.show.pace import Pace, afford_rows, fit_columns, fit_rows, refine_rows, steps_a_second
from engine.show.parameter import Parameter, clamp_value, from_norm, to_norm
from engine.show.phases import Phases
from engine.show.presets.preset import begin_with, find_preset
from engine.show.rain import Rain
from engine.show.scene import Scene, base_parameters
from engine.show.substeps import Substeps

USUAL_BPM = 120.0  # before a tempo is known
SLOWEST = 0.5  # of its speed, that its field is fitted for: hands will raise it
UNTOUCHED: tuple[tuple[Splat, ...], tuple[Splat, ...], bool] = ((), (), False)


class Voice:
    """One running scene. `key` is unique for as long as the stage runs."""

    def __init__(
        self,
        key: int,
        scene: Scene,
        seed: int,
        catalogue: Catalogue,
        pace: Pace,
        preset: str = "",
    ) -> None:
        """`preset` names the one whose seed the scene begins with, in place of its own."""
        self.model = model_of(catalogue, scene)
        self.begun = preset
        self.preset = preset or scene.preset  # the one that was gone to last
        scene = begin_with(scene, find_preset(self.model.presets, preset))
        self.key, self.scene, self.seed = key, scene, seed
        self.substeps = Substeps(self.model, scene)
        self.written = scene  # as its file has it; hands may change its modulation
        self.base = base_parameters(scene, self.model, look_of(catalogue, scene), catalogue.finish)
        parameters = (*self.base, *modulation_parameters(scene.modulators, scene.routes, self.base))
        self.bank = Bank(parameters, scene.values)
        self.between: dict[
            str, float
        ] = {}  # where a knob stands between two steps of a choice, 0..1
        self.macros = [macro.value for macro in scene.macros]
        for index, value in enumerate(self.macros):
            self.move_macro(index, value)
        for name, place in scene.moved.items():
            self.bank.want(name, place)
        self.bank.jump()
        self.colours = Colours(catalogue.palettes[scene.palette])
        self._bpm = USUAL_BPM
        self._grain = pace.grain
        coarse = self._fit_rows(pace)
        self._cells = coarse * fit_columns(coarse, pace)  # that are paid for, whatever the grain
        self.rows = refine_rows(coarse, pace)
        self.columns = fit_columns(self.rows, pace)
        self.scale = self.rows / scene.rows
        self.seconds = 0.0
        self.drum = Drum(seed, self.columns / self.rows)
        self.random = random.Random(seed)
        self.rig = Rig(scene, self.bank.parameters, seed, self.random)
        self.phases = Phases(parameters, scene.sources)
        self._due = Due(scene.grow)
        self.origin: int | None = None  # the voice that it comes in over
        self.rain = Rain(self.random)
        self.touches = Touches()
        self.taken = 0  # steps since the beginning
        self.cleared = -math.inf  # the second in which a hand last cleared the field
        self._until_pulse = 0.0
        self._nudge: Nudge | None = None
        self.edited = 0  # times since the last frame, its modulation
        # What is told of the modulators and the parameters there are, and of which (`lists.py`).
        self.listed: tuple[tuple[object, ...], dict[str, tuple[Argument, ...]]] | None = None
        self.travel: Travel | None = None  # over the map of the model
        self.finger: tuple[float, ...] = ()  # where /map x y or /map/path v was last

    @property
    def is_growing(self) -> bool:
        """Whether steps are left that the scene grows by before it is a picture."""
        return self._due.growth > 0

    @property
    def is_still(self) -> bool:
        """Whether a generator draws the scene: nothing happens in its field."""
        return self.scene.generator is not None

    @property
    def dropped(self) -> float:
        """Steps that a stall or a slow machine missed, for good."""
        return self._due.dropped

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        return self.bank.parameters

    def move_macro(self, index: int, value: float, seconds: float = 0.0) -> None:
        """Set macro `index` (from 0) to 0..1: everything it moves glides there."""
        self.macros[index] = value
        for name, place in self.macro_moves(index, value):
            self.bank.want(name, place, seconds)

    def macro_places(self) -> dict[str, tuple[float, ...]]:
        """Where the macros, as they are, have what they move."""
        moves = [self.macro_moves(index, value) for index, value in enumerate(self.macros)]
        return {name: place for each in moves for name, place in each}

    def macro_moves(self, index: int, value: float) -> list[tuple[str, tuple[float, ...]]]:
        """What macro `index` moves, and where to, at 0..1."""
        moves = []
        for name, start, end in self.scene.macros[index].moves:
            p = self.bank.parameters[name]
            # Along the parameter's own curve, so that a log range feels even under the hand.
            position = to_norm(p, start) + (to_norm(p, end) - to_norm(p, start)) * value
            moves.append((name, clamp_value(p, (from_norm(p, position),))))
        return moves

    @property
    def can_draw(self) -> bool:
        """Whether one of the scene's sources is drawn by hand."""
        return any(source.kind == "drawn" for source in self.scene.sources)

    def clear(self) -> None:
        """Put the field back to rest in the next frame."""
        self.touches.clear()
        self.cleared = self.seconds

    def skip_growth(self) -> None:
        """It goes on from a field that has grown."""
        self._due.growth = 0

    def move_to(self, other: Voice) -> None:
        """Go on upon as many cells as `other` has, to turn into it."""
        self.rows, self.columns, self._cells = other.rows, other.columns, other._cells
        self.scale = self.rows / self.scene.rows

    def nudge(self) -> None:
        """Touch the field softly here and there, over the next seconds."""
        self._nudge = Nudge(self.random)

    def advance(
        self,
        seconds: float,
        tempo: Tempo,
        budget: float | None,
        becoming: Becoming | None = None,
        *,
        heard: Mapping[str, float] = SILENCE,
    ) -> VoiceFrame:
        """Let `seconds` pass; `budget` is the number of cell updates this frame can carry, `heard`
        what drifts may go by, 0..1 each.
        """
        self.seconds += seconds
        self.edited = 0
        if seconds > 0.0:  # a frozen picture does not follow the beat
            self._bpm = tempo.bpm
        if self.travel is not None and not self.travel.advance(self.bank, seconds):
            self.travel = None
        self.bank.advance(seconds)
        self.colours.advance(seconds)
        values = self.bank.values()
        moment = self.rig.advance(seconds, self.seconds, tempo, heard)
        self.rig.modulate(moment, values, self.macros)
        self.colours.adjust(values)
        self.phases.advance(seconds, values, self.scene.sources)
        substeps, dt = self.substeps.cut(values, self.parameters, self.scale, self._grain)
        affordable = None
        if budget is not None:
            affordable = max(1, int(budget / self._cost(values, substeps)))
        # A generator may call inputs of its own as a model calls its pace or its rain.
        pace = 0.0 if self.is_still else steps_a_second(self.model, values, self._bpm)
        steps = self._due.take(seconds, pace, affordable)
        if not self.is_still:
            for drop in self.rain.fall(seconds, values):
                self.touches.splat(drop)
        if self._nudge:
            self.touches.nudge(self._nudge.touch(seconds))
            self._nudge = None if self._nudge.is_over else self._nudge
        self.taken += steps
        self._until_pulse -= seconds
        pulse = self._until_pulse <= 0.0 and not self.is_still
        self._until_pulse += PULSE_SECONDS if pulse else 0.0
        return self._write_frame(
            values,
            steps * substeps,
            dt,
            seconds=seconds,
            touched=self.touches.take(),
            pulse=pulse,
            becoming=becoming,
        )

    def announce(self) -> VoiceFrame:
        """What it will begin with, before it does: nothing passes and nothing is touched."""
        values = self.bank.values()
        self.phases.tell(values)
        return self._write_frame(values, 0, self.model.dt)

    def _write_frame(
        self,
        values: Mapping[str, Value],
        steps: int,
        dt: float,
        *,
        seconds: float = 0.0,
        touched: tuple[tuple[Splat, ...], tuple[Splat, ...], bool] = UNTOUCHED,
        pulse: bool = False,
        becoming: Becoming | None = None,
    ) -> VoiceFrame:
        splats, marks, clear = touched
        return VoiceFrame(
            key=self.key,
            scene=self.scene,
            seed=self.seed,
            columns=self.columns,
            rows=self.rows,
            scale=self.scale,
            values=values,
            steps=steps,
            dt=dt,
            seconds=seconds,
            splats=splats,
            marks=marks,
            clear=clear,
            lut=self.colours.lut,
            accent=self.colours.accent,
            lut_version=self.colours.version,
            pulse=pulse,
            origin=self.origin,
            becoming=becoming,
            effects=chain_effects(self.scene.effects, self.key, values),
        )

    def _fit_rows(self, pace: Pace) -> int:
        """As many rows as the machine steps in time at the values the scene begins with."""
        rows = fit_rows(self.scene.rows, pace)
        if self.is_still:
            return rows
        values = self.bank.values()
        scale = rows / self.scene.rows
        substeps, _ = self.substeps.cut(values, self.parameters, scale, self._grain)
        steps = steps_a_second(self.model, values, self._bpm, SLOWEST)
        return afford_rows(rows, pace, steps * substeps)

    def _cost(self, values: Mapping[str, Value], substeps: int) -> float:
        """Cell updates of a step; of a finer grain, what it would be without."""
        if self._grain != 1.0:
            coarse = self.scale / self._grain
            substeps, _ = self.substeps.cut(values, self.parameters, coarse, 1.0)
        return self._cells * substeps
