"""The director: messages in, frames out. It owns what is being played and decides what is shown.

Routes of addresses to deeds stand in `routes/`. Never waits, never reads a file, never knows GL
or a device; a message it cannot take is refused and counted, and nothing else happens.
"""

from __future__ import annotations

from collections import Counter

from engine.message import Message
from engine.show.beat.quantise import Unit, Waiting
from engine.show.beat.tempo import Tempo
from engine.show.catalogue import Catalogue
from engine.show.catalogue_edits import follow_catalogue, give_up
from engine.show.cues.playlist import Entry, Playlist
from engine.show.cues.runner import Runner
from engine.show.effects.between import Between
from engine.show.effects.crossfader import Crossfader
from engine.show.effects.rack import Rack
from engine.show.finish import mix_finish
from engine.show.frame import Frame
from engine.show.hands.takeover import NotYet
from engine.show.layer import LAYERS, Layer
from engine.show.layers import Layers
from engine.show.lead import find_lead
from engine.show.master import Master
from engine.show.memory.history import History
from engine.show.memory.ramps import Ramps
from engine.show.memory.saving import Savings
from engine.show.memory.slot import Slot
from engine.show.modulation.hearing import Hearing
from engine.show.pace import Pace
from engine.show.parameter import Refused
from engine.show.refusals import Refusals
from engine.show.routes.arguments import Arguments
from engine.show.routes.table import EXACT, perform
from engine.show.routes.touch import TOO_MANY
from engine.show.voice import Voice
from engine.show.wishes import Wishes

TIME_WRAP = 3600.0  # float32 seconds are still fine to 0.25 ms there
LONGEST_TICK = 0.25  # seconds: a stall never becomes one giant leap
MANUAL_FADE = 2.0
GHOSTS = 64
FAULT = "it was too much for us"


