"""How far sources carry parameters: the limit holds for every model, wherever its parameters go."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.gpu.headers import read_model
from engine.show.parameter import Parameter, clamp_value
from engine.show.sources.reach import extremes
from engine.show.sources.source import Moved

NAMES = sorted(
    path.stem for path in (Path(__file__).parents[2] / "shaders" / "models").glob("*.fs")
)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_the_limit_is_never_tighter_than_at_the_extremes(
    repository: Path, name: str, count: int
) -> None:
    shaders = repository / "shaders"
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    own = {p.name: p for p in model.parameters}
    names = sorted(n for n in model.limit.names if own[n].kind == "float")
    random = np.random.default_rng([NAMES.index(name), count])
    for _ in range(6):
        values = {
            n: float(random.uniform(*sorted((own[n].minimum[0], own[n].maximum[0]))))
            for n in model.limit.names
        }
        moved = []
        for number, low in list(enumerate((-1.0, 0.0, -1.0)))[:count]:
            chosen = tuple(n for n in names if random.random() < 0.6)
            moved.append(Moved(f"s{number}", low, chosen))
            for n in chosen:
                reach = abs(own[n].maximum[0] - own[n].minimum[0]) / 2
                values[f"{n}_s{number}"] = float(random.uniform(-reach, reach))
        scale = float(random.choice([0.5, 1.0, 2.0]))
        found = extremes(model.limit.names, moved, own, values)
        stated = min(model.limit.largest_dt(there, scale) for there in found)
        for _ in range(60):
            heights = {m.source: float(random.uniform(m.low, 1.0)) for m in moved}
            there = {n: values[n] for n in model.limit.names}
            for n in names:
                off = sum(
                    heights[m.source] * values[f"{n}_{m.source}"]
                    for m in moved
                    if n in m.parameters
                )
                there[n] = clamp_value(own[n], (values[n] + off,))[0]
            assert stated <= model.limit.largest_dt(there, scale) * 1.005


def test_a_source_that_is_never_below_zero_carries_one_way_only() -> None:
    found = list(extremes({"feed"}, [Moved("lamp", 0.0, ("feed",))], _parameters(), _values(0.02)))
    assert [there["feed"] for there in found] == pytest.approx([0.05, 0.05, 0.07])


def test_two_sources_carry_as_far_as_both_together_but_not_out_of_the_range() -> None:
    moved = [Moved("lamp", 0.0, ("feed",)), Moved("sky", -1.0, ("feed",))]
    found = [there["feed"] for there in extremes({"feed"}, moved, _parameters(), _values(0.04))]
    assert (min(found), max(found)) == pytest.approx((0.03, 0.1))


def _parameters() -> dict[str, Parameter]:
    return {"feed": Parameter("feed", "float", (0.05,), (0.0,), (0.1,))}


def _values(lamp: float) -> dict[str, float]:
    return {"feed": 0.05, "feed_lamp": lamp, "feed_sky": 0.02}
