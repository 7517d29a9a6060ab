"""A real stage plays while every kind of file is edited, as editors do it: what is sound is followed with
all state kept, what is broken is said and changes nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.assets import Assets
from engine.commands.new_file import begin_file
from engine.gpu.running import Running
from engine.message import Message
from engine.settings import PlaySettings
from engine.show.memory.state import describe
from engine.show.voice import Voice
from engine.stage.stage import Stage
from tests.assets import copy_assets

FRAMES = 400  # at 60 a second: far more than an edit takes to come to rest

PALETTE = 'title = "{0}"\nstops = [[0.0, "#000000"], [1.0, "{1}"]]\n'


class Playing:
    """A stage and the two folders it plays from."""

    def __init__(self, assets: Path, user: Path) -> None:
        self.assets, self.user = assets, user
        settings = PlaySettings(
            start="night",
            assets=assets,
            user=user,
            headless=True,
            size=(48, 32),
            fps=60.0,
            osc_port=None,
            layout="plain",
        )
        self.stage = Stage(settings)

    @property
    def voice(self) -> Voice:
        return self.stage.director.layers[1].voice

    @property
    def catalogue(self) -> object:
        return self.stage.director.catalogue

    def send(self, address: str, *arguments: float | str) -> None:
        self.stage.play_frame([Message(address, arguments)])

    def until(self, there: Callable[[], object], what: str) -> None:
        for _ in range(FRAMES):
            if there():
                return
            self.stage.play_frame([])
        raise AssertionError(f"waited in vain for {what}")

    def said(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        heard = ""

        def there() -> bool:
            nonlocal heard
            heard += capsys.readouterr().err
            return all(word in heard for word in words)

        self.until(there, f"the words {words}")


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playing]:
    folder = tmp_path_factory.mktemp("edits")
    assets = copy_assets(folder / "assets", "coral", "lace", also=["looks/flat.fs"])
    for path in (assets / "scenes").glob("*.toml"):
        small = re.sub(r"^rows = .*$", "rows = 32", read(path), count=1, flags=re.MULTILINE)
        small = re.sub(r"^enter = .*$", "", small, flags=re.MULTILINE)  # its transition is not here
        path.write_text(re.sub(r"^grow = .*$", "grow = 0", small, flags=re.M), encoding="utf-8")
    for name in ("shaders/effects", "shaders/transitions", "config/controllers"):
        shutil.rmtree(assets / name)  # less to read at each edit
    used = re.findall(r'palette = "(.*)"', "".join(map(read, assets.glob("scenes/*.toml"))))
    for path in (assets / "config" / "palettes").glob("*.toml"):
        if path.stem not in (*used, "frost"):
            path.unlink()
    show = '[[scene]]\nid = "coral"\nseconds = 90\n[[scene]]\nid = "lace"\n'
    (assets / "config" / "shows" / "night.toml").write_text(show, encoding="utf-8")
    one = Playing(assets, folder / "mine")
    try:
        yield one
    finally:
        one.stage.close()


@pytest.fixture(autouse=True)
def coral(playing: Playing) -> Iterator[None]:
    """Each test begins with the same scene, on a field that is known again afterwards."""
    playing.send("/scene/go", "coral", 0.0)
    playing.until(lambda: playing.voice.scene.id == "coral", "the scene")
    yield


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def by_renaming(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def by_truncating(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)


def by_moving_away_first(path: Path, text: str) -> None:
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text, encoding="utf-8")


def in_pieces(path: Path, text: str) -> None:
    """Several quick saves, each of half a file, and the whole one at last."""
    for part in (3, 2):
        path.write_text(text[: len(text) // part], encoding="utf-8")
    with path.open("w", encoding="utf-8") as file:
        for at in range(0, len(text), 400):
            file.write(text[at : at + 400])
            file.flush()
            os.fsync(file.fileno())


WAYS = (by_renaming, by_truncating, by_moving_away_first, in_pieces)


@pytest.mark.parametrize("save", WAYS)
def test_a_scene_follows_however_it_is_saved_and_its_field_stays(
    playing: Playing, save: Callable[[Path, str], None]
) -> None:
    path = playing.assets / "scenes" / "coral.toml"
    text, voice = read(path), playing.voice
    playing.send("/param/kill", 0.0611)
    wanted = 0.1 + 0.001 * WAYS.index(save)
    assert re.search(r"^grain = .*$", text, re.MULTILINE)
    save(path, re.sub(r"^grain = .*$", f"grain = {wanted}", text, count=1, flags=re.MULTILINE))
    playing.until(lambda: playing.voice.bank.wanted("grain") == (wanted,), "the edit")
    assert playing.voice is voice and playing.voice.bank.wanted("kill") == (0.0611,)
    save(path, text)
    playing.until(lambda: playing.voice.bank.wanted("grain") != (wanted,), "the way back")


def test_a_broken_scene_is_said_once_and_changes_nothing(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    path = playing.assets / "scenes" / "coral.toml"
    text, voice, scene = read(path), playing.voice, playing.voice.scene
    by_renaming(path, f"nonsense = 3\n{text}")
    playing.said(capsys, "coral.toml:1:", "nonsense")
    assert playing.voice is voice and playing.voice.scene == scene
    by_renaming(path, text)
    playing.until(lambda: not playing.stage.library.complaints, "the mended file")


def test_a_scene_comes_goes_and_is_renamed(playing: Playing) -> None:
    path = put(playing.user / "scenes" / "reef.toml", read(playing.assets / "scenes/coral.toml"))
    scenes = lambda: playing.stage.director.catalogue.scenes  # noqa: E731
    playing.until(lambda: "reef" in scenes(), "the new scene")
    playing.send("/scene/go", "reef", 0.0)
    playing.until(lambda: playing.voice.scene.id == "reef", "the scene")
    path.rename(path.with_name("atoll.toml"))
    playing.until(lambda: "atoll" in scenes(), "the new name")
    assert playing.voice.scene.id == "reef"  # what plays plays on
    playing.send("/scene/go", "atoll", 0.0)
    playing.until(lambda: playing.voice.scene.id == "atoll", "the scene")
    (path.parent / "other.toml").write_text(read(path.with_name("atoll.toml")))
    playing.until(lambda: "reef" not in scenes(), "the old name to go")
    playing.send("/scene/go", "coral", 0.0)
    for name in ("atoll", "other"):
        path.with_name(f"{name}.toml").unlink()
    playing.until(lambda: "other" not in scenes(), "the file to go")


def test_a_palette_follows_and_a_broken_one_does_not(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(playing.user / "config/palettes/mine.toml", PALETTE.format("One", "#ff0000"))
    palettes = lambda: playing.stage.director.catalogue.palettes  # noqa: E731
    playing.until(lambda: "mine" in palettes(), "the palette")
    playing.send("/palette/go", "mine", 0.0)
    path.write_text(PALETTE.format("Two", "#00ff00"))
    playing.until(lambda: playing.voice.colours.palette.title == "Two", "the edit")
    path.write_text("stops = 3\n")
    playing.said(capsys, "mine.toml:1:")
    assert palettes()["mine"].title == "Two" == playing.voice.colours.palette.title
    path.unlink()
    playing.until(lambda: not playing.stage.library.complaints, "the file to go")
    assert playing.voice.colours.palette.title == "Two"  # it is seen


def test_a_show_follows_and_goes_on_from_where_it_is(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    path = playing.assets / "config" / "shows" / "night.toml"
    text, voice = read(path), playing.voice
    by_renaming(path, f'fade = 2\n[[scene]]\nid = "lace"\n{text}')
    show = lambda: playing.stage.director.playlist  # noqa: E731
    playing.until(lambda: len(show().entries) == 3 and show().fade == 2.0, "the longer show")
    assert playing.voice is voice
    by_renaming(path, text.replace("seconds", "secnods"))
    playing.said(capsys, "night.toml:3:", "secnods")
    assert len(show().entries) == 3
    by_renaming(path, text)
    playing.until(lambda: len(show().entries) == 2, "the show as it was")


def test_a_look_a_library_file_a_pass_and_a_model_follow(playing: Playing) -> None:
    shaders, shelf = playing.assets / "shaders", playing.stage.mixer.shelf
    look = playing.voice.scene.look
    for name, program in (
        (f"looks/{look}.fs", lambda: shelf.look(look)),
        ("lib/palette.glsl", lambda: shelf.look(look)),
        ("passes/finish.fs", lambda: shelf.pick("finish")),
    ):
        before, text = program(), read(shaders / name)
        by_renaming(shaders / name, f"{text}\n// edited\n")
        playing.until(lambda p=program, b=before: p() is not b, name)
        by_renaming(shaders / name, text)
    model = shaders / "models" / "gray_scott.fs"
    text, voice = read(model), playing.voice
    by_renaming(model, re.sub(r'"STEPS": *[\d.]+', '"STEPS": 123', text))
    playing.until(lambda: playing.voice.model.steps == 123.0, "the model")
    assert playing.voice is voice
    by_renaming(model, text)
    playing.until(lambda: playing.voice.model.steps != 123.0, "the model as it was")


def test_a_shader_that_does_not_compile_keeps_the_last_one(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    look = playing.voice.scene.look
    path, shelf = playing.assets / "shaders" / "looks" / f"{look}.fs", playing.stage.mixer.shelf
    text, program = read(path), shelf.look(look)
    by_truncating(path, text.replace("void main() {", "void main() {\n    nonsense = 3;"))
    playing.said(capsys, f"{look}.fs:", "nonsense")
    assert shelf.look(look) is program
    by_truncating(path, text)
    playing.until(lambda: shelf.look(look) is not program, "the mended look")


def test_a_shader_whose_header_and_code_are_edited_at_once_and_do_not_fit(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program is the old one, so what it is told has to be what it knows."""
    begun = begin_file("look", "velvet", Assets(playing.assets, playing.user))
    playing.until(lambda: "velvet" in playing.stage.director.catalogue.scenes, "the scene")
    playing.send("/scene/go", "velvet", 0.0)
    playing.until(lambda: playing.voice.scene.id == "velvet", "the scene")
    look, shelf = begun.paths[0], playing.stage.mixer.shelf
    text, program = read(look), shelf.look("velvet")
    other = text.replace("velvet_gamma", "velvet_depth")
    by_renaming(look, other.replace("void main()", "void mian()"))
    playing.said(capsys, "velvet.fs:")
    for _ in range(5):
        playing.stage.play_frame([])
    assert shelf.look("velvet") is program
    playing.send("/param/velvet_gamma", 2.0)
    assert playing.voice.bank.wanted("velvet_gamma") == (2.0,)
    by_renaming(look, other)
    playing.until(lambda: shelf.look("velvet") is not program, "the mended look")
    assert "velvet_depth" in playing.voice.parameters


