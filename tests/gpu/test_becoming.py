"""One scene's equation turns into another's, on the same field; or a scene grows where one stood."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.layout import LAYOUTS
from engine.gpu.mixed import MixedProgram
from engine.gpu.mixer import Mixer
from engine.gpu.rehearsal import rehearse
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.show.anisotropy import Anisotropy
from engine.show.becoming import Becoming, can_become, translate
from engine.show.catalogue import Model
from engine.show.director import Director
from engine.show.seed import parse_seed
from engine.show.source import Variation
from engine.show.voice import Pace
from tests.gpu.running import all_models, default_values, random_state
from tests.gpu.twins import TWINS
from tests.gpu.twins.grid import Grid

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS, DT, PACE, SCALE, OLD_SCALE = 13, 17, 0.02, 7.0, 1.25, 0.8
UNVARIED = Variation()
SIZE = (96, 54)


def mixed_step(
    context: moderngl.Context,
    shaders: Path,
    pair: tuple[Model, Model],
    weight: float,
    state: NDArray,
) -> NDArray:
    old, new = pair
    program = MixedProgram(context, shaders, (old, UNVARIED), (new, UNVARIED))
    becoming = Becoming(1, weight, default_values(old), PACE, OLD_SCALE)
    with Field(context, FieldSpec(COLUMNS, ROWS, len(new.channels))) as field:
        field.write(state)
        program.step(
            context,
            field,
            default_values(new),
            becoming,
            dt=DT,
            steps=1,
            scale=SCALE,
            sources={},
            old_sources={},
        )
        found = field.read()
    program.release()
    return found


def twin_rate(model: Model, state: NDArray, scale: float) -> NDArray:
    """What the slow twin says the state changes by in a unit of time."""
    step = TWINS[model.id].step(state, default_values(model), 1e-3, Grid("periodic", dx=1 / scale))
    return np.asarray((step - state) / 1e-3)


@pytest.mark.parametrize("weight", [0.0, 1.0])
@pytest.mark.parametrize(
    "names", [("gray_scott", "fitzhugh_nagumo"), ("ginzburg_landau", "gray_scott")]
)
def test_at_both_ends_the_step_is_that_of_one_model_in_its_own_words(
    context: moderngl.Context, shaders: Path, names: tuple[str, str], weight: float
) -> None:
    old, new = (read_model(shaders / "models" / f"{name}.fs", shaders) for name in names)
    translation = translate(old, new)
    stretch, shift = np.array(translation.scale), np.array(translation.shift)
    before = random_state(old, np.random.default_rng(3), (ROWS, COLUMNS), 0.3)
    state = before * stretch + shift
    theirs = PACE * stretch * twin_rate(old, before, OLD_SCALE)
    rate = theirs if weight == 0.0 else twin_rate(new, state, SCALE)
    low, high = np.array(new.range).T
    expected = np.clip(state + DT * rate, low, high)
    found = mixed_step(context, shaders, (old, new), weight, state)
    assert np.abs(found - expected).max() < 2e-5 * np.abs(expected).max()
    assert np.abs(expected - state).max() > 1e-3


def test_in_between_each_cell_has_a_mix_of_both_and_the_new_one_spreads(
    context: moderngl.Context, shaders: Path
) -> None:
    pair = tuple(
        read_model(shaders / "models" / f"{name}.fs", shaders)
        for name in ("gray_scott", "fitzhugh_nagumo")
    )
    translation = translate(*pair)
    before = random_state(pair[0], np.random.default_rng(3), (ROWS, COLUMNS), 0.3)
    state = before * np.array(translation.scale) + np.array(translation.shift)
    old, new = (mixed_step(context, shaders, pair, end, state) for end in (0.0, 1.0))
    apart = np.abs(new - old).min(axis=2) > 1e-3
    means = []
    for weight in (0.3, 0.6):
        found = mixed_step(context, shaders, pair, weight, state)
        shares = ((found - old) / np.where(apart[..., None], new - old, 1.0))[apart]
        assert np.abs(shares[:, 0] - shares[:, 1]).max() < 2e-3  # one weight for all channels
        assert shares.min() > -1e-3 and shares.max() < 1.001
        means.append(shares.mean())
        assert shares.std() > 0.05  # not everywhere at once
    assert apart.sum() > 100 and 0.05 < means[0] < means[1] < 0.98


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


def test_every_pair_that_can_turn_into_each_other_compiles(
    context: moderngl.Context, shaders: Path
) -> None:
    models = all_models(shaders)
    first = {len(model.channels): model for model in models.values() if can_become(model, model)}
    pairs = 0
    for model in models.values():
        other = first.get(len(model.channels))
        if other and can_become(model, other):
            for pair in ((model, other), (other, model)):
                MixedProgram(context, shaders, (pair[0], UNVARIED), (pair[1], UNVARIED)).release()
                pairs += 1
    assert pairs > 8


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets(ROOT))


class Play:
    """A director and a mixer, frame by frame."""

    def __init__(self, context: moderngl.Context, library: Library, scene: str) -> None:
        catalogue = library.catalogue
        self.director = Director(catalogue, scene, pace=Pace(SIZE[0] / SIZE[1], rows=96))
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


def test_a_scene_that_asks_turns_into_the_next_on_the_same_field(
    context: moderngl.Context, library: Library
) -> None:
    first, second = two_of(library, "gray_scott", "fitzhugh_nagumo")
    play = Play(context, library, first)
    before = play.run(40)[-1]
    old_model = library.catalogue.models["gray_scott"]
    new_model = library.catalogue.models["fitzhugh_nagumo"]
    grown = play.field()
    play.director.apply(Message("/scene/go", (second, 2.0, "equation")))
    pictures = play.run(1)
    assert play.frame.layers[0].voices[-1].becoming is not None
    # It begins as what was there, not from a seed.
    translation = translate(old_model, new_model)
    taken = grown * np.float32(translation.scale) + np.float32(translation.shift)
    start = play.field()
    assert abs(start[..., 0].mean() - taken[..., 0].mean()) < 0.05
    assert start[..., 0].std() > 0.5 * taken[..., 0].std()
    pictures += play.run(70)
    changes = [np.abs(b - a).mean() for a, b in zip([before, *pictures], pictures, strict=False)]
    assert max(changes) < 0.05  # no jump, at the beginning or at the end
    last = play.frame.layers[0]
    assert len(last.voices) == 1 and last.voices[0].scene.id == second
    assert last.voices[0].becoming is None and np.isfinite(play.field()).all()
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
    assert play.director.refused["no such entrance"] == 1
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
                    value = float(random.uniform(p.minimum[0], p.maximum[0]))
                    play.director.apply(Message(f"/param/{name}", (value,)))
            if scene == first:
                play.run(10)
                play.director.apply(Message("/scene/go", (second, 1.0, "equation")))
        for _ in range(40):
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


def test_a_show_rehearses_what_turns_into_what(context: moderngl.Context, library: Library) -> None:
    catalogue = library.catalogue
    first, second = two_of(library, "gray_scott", "fitzhugh_nagumo")
    entering = replace(catalogue.scenes[second], enter="equation")
    scenes = {first: catalogue.scenes[first], second: entering}
    shelf = Shelf(context, library.assets.shaders, LAYOUTS["fused4"])
    pieces = list(
        rehearse(
            context,
            shelf,
            replace(catalogue, scenes=scenes),
            (first, second),
            library.assets.scenes,
        )
    )
    plain = {name: replace(scene, enter="dissolve") for name, scene in scenes.items()}
    fewer = list(
        rehearse(
            context,
            Shelf(context, library.assets.shaders, LAYOUTS["fused4"]),
            replace(catalogue, scenes=plain),
            (first, second),
            library.assets.scenes,
        )
    )
    assert len(pieces) == len(fewer) + 3
    shelf.release()


def test_after_the_rehearsal_no_change_of_scene_compiles_anything(
    context: moderngl.Context, library: Library
) -> None:
    """A rate with sources, a rule and agents; a dissolve, a turning and a growing out of."""
    scenes = library.catalogue.scenes
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
    shelf_before = play.mixer.shelf
    scene = catalogue.scenes[first]
    assert scene.sources
    still = tuple(replace(source, moves={}) for source in scene.sources)
    edited = replace(catalogue, scenes={**catalogue.scenes, first: replace(scene, sources=still)})
    play.director.adopt(edited)
    play.run(2)
    assert play.frame.layers[0].voices[-1].becoming is not None
    origin = play.mixer.running(play.frame.layers[0].voices[0].key)
    assert origin is not None and origin.variation == edited.scenes[first].variation
    assert play.mixer.shelf is shelf_before
    play.release()


def test_a_broken_edit_keeps_the_step_between_two_models(
    context: moderngl.Context, library: Library, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "shaders", tmp_path / "shaders")
    old, new = (library.catalogue.models[name] for name in ("gray_scott", "fitzhugh_nagumo"))
    shelf = Shelf(context, tmp_path / "shaders")
    kept = shelf.mix(old, UNVARIED, new, UNVARIED)
    path = tmp_path / "shaders" / "models" / "gray_scott.fs"
    sound = path.read_text()
    path.write_text(sound.replace("return", "return nothing *", 1))
    (said, *_) = shelf.replace((old, new), {path})
    assert said.where.startswith("shaders/models/gray_scott.fs:")
    assert shelf.mix(old, UNVARIED, new, UNVARIED) is kept
    path.write_text(sound + "\n")
    assert shelf.replace((old, new), {path}) == []
    fresh = shelf.mix(old, UNVARIED, new, UNVARIED)
    assert fresh is not kept and shelf.mix(old, UNVARIED, new, UNVARIED) is fresh
    shelf.release()


def test_an_old_model_may_declare_what_glsl_knows_however_it_likes(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    shutil.copytree(shaders, tmp_path / "shaders")
    path = tmp_path / "shaders" / "models" / "gray_scott.fs"
    head, _, body = path.read_text().partition("}*/")
    path.write_text(f"{head}}}*/\n{DECLARATIONS}{body}")
    model = read_model(path, tmp_path / "shaders")
    copy = tmp_path / "shaders" / "models" / "gray_copy.fs"
    copy.write_text(path.read_text())
    other = read_model(copy, tmp_path / "shaders")
    pair = ((model, UNVARIED), (other, UNVARIED))
    MixedProgram(context, tmp_path / "shaders", *pair).release()


DECLARATIONS = """
const float ONE[2] = float[2](1.0, 2.0);
const float TWO = 1.0, THREE = 3.0;
float[2] four = float[2](1.0, 2.0);
struct Pair {
    float a;
};
Pair five(Pair given) { return given; }
  bvec2 six(vec2 place) { return lessThan(place, vec2(ONE[0], TWO * THREE)); }
mat2x3 seven;
vec2
eight(float x) { return vec2(x * four[1]); }
float nine, ten;
"""