class Director:
    """What is being played: layers, master, tempo, show and snapshots."""

    addresses = tuple(EXACT)  # what can be played besides parameters, macros and fingers

    def __init__(
        self,
        catalogue: Catalogue,
        scene: str,
        *,
        playlist: Playlist | None = None,
        seed: int = 1,
        pace: Pace | None = None,
        safe_scene: str | None = None,
        lead: int = 0,
        first_key: int = 0,
    ) -> None:
        """Begin with `scene` on layer 1. Raises KeyError for a scene that is not in the catalogue.

        `lead`: for how many frames a scene that was asked for is announced before it begins.
        `first_key`: voices are numbered after it; who takes the place of another director goes on
        from its `last_key`.
        """
        self.catalogue = catalogue
        self.cues = Runner(playlist, seed)
        self.seed = seed
        self.pace = pace or Pace()
        self.safe_scene = safe_scene or scene
        self.lead = lead
        self.tempo = Tempo()
        self.hearing = Hearing()
        self.waiting = Waiting()
        self.master = Master()
        self.rack = Rack("master")
        self.between = Between()
        self.crossfader = Crossfader()
        self.snapshots: dict[int, Slot] = {}
        self.snapshots_saved = False  # by hands, since they were written
        self.ramps = Ramps()
        self.chance = seed  # what the next throw of /random comes from
        self.history = History()
        self.refusals = Refusals()
        self.revived: Counter[str] = Counter()
        self.ghosts: dict[str, float] = {}  # address -> where a knob is that has not met its value
        self.savings = Savings()
        self.wishes = Wishes()
        self.focus = 1
        self.last_key = first_key
        self._index = 0
        self._time = 0.0
        self.layers = Layers(self._start(scene))
        self.cues.begin(self, scene)

    @property
    def refused(self) -> Counter[str]:
        """What could not be done, by reason."""
        return self.refusals.counts

    @property
    def order(self) -> tuple[str, ...]:
        """The scenes that next and previous walk through: the show's, else all."""
        scenes = [entry.scene for entry in self.entries if entry.scene]
        if self.playlist and self.playlist.is_cues:
            scenes = list(dict.fromkeys(scenes))
        return tuple(scenes if self.playlist else self.catalogue.scenes)

    @property
    def playlist(self) -> Playlist | None:
        """The show that is played, if it is one."""
        return self.cues.playlist

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The show's, as far as there are such scenes now."""
        entries = self.playlist.entries if self.playlist else ()
        scenes = self.catalogue.scenes
        return tuple(entry for entry in entries if not entry.scene or entry.scene in scenes)

    def written_unit(self, number: int) -> Unit:
        """What the changes of a layer wait for, as its scene says, else the show."""
        layer = self.layers.get(number)
        scene = layer.voice.scene.quantise if layer else ""
        return scene or (self.playlist.quantise if self.playlist else "off")

    def apply(self, message: Message, at_once: bool = False) -> None:
        """Do what a message asks; `at_once`: without waiting for the beat.

        What cannot be done is counted in `refused`, by reason.
        """
        self._do(message.address, message.arguments, at_once)

    def _do(self, address: str, arguments: Arguments, at_once: bool) -> None:
        try:
            perform(self, address, arguments, at_once)
            self.ghosts.pop(address, None)
        except NotYet as knob:
            if len(self.ghosts) < GHOSTS or address in self.ghosts:
                self.ghosts[address] = knob.place
            self.refusals.wait(address, knob.present)
        except Refused as refusal:
            self.refusals.add(address, str(refusal))
        except Exception:  # whatever it is: a message from outside is no reason to end the show
            self.refusals.add(address, FAULT)

    def play(self, address: str, arguments: Arguments) -> None:
        """Do at once what an address of the state asks, as no hand's step; what cannot be, is left."""
        if not address.startswith("/layer/"):
            address = f"/layer/1{address}"
        with self.history.pause():
            try:
                perform(self, address, arguments, at_once=True)
            except Refused:
                return
            except Exception:  # as in `_do`: a cue or an undo is no reason either
                self.refusals.add(address, FAULT)

    def advance(self, nanoseconds: int, effort: float = 1.0) -> Frame:
        """Let time pass and say what is to be drawn. `effort`: how many frames' worth of steps."""
        seconds = min(max(nanoseconds * 1e-9, 0.0), LONGEST_TICK)
        self.master.advance(seconds)
        running = 0.0 if self.master.stands else seconds
        beaten = max(nanoseconds * 1e-9, 0.0)  # a stall costs the picture's time, but no beat
        self.tempo.advance(beaten)
        self.hearing.advance(seconds)
        self.history.advance(beaten)
        self.ramps.advance(self, seconds)
        for number, (address, arguments) in self.waiting.due(self.tempo):
            self._do(f"/layer/{number}{address}", arguments, at_once=True)
        self._time = (self._time + running) % TIME_WRAP
        self.cues.advance(self, max(nanoseconds, 0), self.master.freeze)
        for layer in self.layers.values():  # a frozen picture can be drawn into
            lost = layer.draw_fingers(seconds)
            if lost:
                self.refusals.add("/touch", TOO_MANY, lost)
        self.layers.drop_gone(self.crossfader)
        self.focus = self.focus if self.focus in self.layers else 1
        self.layers.glide(seconds)
        self.crossfader.advance(seconds)
        seen = self.layers.find_seen(self.crossfader)
        budget = self.pace.cells_per_frame
        share = effort * budget / len(seen) if budget is not None else None
        # A layer that is not seen stays in the frame, so that its field is kept; but its time stands.
        for n in self.layers.keys() - seen:
            self.layers[n].end_fades()
        layers = tuple(
            layer.advance(running if n in seen else 0.0, self.tempo, share, self.hearing.values)
            for n, layer in sorted(self.layers.items())
        )
        frame = Frame(
            self._index,
            self._time,
            running,
            layers,
            mix_finish(self.catalogue.finish, layers[0]),
            self.master.light,
            self.rack.advance(seconds),
            self.crossfader.present,
            wave=self.hearing.wave,
            spectrum=self.hearing.spectrum,
        )
        self._index = (self._index + 1) & 0x7FFFFFFF
        return frame

    def layer(self, number: int) -> Layer:
        """Layer 1..4. Raises `Refused` for one that is not there."""
        try:
            return self.layers[number]
        except KeyError:
            raise Refused(f"layer {number} is empty") from None

    def jump(self) -> None:
        """End all glides of what lies over everything, and of how layers are laid on: for a beginning."""
        self.master.jump()
        self.crossfader.jump()
        self.rack.jump()
        self.layers.end_glides()

    def eject(self, number: int, seconds: float) -> None:
        """Take a layer away by a fade. Raises `Refused` for the first, which all others lie on."""
        layer = self.layer(number)
        if number == 1:
            raise Refused("layer 1 stays; it can be faded out by its opacity")
        layer.leaves, layer.manner.stays = seconds, True
        self.focus = 1 if self.focus == number else self.focus
        self.waiting.forget(number)

    def go(
        self,
        number: int,
        scene: str,
        fade: float | None = None,
        seed: int | None = None,
        preset: str = "",
        *,
        enter: str = "",
        same: bool = False,
    ) -> None:
        """Fade layer `number` to a scene, which begins anew, with the seed of `preset` if one is named.

        `enter` is "dissolve", "equation" or a transition; "": what hands have chosen, else the scene's.
        `same`: its time in the show goes on. Raises `Refused` if there is no such scene.
        """
        if scene not in self.catalogue.scenes:
            raise Refused("no such scene")
        if not 1 <= number <= LAYERS:
            raise Refused(f"layers are 1 to {LAYERS}")
        voice = self._start(scene, seed, preset)
        lead = find_lead(voice.scene, self.lead)
        if number in self.layers:
            default = self.playlist.fade if self.playlist and fade == -1.0 else MANUAL_FADE
            seconds = default if fade is None or fade < 0 else fade
            transitions = self.catalogue.transitions
            enter, transition = self.between.find_entrance(voice.scene, enter, transitions)
            self.layers[number].go(voice, seconds, enter, transition, lead=lead)
        else:
            self.layers.begin(number, voice, lead)
        if number == 1 and not same:
            self.cues.come_by_hand(self, scene)

    def step_scene(self, number: int, by: int, fade: float | None = None, enter: str = "") -> None:
        """The next (by 1) or previous (by -1) scene of the show on a layer; `enter` as in `go`."""
        order = self.order
        if not order:
            raise Refused("no scenes")
        if number == 1 and self.playlist and not self.playlist.is_cues:
            self.cues.step(self, by, fade, enter=enter)
            return
        present = self.layer(number).voice.scene.id if number in self.layers else order[-1]
        at = order.index(present) if present in order else -1
        self.go(number, order[(at + by) % len(order)], fade, enter=enter)

    def touch(self) -> None:
        """A hand was at work: the show's own advance waits."""
        self.cues.touch()

    def adopt(self, catalogue: Catalogue, playlist: Playlist | None = None) -> None:
        """Take an edited catalogue, and the show as it is now, if it is known: what plays follows the
        edit, or begins anew by a fade; the show goes on from where it is."""
        with self.history.excuse(self):
            follow_catalogue(self, catalogue, playlist)

    def withdraw(self, key: int) -> bool:
        """Give up a voice that could not begin, and its scene until files are edited.

        What was seen before it goes on, else the safe scene or any other begins. False if there is
        nothing left to play.
        """
        for number, layer in self.layers.items():
            for voice in layer.voices:
                if voice.key == key:
                    with self.history.excuse(self):
                        return give_up(self, number, layer, voice)
        return True

    def _start(self, scene: str, seed: int | None = None, preset: str = "") -> Voice:
        self.last_key += 1
        return Voice(
            self.last_key,
            self.catalogue.scenes[scene],
            self.seed if seed is None else seed,
            self.catalogue,
            self.pace,
            preset,
        )
