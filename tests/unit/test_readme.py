"""What the README and its further pages say is so: their files are sound, addresses taken, keys work."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assets import Assets, find_assets
from engine.library import read_library
from engine.message import Message
from engine.output.keys import bind_strokes
from engine.show.catalogue import Effect
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from engine.show.sources.source import Source

INTO = re.compile(r"<!-- into: (\S+) -->\n```toml\n(.*?)```", re.DOTALL)
FILES = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    """The README and the pages that go on where it ends."""
    pages = ("docs/addresses.md", "README.md", "docs/writing-scenes.md", "docs/writing-shows.md")
    return "\n\n".join((repository / page).read_text(encoding="utf-8") for page in pages)


@pytest.fixture(scope="module")
def assets(readme: str, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Assets:
    """The project's assets, and the files that the README tells a newcomer to write."""
    folder = tmp_path_factory.mktemp("assets")
    for part in ("shaders", "scenes", "config"):
        shutil.copytree(repository / part, folder / part)
    for name, text in FILES.findall(readme):
        (folder / name).write_text(text, encoding="utf-8")
    return find_assets(folder)


def test_the_scene_and_the_model_of_the_readme_are_sound(readme: str, assets: Assets) -> None:
    assert [name for name, _ in FILES.findall(readme)] == [
        "scenes/mine.toml",
        "shaders/models/rabbits.fs",
        "config/shows/wall.toml",
        "config/shows/set.toml",
    ]
    library = read_library(assets)
    assert library.complaints == ()
    assert {"wall", "set"} <= library.shows.keys()
    assert "mine" in library.catalogue.scenes
    assert "rabbits" in library.catalogue.models


def test_the_modulation_of_the_readme_is_sound(readme: str, assets: Assets) -> None:
    files = dict(FILES.findall(readme))
    for index, (name, text) in enumerate(INTO.findall(readme)):
        path = assets.root / name.replace("mine", f"mine_{index}")
        path.write_text(files[name] + text, encoding="utf-8")
    library = read_library(assets)
    assert library.complaints == ()
    scene = library.catalogue.scenes["mine_0"]
    assert [m.name for m in scene.modulators] == ["breath", "stroke", "mood"]
    assert len(scene.routes) == 5


def test_every_address_of_the_readme_is_taken(readme: str, assets: Assets) -> None:
    catalogue = read_library(assets).catalogue
    hand = Source("hand", "drawn", {"fade": 1.0})
    scenes = {
        name: replace(scene, sources=(*scene.sources, hand))
        for name, scene in catalogue.scenes.items()
    }
    speed = catalogue.models["heat"].parameters[0]
    bench = Effect("bench", "", (replace(speed, name="speed"),), ("inputImage",), Path("bench.fs"))
    effects = {"bench": bench}
    show = Playlist("s", "S", (Entry("coral", 60.0), Entry("lace", 60.0)))
    director = Director(replace(catalogue, scenes=scenes, effects=effects), "coral", playlist=show)
    director.apply(Message("/layer/2/scene/go", ("lace",)))
    arguments: dict[str, tuple[object, ...]] = {
        "/macro/1": (0.5,),
        "/macro/8": (0.5,),
        "/scene/go": ("lace", 0.0),
        "/scene/save": ("kept",),
        "/mod/<name>/rate": (2.0,),
        "/mod/<name>/trigger": (),
        "/mod/add": ("slow", "lfo", "bars", 4),
        "/mod/set": ("slow", "width", 0.3),
        "/mod/route": ("slow", "glow", 0.1),
        "/param/<name>": (0.5,),
        "/norm/<name>": (0.5,),
        "/palette/go": ("ember",),
        "/palette/group": ("fire",),
        "/palette/shift": (0.1,),
        "/palette/hue": (30,),
        "/palette/stop": (2, 0.3, 1.0, 0.2, 0.1),
        "/palette/save": ("mine",),
        "/splat": (0.5, 0.5),
        "/note": (60, 0.8, 1),
        "/splat/every": ("scene",),
        "/param/steps_per_beat": (0,),
        "/touch/<finger>": (0.5, 0.5),
        "/brush/size": (0.1,),
        "/brush/channel": ("all",),
        "/draw": (0.5, 0.5),
        "/map": (0.5, 0.8),
        "/map/path": (0.5,),
        "/preset/go": ("mu-2", 1.0),
        "/snapshot/save": (1,),
        "/snapshot/show/save": (2,),
        "/snapshot/clear": (2,),
        "/morph/slots": (1,),
        "/morph": (0.5, 0.5),
        "/morph/x": (0.5,),
        "/morph/y": (0.5,),
        "/palette/mix": ("ember", 0.5, "moss", 0.5),
        "/chance": (7,),
        "/opening": ("auto",),
        "/snapshot/go": (1, 0.0),
        "/master/brightness": (0.5,),
        "/tempo/bpm": (120,),
        "/tempo/nudge": (0.1,),
        "/tempo/beats_per_bar": (4,),
        "/tempo/source": ("any",),
        "/quantise": ("off",),
        "/layer/<n>/bus": ("a",),
        "/crossfader": (0.5,),
        "/effect/<slot>/go": ("bench",),
        "/effect/<slot>/mix": (0.5,),
        "/effect/<slot>/param/<name>": (0.5,),
        "/audio/level": (0.5,),
        "/audio/bpm": (120.0, 0.9),
        "/audio/wave": (b"\x80\x90",),
    }
    tables = [part.split("\n\n")[0] for part in readme.split("| address | arguments |")[1:]]
    whole, short = (table.splitlines()[2:] for table in tables)
    assert set(short) < set(whole)
    addresses = [
        address
        for row in whole
        for address in re.findall(r"`(/[^` ]+)", row.split("|")[1])
        # The desk's own, and the prefix.
        if address
        not in ("/ping", "/get", "/list/scenes", "/hello", "/bye", "/monitor", "/layer/<n>/...")
    ]
    assert len(addresses) > 20
    for address in addresses:
        named = "slow" if address.startswith("/mod/") else "speed"
        name = address.replace("<name>", named).replace("<finger>", "1")
        name = name.replace("<n>", "2").replace("<slot>", "1")
        director.apply(Message(name, arguments.get(address, ())))  # type: ignore[arg-type]
        assert not director.refused, f"{name} was refused: {director.refused}"


def test_every_key_of_the_readme_is_bound(readme: str) -> None:
    bound = bind_strokes()
    for key in (
        "1 0 left right p shift+p q f up down space b + - backspace delete t home f11 h esc".split()
    ):
        assert key in bound, key
    for key in ("`P`", "`Q W E R`", "`space`", "`backspace`", "`F11`"):
        assert key in readme
