"""The judge of a field's pulse: what is blank, full or still is named; what is slow is let be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.show.life.life import Care, Judge, Pulse

LIVING = Pulse(
    key=1,
    mean=(0.6, 0.2),
    deviation=(0.2, 0.1),
    low=(0.2, 0.0),
    high=(1.0, 0.4),
    ends=(0.0, 0.0),
    full=0.0,
    body=(0.4, 0.2, 0.01),
    light=(0.5, 0.3, 0.01),
    broken=0,
)
BLANK = replace(LIVING, deviation=(0.0, 0.0), body=(0.0, 0.0, 0.0), light=(0.0, 0.0, 0.0))
FULL = replace(LIVING, body=(1.0, 0.001, 0.0), light=(1.0, 0.0, 0.0))
STILL = replace(LIVING, body=(0.4, 0.2, 1e-7), light=(0.5, 0.3, 0.0))


def judge(*pulses: Pulse, steps: int = 60, lit: bool = True) -> Judge:
    judge = Judge()
    for pulse in pulses:
        judge.feel(pulse, steps=steps, lit=lit)
    return judge


@pytest.mark.parametrize(
    "pulse,condition",
    [
        (LIVING, "alive"),
        (BLANK, "dead"),
        (FULL, "saturated"),
        (replace(LIVING, full=0.7), "saturated"),
        (replace(LIVING, ends=(0.0, 0.99)), "saturated"),
        (replace(LIVING, ends=(0.6, 0.0)), "alive"),
        (STILL, "frozen"),
        (replace(LIVING, broken=1), "sick"),
        (replace(LIVING, body=(0.0, 0.0, 0.0)), "dead"),  # food comes back, nobody eats it
    ],
)
def test_two_looks_are_enough_to_name_a_condition(pulse: Pulse, condition: str) -> None:
    found = judge(pulse, pulse)
    assert (found.condition, found.lasted) == (condition, 1.0)


def test_a_field_that_stands_because_its_time_stands_is_not_frozen() -> None:
    assert judge(STILL, STILL, steps=0).condition == "alive"
    assert judge(STILL, STILL, lit=False).condition == "alive"


def test_the_first_pulse_of_a_voice_is_never_frozen() -> None:
    first = replace(STILL, body=(0.4, 0.2, None), light=(0.5, 0.3, None))
    assert judge(first).condition == "alive"


def test_a_faint_field_that_grows_is_left_to_grow() -> None:
    faint = [replace(BLANK, body=(0.5, 1e-5 * 1.5**n, 1e-6)) for n in range(14)]
    assert judge(*faint).condition == "waking"
    assert judge(*reversed(faint)).condition == "dead"


def test_a_field_at_the_edge_of_death_does_not_flicker_between_the_two() -> None:
    edge = [replace(BLANK, body=(0.1, level, 0.01)) for level in (0.009, 0.0092, 0.015, 0.0151)]
    found = judge(*edge[:2])
    assert found.condition == "dead"
    for pulse in (edge[3], edge[2]):
        found.feel(pulse, steps=60)
    assert found.condition == "dead"
    found.feel(replace(BLANK, body=(0.1, 0.03, 0.01)), steps=60)
    assert found.condition == "alive"


def test_a_condition_begins_to_last_when_it_comes() -> None:
    found = judge(LIVING, LIVING, LIVING, BLANK, BLANK)
    assert found.lasted == 1.0
    found.feel(LIVING, steps=60)
    assert (found.condition, found.lasted) == ("alive", 0.0)


def test_still_is_borne_longer_than_blank() -> None:
    care = Care()
    assert care.patience("dead") == care.patience("saturated") < care.patience("frozen")
