"""Whether pictures are drawn by a program on the processor, as the driver names itself."""

from __future__ import annotations

SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "swrast", "basic render", "software")


def is_software(renderer: str) -> bool:
    """Whether this GL_RENDERER is a program on the processor."""
    return any(word in renderer.casefold() for word in SOFTWARE)
