"""Names of MIDI ports on four systems, who is who among them, and which output belongs to which."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.desk.midi.names import find_output, lasting_name, match_port, plugged_name, stem
from engine.desk.midi.roster import KEPT, Roster

# API, name at one plugging, name at another, what lasts.
RENAMED = [
    ("alsa", "nanoKONTROL2:nanoKONTROL2 MIDI 1 20:0", "nanoKONTROL2:nanoKONTROL2 MIDI 1 28:0"),
    (
        "alsa",
        "Launchpad X:Launchpad X LPX MIDI In 24:1",
        "Launchpad X:Launchpad X LPX MIDI In 32:1",
    ),
    ("winmm", "nanoKONTROL2 0", "nanoKONTROL2 3"),
    ("winmm", "X 1", "X 2"),
    ("winmm", "UM-ONE 1", "3- UM-ONE 12"),
    ("winmm", "MIDIIN2 (Launchpad Pro) 1", "MIDIIN2 (2- Launchpad Pro) 4"),
    ("winmm", "MPK mini 3 0", "MPK mini 3 1"),
    ("jack", "Some Keys:out", "Some Keys-01:out"),
    ("jack", "a2j:X [20] (capture): X MIDI 1", "a2j:X [28] (capture): X MIDI 1"),
    ("jack", "Midi-Bridge:X:(capture_0) X MIDI 1", "Midi-Bridge:X:(capture_0) X MIDI 1-2"),
    ("core", "nanoKONTROL2 SLIDER/KNOB", "nanoKONTROL2 SLIDER/KNOB"),
]
# Two devices, or two ports of one, that must never be taken for each other.
DIFFERENT = [
    ("alsa", "Launchpad X:Launchpad X MIDI 1 20:0", "Launchpad X:Launchpad X MIDI 2 20:1"),
    ("alsa", "nanoKONTROL2:nanoKONTROL2 MIDI 1 20:0", "nanoKONTROL:nanoKONTROL MIDI 1 20:0"),
    ("winmm", "Launchpad Pro 0", "MIDIIN2 (Launchpad Pro) 1"),
    ("winmm", "MPK mini 2 0", "MPK mini 3 1"),
    ("winmm", "Oxygen 25 0", "Oxygen 49 0"),
    ("jack", "system:midi_capture_1", "system:midi_capture_2"),
    ("jack", "a2j:X [20] (capture): X MIDI 1", "a2j:X [20] (capture): X MIDI 2"),
    ("core", "Launchpad X LPX DAW Out", "Launchpad X LPX MIDI Out"),
]


@pytest.mark.parametrize(("api", "once", "again"), RENAMED)
def test_a_name_lasts_over_what_the_system_adds(api: str, once: str, again: str) -> None:
    assert lasting_name(api, once) == lasting_name(api, again)


@pytest.mark.parametrize(("api", "one", "other"), DIFFERENT)
def test_different_ports_have_different_names(api: str, one: str, other: str) -> None:
    assert lasting_name(api, one) != lasting_name(api, other)


def test_the_name_that_lasts_is_the_devices_own() -> None:
    assert [lasting_name(api, again) for api, _, again in RENAMED] == [
        "nanoKONTROL2:nanoKONTROL2 MIDI 1",
        "Launchpad X:Launchpad X LPX MIDI In",
        "nanoKONTROL2",
        "X",
        "UM-ONE",
        "MIDIIN2 (Launchpad Pro)",
        "MPK mini 3",
        "Some Keys:out",
        "a2j:X (capture): X MIDI 1",
        "Midi-Bridge:X:(capture_0) X MIDI 1",
        "nanoKONTROL2 SLIDER/KNOB",
    ]


def test_an_index_that_shifts_is_no_new_plugging() -> None:
    # RtMidi on Windows: the device before it has gone.
    assert plugged_name("winmm", "2- UM-ONE 1") == plugged_name("winmm", "2- UM-ONE 0")
    assert plugged_name("alsa", "X:X MIDI 1 20:0") != plugged_name("alsa", "X:X MIDI 1 24:0")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("X 1", "X"),
        ("X 1:out", "X:out"),
        ("X-2", "X"),
        ("X #3", "X"),
        ("X (2)", "X"),
        ("nanoKONTROL2", "nanoKONTROL2"),
        ("Oxygen 49", "Oxygen 49"),
        ("X:X MIDI 1", "X:X MIDI"),
    ],
)
def test_the_stem_is_the_name_without_a_last_figure(name: str, short: str) -> None:
    assert stem(name) == short


@pytest.mark.parametrize(
    ("name", "pattern", "opened"),
    [
        ("Some Keys", None, True),
        ("Midi Through:Midi Through Port-0 14:0", None, False),
        ("Midi Through:Midi Through Port-0 14:0", "through", True),
        ("morphogen-123:pulse", None, False),
        ("Morphogen-01:in", ".*", False),
        ("Midi-Bridge:morphogen:(capture_0) out", None, False),
        ("APC40 mkII", "nano|apc", True),
        ("APC40 mkII", "nano", False),
        ("Box (2)", "box (", True),
        ("Box 2", "box (", False),
    ],
)
def test_every_port_is_opened_but_ours_and_through(
    name: str, pattern: str | None, opened: bool
) -> None:
    assert match_port(name, pattern) is opened


def _devices(roster: Roster, *listing: str) -> list[str]:
    return [device for device, _ in roster.assign(listing)]


A, B, C = "X:X MIDI 1 20:0", "X:X MIDI 1 24:0", "Y:Y MIDI 1 28:0"
DEVICE = {A: "X:X MIDI 1", B: "X:X MIDI 1 #2", C: "Y:Y MIDI 1"}


@pytest.mark.parametrize("gone", list(permutations((A, B, C))))
@pytest.mark.parametrize("back", list(permutations((A, B, C))))
def test_unplugged_and_replugged_in_any_order_each_keeps_its_name(
    gone: tuple[str, ...], back: tuple[str, ...]
) -> None:
    roster = Roster("alsa")
    there = [A, B, C]
    assert _devices(roster, *there) == [DEVICE[name] for name in there]
    for name in gone:
        there.remove(name)
        assert _devices(roster, *there) == [DEVICE[name] for name in there]
    for name in back:
        there.append(name)
        assert _devices(roster, *there) == [DEVICE[name] for name in there]


def test_the_one_of_two_that_stays_keeps_its_name_and_the_other_gets_its_own_back() -> None:
    roster = Roster("alsa")
    _devices(roster, A, B)
    assert _devices(roster, B) == ["X:X MIDI 1 #2"]
    other_socket = "X:X MIDI 1 32:0"
    assert _devices(roster, B, C, other_socket) == [DEVICE[B], DEVICE[C], DEVICE[A]]
    assert _devices(roster, other_socket) == [DEVICE[A]]


def test_another_device_on_the_old_numbers_is_another_device() -> None:
    roster = Roster("alsa")
    assert _devices(roster, A) == ["X:X MIDI 1"]
    assert _devices(roster, "Y:Y MIDI 1 20:0") == ["Y:Y MIDI 1"]
    assert _devices(roster, "Y:Y MIDI 1 20:0", "X:X MIDI 1 24:0") == ["Y:Y MIDI 1", "X:X MIDI 1"]


def test_a_device_the_system_has_renamed_is_the_same_device() -> None:
    roster = Roster("jack")
    assert _devices(roster, "X 1:out", "Y:out") == ["X 1:out", "Y:out"]
    assert _devices(roster, "Y:out") == ["Y:out"]
    assert _devices(roster, "X 2:out", "Y:out") == ["X 1:out", "Y:out"]
    assert _devices(roster, "X 2:out") == ["X 1:out"]
    assert _devices(roster, "X 3:out") == ["X 1:out"]


def test_a_renamed_device_is_the_one_that_bindings_name() -> None:
    roster = Roster("core")
    roster.know(["X 1", "Z 1"])
    assert _devices(roster, "X 2") == ["X 1"]


def test_the_owner_of_a_name_gets_it_from_whom_it_was_lent_to() -> None:
    roster = Roster("core")
    roster.know(["MPK mini 2"])
    assert _devices(roster, "MPK mini 3") == ["MPK mini 2"]
    assert _devices(roster, "MPK mini 3", "MPK mini 2") == ["MPK mini 3", "MPK mini 2"]
    assert _devices(roster, "MPK mini 3") == ["MPK mini 3"]
    assert _devices(roster) == []
    assert _devices(roster, "MPK mini 3") == ["MPK mini 3"]  # both are known by now


def test_where_two_could_be_the_missing_one_neither_is() -> None:
    roster = Roster("core")
    roster.know(["X 1"])
    assert _devices(roster, "X 2", "X 3") == ["X 2", "X 3"]
    roster = Roster("core")
    roster.know(["X 1", "X 2"])
    assert _devices(roster, "X 3") == ["X 3"]


def test_of_two_with_one_name_on_a_mac_both_are_opened_anew_when_one_goes() -> None:
    roster = Roster("core")
    before = dict(roster.assign(["X", "X"]))
    assert list(before) == ["X", "X #2"]
    ((device, key),) = roster.assign(["X"])  # which of them is it? Nothing tells.
    assert device == "X" and key != before["X"]


def test_what_is_remembered_does_not_grow_without_end() -> None:
    roster = Roster("jack")
    for number in range(300):
        assert _devices(roster, f"Keys {number:04}:out") == [f"Keys {number:04}:out"]
    assert len(roster._before) <= KEPT and len(roster._known) <= 2 * KEPT


NAMES = st.sampled_from(["X 1", "X 2", "X", "X #2", "Y", "", "a:b 1:2", "X-01:out", "X:out", "#2"])


@given(st.sampled_from(["alsa", "jack", "core", "winmm"]), st.lists(st.lists(NAMES, max_size=6)))
def test_whatever_comes_no_two_ports_are_one_device(api: str, listings: list[list[str]]) -> None:
    roster = Roster(api)
    for listing in listings:
        assigned = roster.assign(listing)
        assert len(assigned) == len(listing)
        assert len({device for device, _ in assigned}) == len(listing)
        assert assigned == roster.assign(listing)  # nothing has changed, so nothing changes


# API, inputs, which of them, outputs, the output that belongs to it.
PAIRS = [
    ("alsa", ["X:X MIDI 1 20:0", "X:X MIDI 1 24:0"], 1, ["X:X MIDI 1 20:0", "X:X MIDI 1 24:0"], 1),
    ("alsa", ["X:X MIDI 1 24:0"], 0, ["X:X MIDI 1 20:0", "X:X MIDI 1 24:0"], 1),
    ("alsa", ["X:X MIDI 1 24:0"], 0, ["X:X MIDI 1 20:0"], None),
    ("alsa", ["K:K SLIDER/KNOB 20:0"], 0, ["T:Thru 14:0", "K:K CTRL 20:0"], 1),
    ("alsa", ["K:K Keys 20:0"], 0, ["K:K Lights 20:1"], 0),
    ("winmm", ["nanoPAD2 1"], 0, ["Microsoft GS Wavetable Synth 0", "nanoPAD2 2"], 1),
    ("winmm", ["2- UM-ONE 0"], 0, ["UM-ONE 0", "2- UM-ONE 1"], 1),
    ("winmm", ["L 0", "MIDIIN2 (L) 1"], 1, ["L 0", "MIDIOUT2 (L) 1"], 1),
    ("winmm", ["L 0", "MIDIIN2 (L) 1"], 0, ["MIDIOUT2 (L) 0", "L 1"], 1),
    ("core", ["nanoKONTROL2 SLIDER/KNOB"], 0, ["Other", "nanoKONTROL2 CTRL"], 1),
    ("core", ["X LPX DAW Out", "X LPX MIDI Out"], 1, ["X LPX DAW In", "X LPX MIDI In"], 1),
    ("core", ["X", "X"], 1, ["X", "X"], 1),
    ("core", ["X"], 0, ["Xylo", "Morphogen"], None),
    ("jack", ["K-01:out"], 0, ["K:in", "K-01:in"], 1),
    ("jack", ["K:out"], 0, ["morphogen:in", "K:lights"], 1),
    ("jack", ["K:keys", "K:pads"], 0, ["K:pads"], None),
    ("jack", ["system:midi_capture_1", "system:midi_capture_2"], 1, ["system:midi_playback_2"], 0),
    ("jack", ["system:midi_capture_1"], 0, ["system:midi_playback_2"], None),
    ("jack", ["a2j:X [20] (capture): X MIDI 1"], 0, ["a2j:X [20] (playback): X MIDI 1"], 0),
    ("jack", ["a2j:X [20] (capture): X MIDI 1"], 0, ["a2j:Y [24] (playback): Y MIDI 1"], None),
    ("jack", ["Midi-Bridge:X:(capture_0) X"], 0, ["Midi-Bridge:X:(playback_0) X"], 0),
]


@pytest.mark.parametrize(("api", "inputs", "source", "outputs", "found"), PAIRS)
def test_the_output_of_the_same_device_is_found_and_no_other(
    api: str, inputs: list[str], source: int, outputs: list[str], found: int | None
) -> None:
    assert find_output(api, source, inputs, outputs) == found
