"""One scene's equation turns into another's, on the same field; or a scene grows where one stood."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.gpu.mixer import Mixer
from engine.gpu.rehearsal import rehearse
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.show.becoming import can_become, translate
from engine.show.director import Director
from engine.show.pace import Pace
from engine.show.seeds.seed_file import parse_seed
from engine.show.sources.anisotropy import Anisotropy
from engine.show.sources.source import Variation
from tests.gpu.running import all_models

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS, DT, PACE, SCALE, OLD_SCALE = 13, 17, 0.02, 7.0, 1.25, 0.8
UNVARIED = Variation()
SIZE = (96, 54)


def test_rest_becomes_rest_and_what_grew_stays_grown() -> None:
    models = all_models(ROOT / "shaders")
    for old in models.values():
        for new in models.values():
            if can_become(old, new):
                t = translate(old, new)
                rest = np.array(old.rest) * t.scale + t.shift
                assert np.allclose(rest, new.rest)
                brush = (np.array(old.brush) - old.rest) * t.scale
                assert (brush * (np.array(new.brush) - new.rest) >= 0).all()


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets(ROOT))


class Play:
    """A director and a mixer, frame by frame."""

    def __init__(self, context: moderngl.Context, library: Library, scene: str) -> None:
        catalogue = library.catalogue
        self.director = Director(catalogue, scene, pace=Pace(SIZE[0] / SIZE[1], rows=64))
        self.shelf = Shelf(context, library.assets.shaders)
        self.mixer = Mixer(context, self.shelf, SIZE, catalogue.models, library.assets.scenes)

    def run(self, frames: int) -> list[NDArray]:
        pictures = []
        for _ in range(frames):
            self.frame = self.director.advance(33_333_333)
            self.mixer.step(self.frame)
            self.mixer.compose(self.frame)
            data = np.frombuffer(self.mixer.picture.read(components=3), np.uint8)
            pictures.append(data.reshape(SIZE[1], SIZE[0], 3) / 255.0)
        return pictures

    def field(self) -> NDArray:
        running = self.mixer.running(self.frame.layers[0].voices[-1].key)
        assert running is not None
        return running.field.read()

    def release(self) -> None:
        self.mixer.release()
        self.shelf.release()


def two_of(library: Library, old: str, new: str) -> tuple[str, str]:
    """A scene of each model, of those that have sources where there are such."""
    found = []
    for model in (old, new):
        scenes = [s for s in library.catalogue.scenes.values() if s.model == model]
        found.append(max(scenes, key=lambda s: (len(s.sources), s.id)).id)
    return found[0], found[1]


def changes(pictures: list[NDArray]) -> list[float]:
    return [float(np.abs(b - a).mean()) for a, b in itertools.pairwise(pictures)]


def test_a_scene_that_asks_turns_into_the_next_on_the_same_field(
    context: moderngl.Context, library: Library
) -> None:
    first, second = two_of(library, "gray_scott", "fitzhugh_nagumo")
    play = Play(context, library, first)
    before = play.run(20)[-1]
    old_model = library.catalogue.models["gray_scott"]
    new_model = library.catalogue.models["fitzhugh_nagumo"]
    grown = play.field()
    play.director.apply(Message("/scene/go", (second, 1.0, "equation")))
    pictures = play.run(1)
    assert play.frame.layers[0].voices[-1].becoming is not None
    # It begins as what was there, not from a seed.
    translation = translate(old_model, new_model)
    taken = grown * np.float32(translation.scale) + np.float32(translation.shift)
    start = play.field()
    assert abs(start[..., 0].mean() - taken[..., 0].mean()) < 0.05
    assert start[..., 0].std() > 0.5 * taken[..., 0].std()
    pictures += play.run(36)
    assert max(changes([before, *pictures])) < 0.05  # no jump, at the beginning or at the end
    last = play.frame.layers[0]
    assert len(last.voices) == 1 and last.voices[0].scene.id == second
    assert last.voices[0].becoming is None and np.isfinite(play.field()).all()
    play.release()


@pytest.mark.parametrize(
    ("first", "second"),
    [("oil", "dune"), ("tide", "orbital"), ("scree", "gathering"), ("orbital", "lichen")],
)
def test_nothing_jumps_where_one_of_another_kind_begins_to_turn_or_has_turned(
    context: moderngl.Context, library: Library, first: str, second: str
) -> None:
    """Potentials, symplectic and staggered steps, noise, neighbours; fields of another size."""
    play = Play(context, library, first)
    play.run(6)
    still = changes(play.run(6))
    play.director.apply(Message("/scene/go", (second, 0.6, "equation")))
    pictures = play.run(1)
    begun = changes([*pictures, *play.run(2)])
    assert play.frame.layers[0].voices[-1].becoming is not None
    play.run(12)
    turned = changes(play.run(8))
    assert len(play.frame.layers[0].voices) == 1
    assert max(begun) < 2.0 * max(still) + 0.01
    assert max(turned) < 0.05 and np.isfinite(play.field()).all()
    play.release()


def test_hands_touch_both_while_one_turns_into_the_other(
    context: moderngl.Context, library: Library
) -> None:
    first, second = two_of(library, "gray_scott", "fitzhugh_nagumo")
    play = Play(context, library, first)
    play.run(4)
    play.director.apply(Message("/scene/go", (second, 20.0, "equation")))
    play.run(1)
    before = play.field()
    play.director.apply(Message("/splat", (0.5, 0.5, 0.1, 1.0)))
    play.run(1)
    rows, columns, _ = before.shape
    here = (slice(rows // 2 - 2, rows // 2 + 2), slice(columns // 2 - 2, columns // 2 + 2))
    assert np.abs(play.field() - before)[here].mean() > 0.1  # though hardly anything has turned
    play.director.apply(Message("/clear"))
    play.run(1)
    cleared = play.field() - library.catalogue.models["fitzhugh_nagumo"].rest
    assert np.abs(cleared).mean() < 0.05
    play.release()


def test_models_that_cannot_be_mixed_dissolve(context: moderngl.Context, library: Library) -> None:
    first, second = two_of(library, "gray_scott", "heat")
    play = Play(context, library, first)
    play.run(2)
    play.director.apply(Message("/scene/go", (second, 0.5, "equation")))
    play.run(3)
    assert len(play.frame.layers[0].voices) == 2
    assert all(voice.becoming is None for voice in play.frame.layers[0].voices)
    play.director.apply(Message("/scene/go", (second, 0.5, "melting")))
    assert play.director.refused["no such transition"] == 1
    play.release()


def test_any_values_of_both_scenes_stay_sane_while_one_turns_into_the_other(
    context: moderngl.Context, library: Library
) -> None:
    random = np.random.default_rng(4)
    for old, new in (("gray_scott", "fitzhugh_nagumo"), ("fitzhugh_nagumo", "ginzburg_landau")):
        first, second = two_of(library, old, new)
        play = Play(context, library, first)
        for scene in (first, second):
            voice = play.director.layer(1).voice
            for name, p in voice.parameters.items():
                if p.kind == "float":
                    value = float(random.uniform(*sorted((p.minimum[0], p.maximum[0]))))
                    play.director.apply(Message(f"/param/{name}", (value,)))
            if scene == first:
                play.run(10)
                play.director.apply(Message("/scene/go", (second, 0.4, "equation")))
        for _ in range(15):
            play.run(1)
            field = play.field()
            assert np.isfinite(field).all()
        model = library.catalogue.models[new]
        low, high = np.array(model.range).T
        assert ((field > low) & (field < high)).mean() > 0.9
        play.release()


@pytest.mark.parametrize("state", [(), (0.9, 1.5)])
def test_a_scene_can_grow_out_of_the_picture_of_the_one_before(
    context: moderngl.Context, library: Library, state: tuple[float, ...]
) -> None:
    catalogue = library.catalogue
    first, _ = two_of(library, "fitzhugh_nagumo", "gray_scott")
    # One without a mask: outside it nothing stays of what was there.
    second = min(
        (s for s in catalogue.scenes.values() if s.model == "gray_scott"),
        key=lambda s: (len(s.sources), s.id),
    ).id
    seed = parse_seed({"kind": "previous", "edge": 0.5, "state": state}, "here")
    scene = replace(catalogue.scenes[second], seed=seed, grow=0, enter="dissolve")
    grown = replace(
        library, catalogue=replace(catalogue, scenes={**catalogue.scenes, second: scene})
    )
    play = Play(context, grown, first)
    play.run(30)
    model = catalogue.models["fitzhugh_nagumo"]
    body = play.field()[..., :2] @ np.array(model.shown[0][:2]) + model.shown[0][2]
    play.director.apply(Message("/param/speed", (0.0,)))
    play.director.apply(Message("/scene/go", (second, 1.0)))
    play.director.apply(Message("/param/speed", (0.0,)))
    play.run(1)
    found = play.field()[..., 1]
    assert found.shape[0] == body.shape[0] and found.max() > (1.2 if state else 0.2)
    if state:  # so much of it that it overflows at once: it is told by where it is most
        assert found[body > 0.7].mean() > 3.0 * found[body < 0.3].mean()
    else:
        assert np.corrcoef(found.ravel(), body.ravel())[0, 1] > 0.5
    play.release()


def test_after_the_rehearsal_no_change_of_scene_compiles_anything(
    context: moderngl.Context, library: Library
) -> None:
    """A rate with sources, a rule and agents; a dissolve, a turning and a growing out of."""
    scenes = {n: s for n, s in library.catalogue.scenes.items() if s.generator is None}
    rule = next(s for s in scenes.values() if library.catalogue.models[s.model].passes)
    agents = next(s for s in scenes.values() if library.catalogue.models[s.model].agents)
    first, second = two_of(library, "gray_scott", "fitzhugh_nagumo")
    after = parse_seed({"kind": "previous"}, "here")
    order = {
        first: replace(scenes[first], grow=0),
        second: replace(scenes[second], grow=0, enter="equation"),
        rule.id: replace(rule, grow=0, enter="dissolve"),
        agents.id: replace(agents, grow=0, seed=after, enter="dissolve"),
    }
    shown = replace(library, catalogue=replace(library.catalogue, scenes=order))
    play = Play(context, shown, first)
    play.run(1)
    for _ in rehearse(context, play.mixer.shelf, shown.catalogue, order, library.assets.scenes):
        pass
    compiled = play.mixer.shelf.compiled
    for name in (*list(order)[1:], first):
        play.director.apply(Message("/scene/go", (name, 0.2)))
        play.director.apply(Message("/splat", (0.5, 0.5)))
        play.run(3)
        assert (name, play.mixer.shelf.compiled) == (name, compiled)
        play.run(6)
    play.release()


def turning(library: Library, **changes: object) -> tuple[Library, str, str]:
    """Two scenes of plain rates; `changes` are made to both."""
    first, second = two_of(library, "gray_scott", "fitzhugh_nagumo")
    scenes = {
        name: replace(library.catalogue.scenes[name], grow=0, **changes)  # type: ignore[arg-type]
        for name in (first, second)
    }
    return replace(library, catalogue=replace(library.catalogue, scenes=scenes)), first, second


def test_scenes_with_a_direction_of_diffusion_turn_into_each_other(
    context: moderngl.Context, library: Library
) -> None:
    turned, first, second = turning(library, anisotropy=Anisotropy("", "value"))
    play = Play(context, turned, first)
    play.run(2)
    play.director.apply(Message("/scene/go", (second, 1.0, "equation")))
    play.run(3)
    assert play.frame.layers[0].voices[-1].becoming is not None
    assert np.isfinite(play.field()).all()
    play.release()


def test_a_scene_whose_sources_are_edited_goes_on_turning(
    context: moderngl.Context, library: Library
) -> None:
    turned, first, second = turning(library)
    catalogue = turned.catalogue
    play = Play(context, turned, first)
    play.run(2)
    play.director.apply(Message("/scene/go", (second, 2.0, "equation")))
    play.run(2)
    scene = catalogue.scenes[first]
    assert scene.sources
    still = tuple(replace(source, moves={}) for source in scene.sources)
    edited = replace(catalogue, scenes={**catalogue.scenes, first: replace(scene, sources=still)})
    play.director.adopt(edited)
    play.run(2)
    before, after = play.frame.layers[0].voices
    assert after.becoming is not None and after.becoming.key == before.key
    assert before.scene.variation == edited.scenes[first].variation and before.steps > 0
    assert np.isfinite(play.field()).all()
    play.release()
