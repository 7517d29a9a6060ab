"""A small show made by hand: one model of every kind of parameter, two looks, scenes, palettes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.message import Argument, Message
from engine.show.catalogue import Catalogue, Effect, Limit, Look, Model
from engine.show.colours.palette import Palette, Stop
from engine.show.director import Director
from engine.show.expression import parse_expression
from engine.show.frame import Frame, VoiceFrame
from engine.show.parameter import Parameter
from engine.show.scene import Drift, Macro, Scene
from engine.show.seeds.seed import SeedSpec
from engine.show.seeds.seed_file import parse_seed
from engine.show.sources.source import Source

FRAME_NS = 16_666_667


def number(
    name: str, default: float, low: float = 0.0, high: float = 1.0, **more: object
) -> Parameter:
    return Parameter(name, "float", (default,), (low,), (high,), **more)  # type: ignore[arg-type]


PARAMETERS = (
    number("feed", 0.037, 0.0, 0.12),
    number("diffuse_u", 0.2, 0.02, 0.6),
    number("diffuse_v", 0.1, 0.03, 0.4),
    number("scale", 1.0, 0.01, 100.0, curve="log"),
    Parameter("mirror", "bool", (0.0,), (0.0,), (1.0,)),
    Parameter("order", "int", (1.0,), (0.0,), (2.0,), choices=("one", "two", "three")),
    Parameter("centre", "point", (0.5, 0.5), (0.0, 0.0), (1.0, 1.0)),
    number("speed", 1.0, 0.0, 4.0),
    number("rain", 0.0, 0.0, 30.0),
    number("rain_radius", 0.02, 0.004, 0.3),
    number("rain_amount", 0.6, -1.0, 1.0),
)
LOOK = (
    number("turn", 0.1, -0.5, 0.5, phase=True),
    Parameter("tint", "colour", (1.0,) * 4, (0.0,) * 4, (1.0,) * 4),
    number("palette_shift", 0.0, -0.5, 0.5),
    number("palette_contrast", 1.0, 0.3, 3.0, curve="log"),
    number("palette_cycle", 0.0, -1.0, 1.0, phase=True),
    number("palette_hue", 0.0, -180.0, 180.0),
    number("palette_saturation", 1.0, 0.0, 2.0),
    Parameter("palette_posterise", "int", (0.0,), (0.0,), (16.0,)),
    Parameter("palette_reverse", "bool", (0.0,), (0.0,), (1.0,)),
)
FINISH = (number("exposure", 1.0, 0.25, 4.0, curve="log"), number("glow", 0.35, 0.0, 2.0))


def make_model(name: str = "spots") -> Model:
    limit = Limit(
        diffusion=parse_expression("max(diffuse_u, diffuse_v)"),
        reaction=parse_expression("0.2 + feed + 0.16 * diffuse_u / diffuse_v"),
    )
    return Model(
        id=name,
        title=name,
        channels=("u", "v"),
        rest=(1.0, 0.0),
        brush=(0.5, 0.5),
        shown=((0.0, 1.0, 0.0), (1.0, 0.0, 0.0)),
        range=((0.0, 1.5), (0.0, 4.0)),
        dt=1.0,
        steps=600.0,
        limit=limit,
        parameters=PARAMETERS,
    )


def make_palette(name: str, light: float, group: str = "more") -> Palette:
    stops = (Stop(0.0, (0.05, 0.0, 0.0)), Stop(1.0, (light, 0.02, 0.05)))
    return Palette(name, name, "", "glow", stops, (0.8, 0.0, 0.1), group)


def make_seed_spec() -> SeedSpec:
    return parse_seed({"kind": "noise"}, "here")


def make_terrain_source(drift: float = 0.0, **moves: float) -> Source:
    return Source("terrain", "noise", {"blobs": 2.0, "drift": drift}, moves)


def make_scene(name: str, **changes: object) -> Scene:
    macros = [
        Macro("Feed", 0.5, (("feed", 0.02, 0.06),)),
        Macro("Pace", 0.25, (("speed", 0.0, 2.0),)),
        Macro("Scale", 0.5, (("scale", 0.01, 100.0),)),
        Macro("Glow", 0.4, (("glow", 0.0, 1.2), ("turn", -0.1, 0.1))),
    ]
    macros += [Macro(f"Macro {i}", 0.5, ()) for i in range(5, 9)]
    scene = Scene(
        id=name,
        title=name,
        about="",
        model="spots",
        look="flat",
        palette="ember",
        rows=90,
        border="periodic",
        border_value=(1.0, 0.0),
        seed=make_seed_spec(),
        grow=0,
        values={},
        sources=(),
        macros=tuple(macros),
        drifts=(),
    )
    return replace(scene, **changes)  # type: ignore[arg-type]


def make_catalogue(*scenes: Scene) -> Catalogue:
    chosen = scenes or (
        make_scene("alpha"),
        make_scene(
            "beta",
            palette="frost",
            look="deep",
            values={"rain": (8.0,)},
            sources=(make_terrain_source(diffuse_u=0.1, feed=0.01),),
            drifts=(
                Drift("feed", 0.005, 20.0, 0.0, "wander"),
                Drift("diffuse_v", 0.02, 0.0, 4.0, "pulse"),
                Drift("exposure", 0.2, 7.0, 0.0, "sine"),
            ),
        ),
        make_scene("gamma", model="worms"),
    )
    return Catalogue(
        models={"spots": make_model(), "worms": make_model("worms")},
        looks={"flat": Look("flat", "Flat", LOOK), "deep": Look("deep", "Deep", LOOK)},
        finish=FINISH,
        palettes={
            name: make_palette(name, light, group)
            for name, light, group in (
                ("ember", 0.9, "warm"),
                ("frost", 0.7, "cold"),
                ("moss", 0.5, "cold"),
            )
        },
        scenes={scene.id: scene for scene in chosen},
        effects={name: make_effect(name) for name in ("haze", "echo")},
        transitions={"wipe": make_transition()},
    )


def make_effect(name: str) -> Effect:
    own = (number("amount", 0.5), number("spin", 0.2, -1.0, 1.0, phase=True))
    event = Parameter("hit", "event", (0.0,), (0.0,), (1.0,))
    return Effect(name, name, (*own, event), ("inputImage",), Path(f"{name}.fs"))


def make_transition() -> Effect:
    images = ("startImage", "endImage")
    return Effect("wipe", "", (number("progress", 0.0), number("soft", 0.1)), images, Path("w.fs"))


def make_director(scene: str = "alpha", **more: object) -> Director:
    """A director that has shown its first frame."""
    director = Director(make_catalogue(), scene, **more)  # type: ignore[arg-type]
    director.advance(0)
    return director


def send(director: Director, address: str, *arguments: Argument) -> int:
    """Apply one message; how many were refused by it (0 or 1)."""
    before = director.refused.total()
    director.apply(Message(address, arguments))
    return director.refused.total() - before


def run(director: Director, seconds: float, fps: float = 60.0) -> Frame:
    """Let time pass; the last frame."""
    frame = director.advance(0)
    for _ in range(round(seconds * fps)):
        frame = director.advance(round(1e9 / fps))
    return frame


def voice_of(frame: Frame) -> VoiceFrame:
    """What is being played on the base layer."""
    return frame.layers[0].voices[-1]
