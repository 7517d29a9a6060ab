"""Turning: two equations carry one state on, each on a field of its own and in its own words.

In: two rates on their way through a frame, and how far the old one has become the new one. Out: both
fields a frame later. In each round each takes some of its own steps, with its own passes, noise,
sources and border; then both fields become the same mix of where the two went:

    old, new  ->  each by its own steps  ->  old += weight (new - old),  new += (1 - weight) (old - new)

To first order in the round's time that is `mix(old rate, new rate, weight)`; where the weight is 0 or
1, and so at both ends, it is exactly the step of one model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import moderngl

from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.show.becoming import Translation, four, take_turns, translate
from engine.show.catalogue import Model


@dataclass(frozen=True, slots=True)
class Course:
    """A rate, the field it steps, how many sub-steps are due, and what takes so many of them."""

    model: Model
    field: Field
    steps: int
    step: Callable[[int], None]


def turn(shelf: Shelf, old: Course, new: Course, weight: float) -> None:
    """Step both courses, whose fields are of one size; `weight` 0..1 is the new one's."""
    translation = translate(old.model, new.model)
    for due in take_turns((old.model, old.steps), (new.model, new.steps)):
        for course, steps in zip((old, new), due, strict=True):
            course.step(steps)
        _mix(shelf, (old.model, old.field), new.field, translation.back, (0.0, weight))
        _mix(shelf, (new.model, new.field), old.field, translation, (1.0, weight))
        for course in (old, new):
            course.field.swap()


def take_over(
    context: moderngl.Context, shelf: Shelf, old: tuple[Model, Field], new: tuple[Model, Field]
) -> None:
    """The new model's field begins as the old one's, translated; their sizes may differ."""
    around = old[1].spec.border == "periodic"
    smooth = context.sampler(around, around, filter=(moderngl.LINEAR, moderngl.LINEAR))
    _mix(shelf, new, old[1], translate(old[0], new[0]), (1.0, 0.0), smooth)
    smooth.clear(1)
    smooth.release()
    new[1].swap()


def _mix(
    shelf: Shelf,
    own: tuple[Model, Field],
    other: Field,
    translation: Translation,
    share: tuple[float, float],
    sampler: moderngl.Sampler | None = None,
) -> None:
    """Draw into the back of a field its own state with a share of `other`, which `translation` reads.
    `share`: of the other where nothing has turned, 0 or 1, and how far it has turned."""
    model, field = own
    program = shelf.pick("turn")
    program.set(
        {
            "translate_scale": four(translation.scale, 1.0),
            "translate_shift": four(translation.shift, 0.0),
            "low_end": four([low for low, _ in model.range]),
            "high_end": four([high for _, high in model.range]),
            "share_before": share[0],
            "weight": share[1],
        }
    )
    field.target.use()
    field.use(0)
    other.use(1)
    if sampler:
        sampler.use(1)
    program.bind()
    program.draw()
