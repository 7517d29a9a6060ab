"""Address patterns: what they mean, and that none takes long."""

from __future__ import annotations

import re
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.desk.mirror import Mirror
from engine.desk.osc.known import ACTIONS, MOST, Known
from engine.desk.osc.pattern import Addresses, read_part
from engine.message import Message
from engine.osc_reading import Malformed
from engine.show.memory.state import describe
from engine.show.routes.table import EXACT
from tests.show import make_director

MACROS = [f"/macro/{number}" for number in range(1, 9)]
KNOWN = [*MACROS, "/scene/go", "/scene/next", "/map", "/map/x", "/map/y", "/layer/2/param/feed"]


@pytest.mark.parametrize(
    "pattern,expected",
    [
        ("/macro/*", MACROS),
        ("/macro/?", MACROS),
        ("/macro/[1-3]", MACROS[:3]),
        ("/macro/[135]", ["/macro/1", "/macro/3", "/macro/5"]),
        ("/macro/[!1-3]", MACROS[3:]),
        ("/macro/{1,8,12}", ["/macro/1", "/macro/8"]),
        ("/{macro,map}/{1,x}", ["/macro/1", "/map/x"]),
        ("/m*", ["/map"]),
        ("/m*/[x-y]", ["/map/x", "/map/y"]),
        ("/*/*/*/*", ["/layer/2/param/feed"]),
        ("/layer/[1-4]/p*m/f??d", ["/layer/2/param/feed"]),
        ("/scene/{n*,g?}", ["/scene/go", "/scene/next"]),
        ("/scene/{,g}o", ["/scene/go"]),
        ("/scene/{,x}o", []),
        ("/scene/{,g}{o,x}", ["/scene/go"]),
        ("/scene/{g,}{o,x}{,z}{}", ["/scene/go"]),
        ("/scene/*o*", ["/scene/go"]),
        ("/scene/**x**", ["/scene/next"]),
        ("/scene/[a-", None),
        ("/scene/[]x", None),
        ("/scene/[!]x", None),
        ("/scene/{a", None),
        ("/scene/{a,{b,c}}", None),
        ("/scene/a}*", None),
        ("/{scene/go,map/x}", None),
        ("/[m/]ap", None),
        ("/scene/" + "{a,b}" * 9, None),
        ("/scene/[z-a]", []),
        ("/scene/[n-]ext", ["/scene/next"]),
        ("/", []),
    ],
)
def test_a_pattern_means(pattern: str, expected: list[str] | None) -> None:
    known = Addresses(KNOWN)
    if expected is None:
        with pytest.raises(Malformed):
            known.find(pattern, MOST)
    else:
        assert known.find(pattern, MOST) == expected


_signs = st.lists(
    st.sampled_from(["a", "b", "*", "?", "[ab]", "[!a]", "[a-c]", "{a,bc}", "{,b*}"]), max_size=8
)


def _as_expression(sign: str) -> str:
    if sign.startswith("{"):
        words = sign[1:-1].split(",")
        return "(?:" + "|".join("".join(_as_expression(c) for c in word) for word in words) + ")"
    return translate(sign).removeprefix("(?s:").removesuffix(r")\Z")


@given(_signs, st.text("abc", max_size=9))
def test_a_part_fits_what_a_regular_expression_would(signs: list[str], name: str) -> None:
    if sum(sign.startswith("{") for sign in signs) <= 8:
        expected = re.fullmatch("".join(_as_expression(sign) for sign in signs), name, re.DOTALL)
        assert read_part("".join(signs)).match(name) == bool(expected)


@pytest.mark.parametrize(
    "part",
    ["*a" * 120, "*" * 240, "{a,a*}" * 8 + "*a" * 90, "[!b]*" * 50, "?*" * 120, "{*,**}*" * 8],
)
def test_a_pattern_that_traps_regular_expressions_looks_at_each_character_once(part: str) -> None:
    name = _Counted("a" * 254 + "b")
    read_part(part).match(name)
    assert name.looked_at <= 255
    states = read_part(part)
    assert len(states.choices) <= 8 and states.last.bit_length() <= 256


class _Counted(str):
    """A name that counts how many of its characters were asked for."""

    looked_at = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        for character in super().__iter__():
            self.looked_at += 1
            yield character


def test_a_pattern_that_means_too_many_is_refused_whole() -> None:
    known = Addresses(f"/param/p{number}" for number in range(MOST + 1))
    with pytest.raises(Malformed, match="too many"):
        known.find("/param/*", MOST)
    assert len(known.find("/param/p[!1]*", MOST)) < MOST


def test_the_stages_own_table_of_addresses_is_what_patterns_mean() -> None:
    mirror = Mirror()
    director = make_director()
    told = [Message(address, arguments) for address, arguments in describe(director).items()]
    mirror.take(told)
    known = Known(mirror)
    assert known.find("/tape/*") == [
        f"/tape/{word}" for word in ("loop", "play", "record", "stop", "toggle")
    ]
    assert all(address in known.find(f"{address[:-1]}?") for address in EXACT)
    assert known.find("/layer/*/opacity") == ["/layer/1/opacity"]
    assert not known.find("/status/*") and not known.find("/state/*")


def test_a_pattern_means_the_focused_layers_addresses() -> None:
    mirror = Mirror()
    mirror.take(
        [
            Message(ACTIONS, ("/clear", "/safe")),
            Message("/param/one"),
            Message("/layer/2/param/two"),
            Message("/layer/focus", (1,)),
        ]
    )
    known = Known(mirror)
    assert known.find("/param/*") == ["/param/one"]
    assert known.find("/layer/*/clear") == ["/layer/1/clear", "/layer/2/clear"]
    assert known.find("/{clear,safe}") == ["/clear", "/safe"]
    mirror.take([Message("/layer/focus", (2,))])
    assert known.find("/param/*") == ["/param/two"]
    assert known.find("/layer/*/param/*") == ["/layer/1/param/one", "/layer/2/param/two"]
