"""The schema of show files: a loop of scenes, or a list of cues. In: the library. Out: a schema."""

from __future__ import annotations

from schema_scene import QUANTISE
from schema_words import Schema, choice, flag, named, number, several, table_of, text, whole

from engine.library import Library
from engine.show.cues.entry_file import (
    CUE_KEYS,
    ENTRY_KEYS,
    LAYER_KEYS,
    LENGTHS,
    LONGEST,
    LONGEST_FADE,
)
from engine.show.cues.show_file import IDLE_KEYS, KEYS
from engine.show.cues.show_table import ENTRANCES
from engine.show.frame import BLENDS
from engine.show.manner import BUSES
from engine.show.memory.slot import SLOTS


def write_show(library: Library) -> Schema:
    """A show has scenes or cues, never both."""
    scenes = named(library.catalogue.scenes, "morphogen list scenes")
    both = _write_both(library, scenes)
    entry = {
        "id": scenes,
        "seconds": number(1, LONGEST, "how long it stays"),
        "bars": number(0.25, LONGEST, "by the clock instead"),
        "beats": number(1, LONGEST, "by the clock instead"),
        **both,
    }
    cue = {
        "number": {"type": ["number", "string"], "description": "what /cue/go is given"},
        "name": text("or this"),
        "scene": scenes,
        "follow": {
            "type": ["number", "string"],
            "description": 'when the next one comes: 30 (seconds), "8 bars"; else it waits for go',
        },
        **both,
    }
    made = {
        "title": text("for people"),
        "about": text("what it is like, in a line"),
        "fade": number(0, LONGEST_FADE, "seconds from one scene into the next"),
        "hold": number(0, LONGEST, "seconds a scene stays after the last touch"),
        "quantise": QUANTISE,
        "transition": both["transition"],
        "loop": flag("after the last the first comes again"),
        "shuffle": flag("in an order of chance, each once before any comes again"),
        "hours": both["hours"],
        "dusk": number(0, LONGEST_FADE, "seconds in which it goes dark when it closes"),
        "idle": table_of(
            IDLE_KEYS,
            {
                "seconds": number(1, LONGEST, "without a hand"),
                "go": {"type": ["number", "string"], "description": "the cue that comes then"},
            },
        ),
        "scene": several(table_of(ENTRY_KEYS, entry, ["id"]) | _at_most_one(LENGTHS), 1),
        "cue": several(table_of(CUE_KEYS, cue), 1),
    }
    one_of = {"oneOf": [{"required": ["scene"]}, {"required": ["cue"]}]}
    return table_of(KEYS, made) | one_of


def _write_both(library: Library, scenes: Schema) -> dict[str, Schema]:
    transitions = (*ENTRANCES, *library.catalogue.transitions)
    span = text('"tue-sun 10:00-18:00", "20:00-02:00"')
    layer = {
        "number": whole(2, 4),
        "scene": scenes,
        "opacity": number(0, 1),
        "blend": choice(BLENDS),
        "bus": choice(BUSES, "its side of the crossfader"),
        "off": flag("it is faded out"),
    }
    return {
        "fade": number(0, LONGEST_FADE, "seconds, in place of the show's"),
        "transition": named(transitions, "what it comes by"),
        "palette": named(library.catalogue.palettes, "morphogen list palettes"),
        "snapshot": whole(1, SLOTS, "that is recalled"),
        "hours": {"anyOf": [span, several(span)], "description": "at other times it is left out"},
        "do": several(
            {"anyOf": [text("an address and its arguments", "^/"), {"type": "array"}]},
            about='"/macro/1 0.8"',
        ),
        "layer": {"anyOf": [several(table_of(LAYER_KEYS, layer)), table_of(LAYER_KEYS, layer)]},
    }


def _at_most_one(keys: tuple[str, ...]) -> Schema:
    pairs = [(a, b) for index, a in enumerate(keys) for b in keys[index + 1 :]]
    return {"not": {"anyOf": [{"required": [a, b]} for a, b in pairs]}}
