"""`morphogen export`: a model or a look as one plain ISF file, for VDMX, MadMapper, Millumin or ossia."""

from __future__ import annotations

from pathlib import Path

from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.isf.export.look import export_look
from engine.gpu.isf.export.model import export_model
from engine.library import Library


def export(library: Library, name: str, path: Path) -> None:
    """Write the model or look `name` to `path`. Raises `MorphogenError`, saying why, if it cannot be."""
    catalogue, shaders = library.catalogue, library.assets.both("shaders")
    if path.suffix != ".fs":
        raise MorphogenError(Complaint(str(path), "an ISF file's name ends in .fs"))
    if name in catalogue.models:
        text = export_model(catalogue.models[name], shaders.find(f"models/{name}.fs"))
    elif name in catalogue.looks:
        text = export_look(catalogue.looks[name], shaders)
    else:
        known = (*catalogue.models, *catalogue.looks)
        raise MorphogenError(Complaint(name, "no such model or look", suggest(name, known)))
    try:
        path.write_text(text, encoding="ascii", newline="\n")
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise MorphogenError(Complaint(str(path), what)) from None
