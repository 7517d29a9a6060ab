"""A voice: one scene running, its values, macros, colours, drift and due steps.

In: values to go to and time that passes. Out: a `VoiceFrame`. Knows nothing of messages or GL.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from engine.show.life.life import PULSE_SECONDS
from engine.show.life.nudge import Nudge
from engine.show.maps.travel import Travel
from engine.show.modulation.edits import check_room, find_edits, keep_edits, make_edits
from engine.show.modulation.hearing import SILENCE
from engine.show.modulation.modulator import modulation_parameters
from engine.show.modulation.rig import Rig
from engine.show.parameter import Parameter, Refused, clamp_value, from_norm, to_norm
from engine.show.presets.preset import begin_with, find_preset
from engine.show.scene import Scene, base_parameters
from engine.show.sources.anisotropy import STRENGTH, stretched_eigenvalue
from engine.show.sources.reach import extremes
from engine.show.sources.source import Moved

SUBSTEPS = 64  # more than this a step, and time slows down instead
COARSEST = (
    0.7  # of the scene's rows: with fewer a pattern shows the grid, and slower time is better
)
PRUDENCE = 0.7  # of the machine: hands will ask for more than a scene's own pace
ROWS_OF, COLUMNS_OF = 8, 4  # whatever way the cells are packed, a field can be cut so
BEGINNINGS = ("model", "rows", "border", "border_value", "seed", "grow", "pictures", "flow")
USUAL_BPM = 120.0  # before a tempo is known
MOST_SPLATS = 64  # in a frame
MOST_EDITS = 16  # of modulation in a frame: each has it read anew


@dataclass(frozen=True, slots=True)
class Pace:
    """What the machine can carry: the picture's shape (width / height), the most rows of a field,
    and the most cell updates a frame at `fps` (None: as many as are due, for offline rendering).
    `grain`: times as many rows as all that would give; what is afforded does not change with it."""

    aspect: float = 16 / 9
    rows: int | None = None
    cells_per_frame: float | None = None
    fps: float = 60.0
    grain: float = 1.0


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
        self._limited = self._find_limited()
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
        self._cells = coarse * _fit_columns(coarse, pace)  # that are paid for, whatever the grain
        self.rows = max(round(coarse * pace.grain / ROWS_OF) * ROWS_OF, 16)
        self.columns = _fit_columns(self.rows, pace)
        self.scale = self.rows / scene.rows
        self.seconds = 0.0
        self.drum = Drum(seed, self.columns / self.rows)
        self._random = random.Random(seed)
        self.rig = Rig(scene, self.bank.parameters, seed, self._random)
        self._phases = {p.name: 0.0 for p in parameters if p.phase}
        self._slid = {source.name: (0.0, 0.0) for source in scene.sources}
        self._due = Due(scene.grow)
        self.origin: int | None = None  # the voice that it comes in over
        self._drops = 0.0
        self._splats: list[Splat] = []
        self._marks: list[Splat] = []
        self._clear = False
        self.taken = 0  # steps since the beginning
        self.cleared = -math.inf  # the second in which a hand last cleared the field
        self._until_pulse = 0.0
        self._nudge: Nudge | None = None
        self._edited = 0  # times since the last frame
        # What is told of the modulators and the parameters there are, and of which (`lists.py`).
        self.listed: tuple[tuple[object, ...], dict[str, tuple[Argument, ...]]] | None = None
        self.travel: Travel | None = None  # over the map of the model
        self.finger: tuple[float, ...] = ()  # where /map x y or /map/path v was last

    def adopt(self, catalogue: Catalogue) -> bool:
        """Go on with the edited files of this scene; False if it must begin anew.

        Values that hands have moved stay, values the edit changed are glided to.
        """
        old, new = self.scene, catalogue.scenes[self.scene.id]
        new = begin_with(new, find_preset(model_of(catalogue, new).presets, self.begun))
        if any(getattr(old, name) != getattr(new, name) for name in BEGINNINGS):
            return False
        kept = {name: self.bank.wanted(name) for name in self.parameters}
        before = dict(self.parameters)
        present = self.bank.values()
        self.model = model_of(catalogue, new)
        edits, self.written = find_edits(self.written, old), new
        self.base = base_parameters(new, self.model, look_of(catalogue, new), catalogue.finish)
        new = keep_edits(edits, new, self.base)
        parameters = (*self.base, *modulation_parameters(new.modulators, new.routes, self.base))
        starts = {
            p.name: clamp_value(p, _numbers(present[p.name]))
            for p in parameters
            if p.name in kept and p.kind == before[p.name].kind
        }
        self.bank = Bank(parameters, {**new.values, **starts})
        for name in starts:
            p = self.parameters[name]
            was = old.values.get(name, before[name].default)
            edited = new.values.get(name, p.default)
            self.bank.want(name, clamp_value(p, kept[name] if edited == was else edited))
        self.scene = new
        self._limited = self._find_limited()
        self.travel = None  # its parameters may be others now
        self.macros = (self.macros + [macro.value for macro in new.macros])[: len(new.macros)]
        for index, (then, now) in enumerate(zip(old.macros, new.macros, strict=False)):
            if then != now:
                self.move_macro(index, now.value if then.value != now.value else self.macros[index])
        for name, place in new.moved.items():
            if old.moved.get(name) != place:
                self.bank.want(name, place)
        self.rig.adopt(new, self.bank.parameters, self._random)
        self._phases = {p.name: self._phases.get(p.name, 0.0) for p in parameters if p.phase}
        if old.palette != new.palette:
            self.colours.go(catalogue.palettes[new.palette], 1.0)
        else:
            self.colours.follow(catalogue.palettes)
        return True

    def modulate(self, edits: Sequence[object], anew: bool = False) -> None:
        """Change its modulation; `anew`: from what is written, so that these are all its edits. Raises
        `Refused`, and then nothing has changed."""
        if self._edited >= MOST_EDITS:
            raise Refused("too many changes of modulation at once")
        self._edited += 1
        scene = make_edits(self.written if anew else self.scene, edits, self.base)
        check_room(self.written, scene)
        scene = replace(self.scene, modulators=scene.modulators, routes=scene.routes)
        added = modulation_parameters(scene.modulators, scene.routes, self.base)
        self.bank = self.bank.carry_over((*self.base, *added), scene.values)
        self.scene = scene
        self.rig.adopt(scene, self.bank.parameters, self._random)

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

    def keep(self, scene: Scene) -> None:
        """What plays has been saved as `scene`, which is read again soon: it is no change then."""
        self.written = self.scene = scene
        added = modulation_parameters(scene.modulators, scene.routes, self.base)
        self.bank = self.bank.carry_over((*self.base, *added), scene.values)
        self.rig.adopt(scene, self.bank.parameters, self._random)

    @property
    def room(self) -> int:
        """How many more touches the next frame holds."""
        return max(MOST_SPLATS - len(self._splats), 0)

    def make_room(self, touches: int) -> int:
        """Give up the newest touches so that `touches` more fit; how many there were."""
        lost = max(len(self._splats) + touches - MOST_SPLATS, 0)
        if lost:
            del self._splats[-lost:]
        return lost

    def splat(self, splat: Splat) -> bool:
        """Touch the field in the next frame; False if that frame holds no more."""
        if not self.room:
            return False
        self._splats.append(splat)
        return True

    @property
    def can_draw(self) -> bool:
        """Whether one of the scene's sources is drawn by hand."""
        return any(source.kind == "drawn" for source in self.scene.sources)

    def mark(self, mark: Splat) -> bool:
        """Draw into the drawn sources in the next frame; False if that frame holds no more."""
        if len(self._marks) >= MOST_SPLATS:
            return False
        self._marks.append(mark)
        return True

    def clear(self) -> None:
        """Put the field back to rest in the next frame."""
        self._clear = True
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
        self._nudge = Nudge(self._random)

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
        self._edited = 0
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
        for name in self._phases:
            self._phases[name] = (self._phases[name] + _number(values[name]) * seconds) % 1.0
            values[f"{name}_phase"] = self._phases[name]
        for source in self.scene.sources:
            across, up = self._slid[source.name]
            slide = source.drift * seconds
            # Askew, and within one turn: it comes round, and float32 must stay fine for days.
            self._slid[source.name] = (across + slide) % 1.0, (up + 0.618 * slide) % 1.0
            values[f"{source.name}_drift"] = self._slid[source.name]
        substeps, dt = self._substeps(values)
        affordable = None
        if budget is not None:
            affordable = max(1, int(budget / self._cost(values, substeps)))
        steps = self._due.take(seconds, self._pace(values), affordable)
        if not self.is_still:
            self._rain(seconds, values)
        if self._nudge:
            self._splats += self._nudge.touch(seconds)
            self._nudge = None if self._nudge.is_over else self._nudge
        splats, self._splats = tuple(self._splats), []
        marks, self._marks = tuple(self._marks), []
        clear, self._clear = self._clear, False
        self.taken += steps
        self._until_pulse -= seconds
        pulse = self._until_pulse <= 0.0 and not self.is_still
        self._until_pulse += PULSE_SECONDS if pulse else 0.0
        return VoiceFrame(
            key=self.key,
            scene=self.scene,
            seed=self.seed,
            columns=self.columns,
            rows=self.rows,
            scale=self.scale,
            values=values,
            steps=steps * substeps,
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

    def announce(self) -> VoiceFrame:
        """What it will begin with, before it does: nothing passes and nothing is touched."""
        values = self.bank.values()
        values |= {f"{name}_phase": phase for name, phase in self._phases.items()}
        return VoiceFrame(
            key=self.key,
            scene=self.scene,
            seed=self.seed,
            columns=self.columns,
            rows=self.rows,
            scale=self.scale,
            values=values,
            steps=0,
            dt=self.model.dt,
            seconds=0.0,
            splats=(),
            marks=(),
            clear=False,
            lut=self.colours.lut,
            accent=self.colours.accent,
            lut_version=self.colours.version,
            origin=self.origin,
            effects=chain_effects(self.scene.effects, self.key, values),
        )

    def _fit_rows(self, pace: Pace) -> int:
        """The scene's rows, or as many as the machine steps in time, but no fewer than COARSEST."""
        rows = max(min(self.scene.rows, pace.rows or self.scene.rows) // ROWS_OF * ROWS_OF, 16)
        if pace.cells_per_frame is None or self.is_still:
            return rows
        self.scale = rows / self.scene.rows
        values = self.bank.values()
        substeps, _ = self._substeps(values)
        updates = self._pace(values, 0.5) * substeps
        affordable = PRUDENCE * pace.cells_per_frame * pace.fps / updates
        affordable_rows = int((affordable / pace.aspect) ** 0.5) // ROWS_OF * ROWS_OF
        return max(min(rows, affordable_rows), math.ceil(rows * COARSEST / ROWS_OF) * ROWS_OF)

    def _pace(self, values: Mapping[str, Value], slowest: float = 0.0) -> float:
        """Steps a second: the model's own, or, where a beat is worth some, by the tempo."""
        if self.is_still:  # it may call inputs of its own as a model calls its
            return 0.0
        a_beat = _number(values.get("steps_per_beat", 0.0))
        steps = a_beat * self._bpm / 60.0 if a_beat > 0.0 else self.model.steps
        return steps * max(_number(values["speed"]), slowest)

    def _cost(self, values: Mapping[str, Value], substeps: int) -> float:
        """Cell updates of a step; of a finer grain, what it would be without."""
        if self._grain != 1.0:
            substeps, _ = self._substeps(values, self._grain)
        return self._cells * substeps

    def _substeps(self, values: Mapping[str, Value], coarser: float = 1.0) -> tuple[int, float]:
        """How many sub-steps a step needs for the model's limit to hold anywhere on the field, or on
        one that is so many times coarser."""
        largest = self._largest_dt(values, self.scale / coarser)
        needed = max(1, math.ceil(self.model.dt / largest - 1e-9))
        substeps = min(needed, math.ceil(SUBSTEPS * (self._grain / coarser) ** 2))
        return substeps, min(self.model.dt / substeps, largest)

    def _largest_dt(self, values: Mapping[str, Value], scale: float) -> float:
        """The largest stable step anywhere on a field of this scale, in model time."""
        names, moved, read = self._limited
        numbers = {n: _number(values[n]) for n in read}
        strength = _number(values[STRENGTH]) if self.scene.anisotropy else 0.0
        eigenvalue = stretched_eigenvalue(strength)
        limit = self.model.limit
        if not moved:
            return limit.largest_dt(numbers, scale, eigenvalue)
        return min(
            limit.largest_dt(there, scale, eigenvalue)
            for there in extremes(names, moved, self.bank.parameters, numbers)
        )

    def _find_limited(self) -> tuple[frozenset[str], tuple[Moved, ...], tuple[str, ...]]:
        """What the model's limit reads, what moves that over the field, and all that both read."""
        names = self.model.limit.names
        moved = tuple(m for m in self.scene.variation.moved if not names.isdisjoint(m.parameters))
        moving = [(n, f"{n}_{m.source}") for m in moved for n in m.parameters]
        return names, moved, (*names, *(n for pair in moving for n in pair))

    def _rain(self, seconds: float, values: Mapping[str, Value]) -> None:
        self._drops += _number(values["rain"]) * seconds
        while self._drops >= 1.0:
            self._drops -= 1.0
            size = _number(values["rain_radius"]) * self._random.uniform(0.6, 1.4)
            place = self._random.random(), self._random.random()
            self.splat(Splat(*place, size, _number(values["rain_amount"])))


def _fit_columns(rows: int, pace: Pace) -> int:
    return max(round(rows * pace.aspect / COLUMNS_OF) * COLUMNS_OF, 16)


def _numbers(value: Value) -> tuple[float, ...]:
    return (value,) if isinstance(value, (int, float)) else value


def _number(value: Value) -> float:
    return value if isinstance(value, (int, float)) else value[0]
