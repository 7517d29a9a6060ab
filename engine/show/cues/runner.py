"""Who plays a show: where it is, what comes next, and when. Time and hands in, scenes and deeds out.

A loop goes round (see rounds.py); a list of cues waits where it says so. Seconds are counted in whole
nanoseconds and bars by the clock, and what was late is made up for, so nothing drifts. What the show does by
itself is no step of the performer's to be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.message import Argument
from engine.show.cues.cue_names import find_cue, name_entry
from engine.show.cues.hours import is_open
from engine.show.cues.opening import Opening
from engine.show.cues.playlist import Entry, Playlist
from engine.show.cues.rounds import Place, Rounds
from engine.show.cues.stay import SECOND_NS, Late, Stay, find_place
from engine.show.cues.wall_clock import WallClock
from engine.show.parameter import Refused

if TYPE_CHECKING:
    from engine.show.director import Director

AT_ONCE = 200  # entries that may be over in one frame, however long it was
SAME_PRESS_NS = 150_000_000  # a button that says 1 again so soon is still held
MOST_BUTTONS = 16  # whose last press is remembered
BY_SHOW = -1.0  # a fade: the show's own


class Runner:
    """Plays one show, or none."""

    def __init__(self, playlist: Playlist | None, seed: int) -> None:
        """`seed`: what an order of chance comes from."""
        self.playlist = playlist
        self.wall = WallClock()
        self.opening = Opening()
        self.is_paused = False
        self._rounds = Rounds(playlist, seed)
        self._stay = Stay()
        self._is_new = True  # its first entry has not come yet
        self._idle_ns = 0
        self._is_idle = False
        self._now_ns = 0
        self._pressed: dict[str, int] = {}

    def begin(self, director: Director, scene: str) -> None:
        """`scene` plays: the show is where that is."""
        for index, entry in enumerate(director.entries):
            if entry.scene == scene or (self.playlist and self.playlist.is_cues):
                self._rounds.find(index, len(director.entries))
                self._stay = Stay(entry)
                return
        if self.playlist and not self.playlist.is_cues:
            self._stay = Stay(Entry(scene, self.playlist.hold))

    def come_by_hand(self, director: Director, scene: str) -> None:
        """A performer has gone to a scene: a loop goes on from there, a list of cues from where it was."""
        if self.playlist and not self.playlist.is_cues:
            self.begin(director, scene)

    def touch(self) -> None:
        """A hand was at work: a loop's own advance waits."""
        self._idle_ns, self._is_idle = 0, False
        if self.playlist:
            self._stay.hold(self.playlist.hold)

    def adopt(self, director: Director, playlist: Playlist, present: Entry | None) -> None:
        """Take an edited show, and go on from where it is, which was `present` before."""
        self.playlist = playlist
        self._rounds.adopt(playlist)
        entries = director.entries
        if entries:
            at = find_place(entries, self._rounds.present(len(entries)), present)
            self._rounds.find(at, len(entries))
            self._stay.follow(entries, at)

    def present(self, director: Director) -> Entry | None:
        entries = director.entries
        return entries[self._rounds.present(len(entries))] if entries else None

    def following(self, director: Director) -> Entry | None:
        """What comes next, if something does."""
        entries = director.entries
        for _, index in self._rounds.look_ahead(len(entries), 1):
            if is_open(entries[index].hours, self.wall.now):
                return entries[index]
        return None

    def advance(self, director: Director, nanoseconds: int, frozen: bool) -> None:
        """Let time pass, after the clock's own; what is due comes."""
        self._now_ns += nanoseconds
        self.wall.advance(nanoseconds)
        if self.playlist is None:
            return
        self._tend_hours(director, nanoseconds)
        if self._is_new:
            self._is_new = False
            entry = self.present(director)
            if entry is not None:
                self._do(director, entry)
        if director.master.asleep:
            return
        self._tend_idle(director, nanoseconds)
        if self.is_paused or frozen or not director.entries:
            return
        over = self._stay.advance(nanoseconds, director.tempo)
        for _ in range(AT_ONCE):
            if not over:
                return
            with director.history.excuse(director):
                director.seed += 1
                if not self.step(director, 1, BY_SHOW, self._stay.late):
                    return
            over = self._stay.is_over(director.tempo)

    def step(
        self,
        director: Director,
        by: int,
        fade: float | None = None,
        late: Late | None = None,
        enter: str = "",
    ) -> bool:
        """Go on by 1, or back by -1, past what is closed now; False if there is nothing there.

        `fade`: seconds; None: the performer's usual; BY_SHOW: as written.
        """
        entries = director.entries
        for place, index in self._rounds.look_ahead(len(entries), by):
            if is_open(entries[index].hours, self.wall.now):
                self._rounds.place = place
                self._come(director, entries[index], fade, late, enter)
                return True
        return False

    def jump(self, director: Director, name: str) -> None:
        """To the cue of that number or name. Raises `Refused`."""
        entries = director.entries
        index = find_cue(entries, name)
        if index is None:
            raise Refused("no such cue")
        self._rounds.find(index, len(entries))
        self._come(director, entries[index], BY_SHOW)

    def presses(self, address: str, value: object) -> bool:
        """Whether a button that says `value` was pressed just now, and is not only held."""
        last = self._pressed.get(address)
        if len(self._pressed) >= MOST_BUTTONS:
            self._pressed.clear()
        self._pressed[address] = self._now_ns
        if value in (0, 0.0, False):
            self._pressed.pop(address, None)
            return False
        return last is None or self._now_ns - last > SAME_PRESS_NS

    def describe(self, director: Director) -> tuple[Argument, ...]:
        """present number, name, next number, name, seconds left (-1: it waits), what it does."""
        present, following = self.present(director), self.following(director)
        doing = "asleep" if director.master.asleep else "paused" if self.is_paused else "plays"
        left = round(self._stay.left(director.tempo))
        if self._stay.waits and doing == "plays":
            doing = "waits"
        entries = director.entries
        return (*name_entry(entries, present), *name_entry(entries, following), left, doing)

    def as_arguments(self) -> tuple[Argument, ...]:
        """Where it stands, for whoever brings it back."""
        place, stay = self._rounds.place, self._stay
        return place.index, place.round, self._rounds.seed, int(stay.passed), int(stay.beats)

    def restore(self, director: Director, told: Sequence[Argument]) -> None:
        """Be where `as_arguments` said. What is no such thing is left alone."""
        numbers = [part for part in told if isinstance(part, int) and abs(part) < 1 << 53]
        entries = director.entries
        if len(numbers) != 5 or len(told) != 5 or not entries or self.playlist is None:
            return
        index, rounds, seed, seconds, beats = numbers
        self._rounds.restore(Place(index % len(entries), max(rounds, 0)), seed)
        self._stay = Stay(entries[self._rounds.present(len(entries))])
        self._stay.go_on(float(seconds), float(beats))
        self._is_new = False

    def _come(
        self,
        director: Director,
        entry: Entry,
        fade: float | None,
        late: Late | None = None,
        enter: str = "",
    ) -> None:
        assert self.playlist is not None
        self._is_new = False
        if entry.scene:
            seconds = self._fade(entry) if fade == BY_SHOW else fade
            own = director.catalogue.scenes[entry.scene].enter
            written = entry.transition or own or self.playlist.transition
            enter = enter or director.between.chosen or written
            director.go(1, entry.scene, seconds, enter=enter, same=True)
        self._stay = Stay(entry, late)
        self._do(director, entry)

    def _do(self, director: Director, entry: Entry) -> None:
        """What an entry wants besides its scene."""
        fade = self._fade(entry)
        if entry.palette:
            director.play("/palette/go", (entry.palette, fade))
        if entry.snapshot:
            director.play("/snapshot/go", (entry.snapshot, fade))
        for address, arguments in entry.deeds:
            director.play(address, arguments)

    def _fade(self, entry: Entry) -> float:
        assert self.playlist is not None
        return self.playlist.fade if entry.fade is None else entry.fade

    def _tend_hours(self, director: Director, nanoseconds: int) -> None:
        assert self.playlist is not None
        self.opening.advance(nanoseconds)
        opened = self.opening.is_open(self.playlist.hours, self.wall.now)
        director.master.sleep(not opened, self.playlist.dusk)

    def _tend_idle(self, director: Director, nanoseconds: int) -> None:
        assert self.playlist is not None
        idle = self.playlist.idle
        self._idle_ns += nanoseconds
        if idle is None or self._is_idle or self._idle_ns < idle.seconds * SECOND_NS:
            return
        self._is_idle, self.is_paused = True, False
        with director.history.excuse(director):
            if idle.go and find_cue(director.entries, idle.go) is not None:
                self.jump(director, idle.go)
            elif self._stay.waits:
                self.step(director, 1, BY_SHOW)
