"""How a tape begins: the show as it was, whatever a tape says."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.assets import Assets
from engine.errors import Complaint
from engine.keep import saves
from engine.library import Library
from engine.message import Message
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from engine.show.frame import Frame
from engine.show.memory.state import describe
from engine.show.pace import Pace
from engine.tape.beginning import begin_anew, begin_here, begin_show, enter_frame
from engine.tape.calendar import Calendar
from engine.tape.facts import Answered, Beginning, TapeFrame
from engine.tape.mark_words import read_marks, write_marks
from engine.tape.reading import is_untaped
from engine.tape.tape_bytes import END, read_records, write_record
from tests.show import FRAME_NS, make_catalogue, make_director, run, send, voice_of


def make_library() -> Library:
    return Library(Assets(Path("nowhere")), make_catalogue(), {}, ())


def heard() -> tuple[list[Complaint], Library]:
    return [], make_library()


WORDS = st.sampled_from(
    "/scene/go /layer/2/scene/go /layer/x/scene/go /seed /param/feed /palette/go /state/snapshot/1 "
    "/state/snapshot/x /tempo/source /tempo/beat /layer/focus /map /preset/go /macro/1 x".split()
)
VALUES = st.one_of(
    st.floats(), st.integers(-9, 2**70), st.text("ab", max_size=3), st.none(), st.just((1, ("x",)))
)


@given(
    st.lists(
        st.builds(Message, WORDS, st.lists(VALUES, max_size=3).map(tuple), st.just(0)), max_size=6
    )
)
def test_whatever_a_tape_says_of_its_beginning_something_plays(kept: list[Message]) -> None:
    said, library = heard()
    director = begin_show(library, Beginning("alpha", kept=tuple(kept)), Pace(), said.append)
    assert isinstance(director.advance(FRAME_NS), Frame)
    assert len(said) <= 1


def test_a_show_begins_again_as_it_is_now() -> None:
    director = make_director("beta", seed=4)
    for address, *told in (
        ("/macro/1", 0.75),
        ("/layer/2/scene/go", "gamma", 0.0),
        ("/layer/2/opacity", 0.5),
        ("/snapshot/save", 3),
        ("/tempo/bpm", 97.0),
        ("/palette/go", "moss", 0.0),
    ):
        assert send(director, address, *told) == 0
    run(director, 1.0)
    beginning = begin_here(director, Calendar())
    (back,) = read_marks(write_marks([beginning]))
    assert isinstance(back, Beginning)
    said, library = heard()
    send(director, "/tape/loop", 1)
    again = begin_show(library, back, back.pace, said.append, before=director)
    assert again.wishes.tape_loops
    told, before = describe(again), describe(director)
    same = [name for name in before if not name.startswith(("/status/", "/tempo/beat", "/list/"))]
    assert {name: told[name] for name in same} == {name: before[name] for name in same}
    assert said == [] and again.wishes is director.wishes
    keys = {voice.key for layer in director.layers.values() for voice in layer.voices}
    assert not keys & {voice.key for layer in again.layers.values() for voice in layer.voices}


def test_a_show_that_has_just_begun_has_its_snapshots_on_the_tape() -> None:
    director = make_director()
    send(director, "/snapshot/save", 3)
    beginning = begin_anew(director, Beginning("alpha"), (Message("/macro/1", (0.25,)),))
    said, library = heard()
    again = begin_show(library, beginning, Pace(), said.append)
    assert again.snapshots == director.snapshots and again.layers[1].voice.macros[0] == 0.25


def look(frame: Frame) -> list[object]:
    """All that the GPU is told of the voices of a frame, but for the colours."""
    return [
        (voice.scene.id, voice.seed, voice.steps, voice.dt, dict(voice.values), voice.splats)
        for layer in frame.layers
        for voice in layer.voices
    ] + [layer.fades for layer in frame.layers]


def test_a_show_that_goes_on_by_itself_goes_on_alike_from_its_tape() -> None:
    entries = Entry("alpha", 1.5), Entry("beta", 1.0), Entry("gamma", 2.0)
    show = Playlist("loop", "Loop", entries, fade=0.5, hold=0.1)
    library = Library(Assets(Path("nowhere")), make_catalogue(), {"loop": show}, ())
    pace = Pace(cells_per_frame=3e5)
    live = Director(library.catalogue, "alpha", playlist=show, seed=9, pace=pace, lead=3)
    beginning = begin_anew(live, Beginning("alpha", "loop", 9, pace, lead=3))
    said: list[Complaint] = []
    again: Director | None = None
    chance = random.Random(3)
    moves = ("/macro/1", 0.7), ("/splat", 0.2, 0.3), ("/seed",), ("/tempo/tap",), ("/undo",)
    scenes = set()
    for number in range(500):
        messages = tuple(Message(a, tuple(told)) for a, *told in moves if chance.random() < 0.004)
        marks = (beginning,) if number == 0 else ()
        frame = TapeFrame(chance.randrange(1, 200) * 250_000, 1.25, messages, marks)
        (back,) = read_records(zlib.compress(write_record(frame, 1.0) + bytes((END,))), 0)
        again = enter_frame(again, back, library, said.append)
        for message in messages:
            live.apply(message)
        seen = live.advance(frame.nanoseconds, effort=frame.effort)
        assert look(again.advance(back.nanoseconds, effort=back.effort)) == look(seen)
        scenes.add(live.layers[1].voice.scene.id)
    assert scenes == {"alpha", "beta", "gamma"} and said == []


def test_what_is_gone_is_said_in_a_line_and_something_else_plays() -> None:
    said, library = heard()
    director = begin_show(library, Beginning("alpa", "no show"), Pace(), said.append)
    assert director.layers[1].voice.scene.id == "alpha"
    assert [str(complaint) for complaint in said] == [
        "tape: there is no scene 'alpa'. Did you mean 'alpha'?",
        "tape: there is no show 'no show'",
    ]


def test_what_the_guard_of_life_did_is_done_again() -> None:
    said, library = heard()
    begin = TapeFrame(FRAME_NS, marks=(Beginning("alpha", seed=4),))
    director = enter_frame(None, begin, library, said.append)
    key = voice_of(director.advance(FRAME_NS)).key
    for number in (1, 7):  # one layer is there, the other is not
        enter_frame(
            director, TapeFrame(0, marks=(Answered(number, "dead", 1),)), library, said.append
        )
    run(director, 3.0)
    assert voice_of(director.advance(FRAME_NS)).key != key
    assert (director.seed, director.revived.total(), said) == (5, 1, [])


def test_a_tape_without_a_beginning_is_refused() -> None:
    said, library = heard()
    with pytest.raises(ValueError, match="begins with a beginning"):
        enter_frame(None, TapeFrame(0), library, said.append)


@pytest.mark.parametrize("address", ["/record/start", "/record/toggle", "/still", "/tape/record"])
def test_what_makes_files_is_on_no_tape(address: str) -> None:
    assert is_untaped(address) and not is_untaped("/macro/1")
    assert saves(address) == (not address.startswith("/tape/"))  # so only this computer may ask
