"""Inputs by lasting names: the same one is found whatever index it has today, and no other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.desk.audio.inputs import Input, describe_input, find_input, list_inputs, name_input


class Machine:
    """What PortAudio would say on some computer: (name, API, channels in)."""

    def __init__(self, *devices: tuple[str, str, int]) -> None:
        self._devices = devices
        self._apis = list(dict.fromkeys(api for _, api, _ in devices))

    def query_hostapis(self) -> Sequence[dict[str, object]]:
        return [{"name": api} for api in self._apis]

    def query_devices(self) -> Sequence[dict[str, object]]:
        return [
            {
                "name": name,
                "hostapi": self._apis.index(api),
                "max_input_channels": channels,
                "default_samplerate": 48000.0,
            }
            for name, api, channels in self._devices
        ]


LAPTOP = Machine(
    ("HDA Intel PCH: ALC295 Analog (hw:0,0)", "ALSA", 2),
    ("HDA Intel PCH: HDMI 0 (hw:0,3)", "ALSA", 0),
    ("Scarlett 2i2 USB: Audio (hw:2,0)", "ALSA", 2),
    ("default", "ALSA", 32),
)


def names(machine: Machine) -> list[str]:
    return [entry.name for entry in list_inputs(machine)]


def found(machine: Machine, wanted: str) -> Input:
    entry = find_input(list_inputs(machine), wanted)
    assert entry is not None
    return entry


def test_only_what_has_inputs_is_listed_without_numbers_that_change() -> None:
    assert names(LAPTOP) == ["HDA Intel PCH: ALC295 Analog", "Scarlett 2i2 USB: Audio", "default"]


def test_two_of_a_name_are_told_apart() -> None:
    twins = Machine(*((f"Cable: Audio (hw:{n},0)", "ALSA", 2) for n in (1, 2, 5)))
    assert names(twins) == ["Cable: Audio", "Cable: Audio #2", "Cable: Audio #3"]
    assert found(twins, "cable: audio #2").index == 1


@pytest.mark.parametrize("wanted", ["scarlett", "2i2", "usb scarlett", "Scarlett 2i2 USB: Audio"])
def test_a_part_of_the_name_in_either_case_is_enough(wanted: str) -> None:
    assert found(LAPTOP, wanted).index == 2


def test_the_whole_name_goes_before_a_part_of_another() -> None:
    machine = Machine(("Line 2", "ALSA", 2), ("Line", "ALSA", 2))
    assert found(machine, "line").index == 1


def test_the_same_device_is_found_at_another_place() -> None:
    name = describe_input(found(LAPTOP, "scarlett"))
    replugged = Machine(
        ("Scarlett 18i20: Audio (hw:0,0)", "ALSA", 18),
        ("default", "ALSA", 32),
        ("Scarlett 2i2 USB: Audio (hw:5,0)", "ALSA", 2),
    )
    entry = find_input(list_inputs(replugged), name, exact=True)
    assert entry is not None and entry.index == 2


def test_no_other_device_takes_its_place() -> None:
    name = describe_input(found(LAPTOP, "scarlett"))
    gone = Machine(
        ("Scarlett 2i2 USB: Audio of another (hw:2,0)", "ALSA", 2), ("default", "ALSA", 32)
    )
    assert find_input(list_inputs(gone), name, exact=True) is None


@pytest.mark.parametrize("wanted", ["", " ", "1", "-1", "Fender"])
def test_neither_numbers_nor_nothing_mean_a_device(wanted: str) -> None:
    assert find_input(list_inputs(Machine(("Mic", "Core Audio", 2))), wanted) is None


def test_of_several_ways_to_a_device_the_best_is_taken() -> None:
    windows = Machine(
        ("Line (2- USB Audio)", "MME", 2),
        ("Line (2- USB Audio)", "Windows DirectSound", 2),
        ("Line (2- USB Audio)", "Windows WASAPI", 2),
        ("Line (2- USB Audio)", "Windows WDM-KS", 2),
    )
    assert found(windows, "usb audio").api == "Windows WASAPI"
    assert found(windows, "usb audio mme").api == "MME"


def test_windows_sockets_are_no_part_of_a_name() -> None:
    assert name_input("Line (2- USB Audio)") == name_input("Line (3- USB Audio)")