def test_an_include_that_comes_after_the_shader_that_wants_it(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    look, shelf = playing.voice.scene.look, playing.stage.mixer.shelf
    path = playing.assets / "shaders" / "looks" / f"{look}.fs"
    text, program = read(path), shelf.look(look)
    by_renaming(path, text.replace("#include", '#include "lib/later.glsl"\n#include', 1))
    playing.said(capsys, "no file 'lib/later.glsl'")
    put(playing.user / "shaders/lib/later.glsl", "float later() { return 0.0; }\n")
    playing.until(lambda: shelf.look(look) is not program, "the include")
    by_renaming(path, text)


def test_a_look_of_the_users_takes_the_engines_place_and_gives_it_back(playing: Playing) -> None:
    look, shelf = playing.voice.scene.look, playing.stage.mixer.shelf
    text = read(playing.assets / "shaders" / "looks" / f"{look}.fs")
    mine = put(playing.user / "shaders" / "looks" / f"{look}.fs", text)
    playing.until(lambda: mine.resolve() in shelf.look(look).files, "the user's look")
    mine.unlink()
    playing.until(lambda: mine.resolve() not in shelf.look(look).files, "the engine's look")


def test_presets_follow_and_a_broken_one_stays_as_it_was(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    preset = (
        '[[preset]]\nname = "mine"\ntitle = "{0}"\nsource = "here"\nvalues = {{ feed = 0.05 }}\n'
    )
    path = playing.user / "shaders" / "models" / "gray_scott.presets.toml"
    put(path, preset.format("One"))
    title = lambda: {p.id: p.title for p in playing.voice.model.presets}.get("mine")  # noqa: E731
    playing.until(lambda: title() == "One", "the preset")
    by_renaming(path, preset.format("Two"))
    playing.until(lambda: title() == "Two", "the edit")
    by_renaming(path, preset.format("Three").replace("values", "valuse"))
    playing.said(capsys, "gray_scott.presets.toml:", "valuse")
    assert title() == "Two"
    path.unlink()
    playing.until(lambda: title() is None, "the file to go")


def test_a_scene_that_is_saved_while_it_plays_is_there_and_changes_nothing(
    playing: Playing,
) -> None:
    director, field = playing.stage.director, playing.voice
    playing.send("/mod/add", "wave", "lfo", "bars", 2.0)
    playing.send("/mod/route", "wave", "glow", 0.2)
    playing.send("/mod/wave/depth", 0.5)
    playing.send("/scene/save", "my_reef")
    playing.send("/scene/save")
    written = director.catalogue.scenes["coral"]
    playing.until(lambda: "my_reef" in director.catalogue.scenes, "what was saved")
    playing.until(lambda: director.catalogue.scenes["coral"] is not written, "the scene's own")
    assert playing.voice is field and "wave_rate" in field.parameters
    assert field.bank.wanted("wave_depth") == (0.5,)
    playing.send("/scene/go", "my_reef", 0.0)
    assert playing.voice.bank.wanted("wave_depth") == (0.5,)
    for name in ("coral", "my_reef"):
        (playing.user / "scenes" / f"{name}.toml").unlink()


def test_a_picture_that_is_edited_counts_from_the_next_beginning(playing: Playing) -> None:
    """What has grown from it is no picture any more, and a tape could not know of it."""
    folder, name = playing.user / "scenes", "sown"
    text = read(playing.assets / "scenes" / "coral.toml")
    seed = '[seed]\nkind = "image"\nfile = "sown.png"\n'
    put(folder / f"{name}.toml", re.sub(r"\[seed\]\n(.+\n)*", seed, text))
    sow = lambda light: Image.new("L", (8, 8), light).save(folder / "sown.png")  # noqa: E731
    sow(0)
    playing.until(lambda: name in playing.stage.director.catalogue.scenes, "the scene")

    def grown() -> float:
        running = playing.stage.mixer.running(playing.voice.key)
        assert isinstance(running, Running)
        return float(running.field.read()[..., 1].max())

    playing.send("/scene/go", name, 0.0)
    playing.until(lambda: playing.voice.scene.id == name, "the scene")
    playing.stage.play_frame([])
    voice, before = playing.voice, grown()
    sow(255)
    for _ in range(10):
        playing.stage.play_frame([])
    assert playing.voice is voice and grown() == pytest.approx(before, abs=0.05)
    playing.send("/seed")
    for _ in range(5):
        playing.stage.play_frame([])
    assert playing.voice is not voice and grown() > before + 0.1
    (folder / f"{name}.toml").unlink()


def test_a_map_follows(playing: Playing, config: Path) -> None:
    (name,) = (path.name for path in (config / "maps").glob("gray_scott.*.toml"))
    path = put(playing.user / "config" / "maps" / name, read(config / "maps" / name))
    maps = lambda: playing.stage.director.catalogue.maps  # noqa: E731
    playing.until(lambda: path.stem in maps(), "the map")
    playing.send("/map/path", 0.5)
    path.unlink()
    playing.until(lambda: path.stem not in maps(), "the file to go")


def test_what_is_saved_while_it_plays_is_played(playing: Playing) -> None:
    director = playing.stage.director
    director.savings.ask("palette", "kept", PALETTE.format("Kept", "#0000ff"))
    playing.until(lambda: "kept" in director.catalogue.palettes, "what was saved")
    assert (playing.user / "config" / "palettes" / "kept.toml").is_file()


def test_a_palette_edited_in_the_hand_and_saved_is_one_of_the_palettes(playing: Playing) -> None:
    playing.send("/palette/go", "coral", 0.0)
    playing.send("/palette/stop", 2, 0.2, 1.0, 0.0, 0.0)
    playing.send("/palette/save", "evening")
    palettes = lambda: playing.stage.director.catalogue.palettes  # noqa: E731
    playing.until(lambda: "evening" in palettes(), "what was saved")
    colours = playing.voice.colours
    assert colours.palette.id == "evening" and not colours.is_edited
    assert colours.told[0][5:8] == pytest.approx((1.0, 0.0, 0.0), abs=2e-3)
    playing.send("/palette/go", "coral", 0.0)
    playing.send("/palette/go", "evening", 0.0)
    assert playing.voice.colours.palette is palettes()["evening"]
    assert playing.voice.colours.told[0][5:8] == pytest.approx((1.0, 0.0, 0.0), abs=2e-3)


@pytest.mark.parametrize("kind", ["effect", "transition", "generator"])
def test_an_isf_file_comes_follows_breaks_and_goes_on(
    playing: Playing, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    name = f"own_{kind}"
    (path, *others) = begin_file(kind, name, Assets(playing.assets, playing.user)).paths
    known = lambda: getattr(playing.stage.director.catalogue, f"{kind}s")  # noqa: E731
    playing.until(lambda: name in known(), "the file")
    if kind != "transition":
        playing.send("/scene/go", name, 0.0)
    else:
        playing.send("/scene/go", "lace", 30.0, name)
    playing.until(lambda: playing.voice.scene.id != "coral", "the scene")
    shelf, text = playing.stage.mixer.shelf, read(path)
    playing.stage.play_frame([])
    program = shelf.isf(known()[name])
    by_renaming(path, text.replace("void main() {", "void main() {\n    nonsense = 3;"))
    playing.said(capsys, f"{name}.fs:", "nonsense")
    assert shelf.isf(known()[name]) is program
    # Other passes and other parameters, while it is seen.
    changed = text.replace('"INPUTS": [', '"PASSES": [{"TARGET": "half_of_it"}, {}], "INPUTS": [')
    by_renaming(path, changed.replace('"TYPE": "float", "LABEL"', '"TYPE":  "float", "LABEL"'))
    playing.until(lambda: shelf.isf(known()[name]) is not program, "the edit")
    for _ in range(3):
        playing.stage.play_frame([])
    word = "softness" if kind == "transition" else "speed"
    other = re.sub(rf"\b{word}\b", f"{word}_of_it", text)
    by_renaming(path, other.replace("void main() {", "void main() {\n    another_one = 3;"))
    playing.said(capsys, f"{name}.fs:", "another_one")
    assert not any(p.name.endswith("_of_it") for p in known()[name].parameters)
    playing.stage.play_frame([])
    by_renaming(path, other)
    playing.until(
        lambda: any(p.name.endswith("_of_it") for p in known()[name].parameters), "its header"
    )
    for _ in range(3):
        playing.stage.play_frame([])
    path.unlink()
    for _ in range(20):
        playing.stage.play_frame([])
    assert name in known()  # what is seen stays
    playing.send("/scene/go", "coral", 0.0)
    for _ in range(20):
        playing.stage.play_frame([])
    for other in others:  # a scene that plays it
        assert name in known()
        other.unlink()
    put(playing.user / "config/palettes/other.toml", PALETTE.format(kind, "#ff0000"))
    playing.until(lambda: name not in known(), "the file to go")
    assert name not in playing.stage.director.catalogue.scenes
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["effect", "transition"])
def test_an_effect_whose_file_is_gone_is_offered_no_more_once_nobody_plays_it(
    playing: Playing, kind: str
) -> None:
    name = f"brief_{kind}"
    paths = begin_file(kind, name, Assets(playing.assets, playing.user)).paths
    known = lambda: getattr(playing.stage.director.catalogue, f"{kind}s")  # noqa: E731
    playing.until(lambda: name in known(), "the file")
    play, rest = ("/layer/2/effect/3/go", "") if kind == "effect" else ("/transition/use", "")
    playing.send(play, name)
    for path in paths:
        path.unlink()
    gone = f"gone_{kind}"
    path = put(playing.user / "config/palettes" / f"{gone}.toml", PALETTE.format("A", "#ff0000"))
    playing.until(lambda: gone in playing.stage.director.catalogue.palettes, "another edit")
    assert name in known()  # hands have it
    playing.send(play, rest)
    for _ in range(30):
        playing.stage.play_frame([])
    path.unlink()
    playing.until(lambda: name not in known(), "the file to go")
    assert name not in describe(playing.stage.director)[f"/list/{kind}s"]


def test_an_effect_of_the_users_that_does_not_compile_leaves_the_engines_in_the_rack(
    playing: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '/*{"ISFVSN": "2", "INPUTS": [{"NAME": "inputImage", "TYPE": "image"}]}*/\n'
    text += "void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }\n"
    put(playing.assets / "shaders" / "effects" / "plain_one.fs", text)
    effects = lambda: playing.stage.director.catalogue.effects  # noqa: E731
    playing.until(lambda: "plain_one" in effects(), "the engine's")
    engines = effects()["plain_one"].path
    playing.send("/effect/1/go", "plain_one")
    for _ in range(5):
        playing.stage.play_frame([])
    mine = playing.user / "shaders" / "effects" / "plain_one.fs"
    put(mine, text.replace("void main() {", "void main() { nonsense = 3;"))
    playing.said(capsys, "plain_one.fs:", "nonsense")
    compiled = playing.stage.mixer.shelf.compiled
    assert effects()["plain_one"].path == engines
    put(mine, text)
    playing.until(lambda: effects()["plain_one"].path == mine, "the user's")
    assert playing.stage.mixer.shelf.compiled == compiled + 1
    playing.stage.play_frame([])
    mine.unlink()
    playing.until(lambda: effects()["plain_one"].path == engines, "the engine's again")
    playing.send("/effect/1/go", "none")
