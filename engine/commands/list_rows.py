"""`morphogen list`: what there is of a kind. In: the kind. Out: rows of an id and what it is.

Imports stand inside: a list of MIDI ports needs no GL, and one of scenes no device.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from engine.errors import Complaint, MorphogenError, suggest

if TYPE_CHECKING:
    from engine.assets import Assets
    from engine.library import Library
    from engine.show.catalogue import Model


def list_rows(
    what: str, of: str | None, find: Callable[[], Assets], read: Callable[[], Library]
) -> list[tuple[str, str]]:
    """(id, what it is) of everything of a kind; `of` a model, of presets. `find` and `read` give
    the assets and the library, each only where it is needed. Raises `MorphogenError` for a model
    that is none.
    """
    if what == "monitors":
        from engine.output.diagnose import list_monitors

        return [(name, "") for name in list_monitors()]
    if what == "midi":
        from engine.desk.diagnose import list_midi_ports

        return [(name, "") for name in list_midi_ports()]
    if what == "controllers":
        from engine.commands.bindings import list_controllers

        return list_controllers(find())
    if what == "audio":
        from engine.desk.audio.diagnose import list_audio_inputs

        return list_audio_inputs()
    library = read()
    catalogue = library.catalogue
    if what == "scenes":
        return [(s.id, f"{s.title}: {s.about}") for s in catalogue.scenes.values()]
    if what == "palettes":
        grouped = sorted(catalogue.palettes.values(), key=lambda palette: palette.group)
        return [(p.id, f"{p.group:<8} {p.title}: {p.about}") for p in grouped]
    if what == "shows":
        return [
            (show.id, f"{show.title} ({len(show.entries)} scenes)")
            for show in library.shows.values()
        ]
    if what == "presets":
        return _list_presets(catalogue.models, of)
    if what in ("effects", "transitions", "generators"):
        return [(one.id, one.title) for one in getattr(catalogue, what).values()]
    if what == "looks":
        return [(look.id, look.title) for look in catalogue.looks.values()]
    return [
        (model.id, model.title + (f" ({len(model.presets)} presets)" if model.presets else ""))
        for model in catalogue.models.values()
    ]


def _list_presets(models: Mapping[str, Model], of: str | None) -> list[tuple[str, str]]:
    if of is not None and of not in models:
        raise MorphogenError(Complaint(of, "no such model", suggest(of, models)))
    rows = []
    for model in models.values():
        if of in (None, model.id):
            prefix = "" if of else f"{model.id} "
            rows += [(prefix + p.id, f"{p.title} ({p.source})") for p in model.presets]
    return rows
