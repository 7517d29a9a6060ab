"""The GLSL of the packed layouts: loads, steps and stores of a fragment's cells, written out.

A fragment holds the cells of one texel in each of R rows, and the ring around them that its steps
look at. Every loop is unrolled here: GLSL 330 knows no arrays of samplers with a running index, and
software GL keeps no array in registers. Text only; never touches GL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.gpu.layout import Layout, cells_per_texel

_PARTS = {1: ("x", "y", "z", "w"), 2: ("xy", "zw"), 3: ("xyz",), 4: ("xyzw",)}


def row_names(layout: Layout) -> list[str]:
    """The samplers: one a row."""
    return [f"rows_{row}" for row in range(layout.rows)]


def write_head(layout: Layout) -> str:
    """What stands before the model: the outputs, and that step.glsl shall have no main()."""
    outputs = (f"layout(location = {r}) out vec4 next_{r};" for r in range(layout.rows))
    return "\n".join((*outputs, "#define PACKED\n"))


def write_step(layout: Layout, channels: int, border: str, mapped: bool) -> str:
    """The main() that takes `layout.steps` steps of a fragment's cells.

    `border` as in a field's spec; `mapped`: SOURCES_AT(uv) is to be called before a cell's rate.
    """
    return "\n".join(
        ["void main() {", *_write_lines(layout, channels, border, mapped), "}"],
    )


def write_pack(layout: Layout, channels: int) -> str:
    """The main() that gathers a plain field, the sampler `plain`, into the rows."""
    cells, lines = cells_per_texel(channels), []
    for row in range(layout.rows):
        at = f"ivec2(int(gl_FragCoord.x) * {cells}, int(gl_FragCoord.y) * {layout.rows} + {row})"
        loads = [
            f"texelFetch(plain, {at} + ivec2({cell}, 0), 0).{'xyzw'[:channels]}"
            for cell in range(cells)
        ]
        lines.append(f"    next_{row} = {_texel(loads, channels)};")
    return "\n".join(["void main() {", *lines, "}"])


def write_unpack(layout: Layout, channels: int) -> str:
    """The main() that spreads the rows over a plain field again."""
    cells, rows = cells_per_texel(channels), layout.rows
    lines = [
        "    ivec2 cell = ivec2(gl_FragCoord.xy);",
        f"    ivec2 at = ivec2(cell.x / {cells}, cell.y / {rows});",
        f"    int row = cell.y - at.y * {rows}, part = cell.x - at.x * {cells};",
        "    vec4 texel = texelFetch(rows_0, at, 0);",
    ]
    for row in range(1, rows):
        lines.append(f"    if (row == {row}) texel = texelFetch(rows_{row}, at, 0);")
    if channels == 2:
        lines.append("    if (part == 1) texel.xy = texel.zw;")
    if channels == 1:
        for part in range(1, 4):
            lines.append(f"    if (part == {part}) texel.x = texel.{'xyzw'[part]};")
    lines.append("    next_state = texel;")
    return "\n".join(["void main() {", *lines, "}"])


def _write_lines(layout: Layout, channels: int, border: str, mapped: bool) -> Iterator[str]:
    cells, rows, steps = cells_per_texel(channels), layout.rows, layout.steps
    outside = f"outside.{'xyzw'[:channels]}" if border == "fixed" else ""
    yield "    vec4 texel;"
    yield from _write_loads(layout, channels)
    if border != "periodic":
        yield "    bool at_left = gl_FragCoord.x < 1.0, at_bottom = gl_FragCoord.y < 1.0;"
        yield "    vec2 size = vec2(textureSize(rows_0, 0));"
        yield "    bool at_right = gl_FragCoord.x > size.x - 1.0, at_top = gl_FragCoord.y > size.y - 1.0;"
    if mapped:
        yield f"    vec2 cell_size = vec2({1.0 / cells!r}, {1.0 / rows!r}) / vec2(textureSize(rows_0, 0));"
        yield (
            "    vec2 first_cell = (floor(gl_FragCoord.xy) * "
            f"vec2({cells}.0, {rows}.0) + 0.5) * cell_size;"
        )
    for step in range(steps):
        reach = steps - step  # how far around the own cells this step's start is known
        # What is loaded from beyond a fixed border is right already: the sampler holds it.
        if border == "no-flux" or (border == "fixed" and step > 0):
            yield from _write_edges(step, reach, (cells, rows), outside)
        yield from _write_sums(step, reach, (cells, rows))
        around = reach - 1
        for row in range(-around, rows + around):
            for cell in range(-around, cells + around):
                here = _name("s", step, row, cell)
                change = (
                    f"stencil_scale * ({_name('b', step, row, cell - 1)} + {_name('b', step, row, cell + 1)}"
                    f" + 4.0 * {_name('a', step, row, cell)} - 20.0 * {here})"
                )
                if mapped:
                    place = f"first_cell + vec2({cell}.0, {row}.0) * cell_size"
                    inside = 0 <= row < rows and 0 <= cell < cells
                    # A source that does not repeat ends at the border, round which the field goes on.
                    around_border = border == "periodic" and not inside
                    yield f"    SOURCES_AT({f'fract({place})' if around_border else place});"
                yield (
                    f"    STATE {_name('s', step + 1, row, cell)} = "
                    f"advance({here}, {here}, {change});"
                )
    for row in range(rows):
        own = [_name("s", steps, row, cell) for cell in range(cells)]
        yield f"    next_{row} = {_texel(own, channels)};"


def _write_loads(layout: Layout, channels: int) -> Iterator[str]:
    """Every cell that the steps look at: `steps` rows and columns beyond the own ones."""
    cells, rows, reach = cells_per_texel(channels), layout.rows, layout.steps
    for row in range(-reach, rows + reach):
        texels = sorted({cell // cells for cell in range(-reach, cells + reach)})
        for texel in texels:
            offset = f"ivec2({texel}, {row // rows})"
            yield f"    texel = textureOffset(rows_{row % rows}, uv, {offset});"
            for part, swizzle in enumerate(_PARTS[channels]):
                cell = texel * cells + part
                if -reach <= cell < cells + reach:
                    yield f"    STATE {_name('s', 0, row, cell)} = texel.{swizzle};"


def _write_edges(step: int, reach: int, size: tuple[int, int], outside: str) -> Iterator[str]:
    """Beyond the field's edge stands what a fixed border holds, or else the edge cell itself."""
    cells, rows = size
    for row in range(-reach, rows + reach):
        for test, out, edge in (("at_left", -1, 0), ("at_right", cells, cells - 1)):
            held = outside or _name("s", step, row, edge)
            yield f"    if ({test}) {_name('s', step, row, out)} = {held};"
    for cell in range(-reach, cells + reach):
        for test, out, edge in (("at_bottom", -1, 0), ("at_top", rows, rows - 1)):
            held = outside or _name("s", step, edge, cell)
            yield f"    if ({test}) {_name('s', step, out, cell)} = {held};"


def _write_sums(step: int, reach: int, size: tuple[int, int]) -> Iterator[str]:
    """Columns of the stencil: a = above + below, b = a + 4 here. The Laplacian is b left + b right
    + 4 a - 20 here: each column's sum serves three cells."""
    cells, rows = size
    around = reach - 1
    for row in range(-around, rows + around):
        for cell in range(-reach, cells + reach):
            above, below = (_name("s", step, row + d, cell) for d in (1, -1))
            a, b = (_name(letter, step, row, cell) for letter in "ab")
            yield f"    STATE {a} = {above} + {below};"
            yield f"    STATE {b} = {a} + 4.0 * {_name('s', step, row, cell)};"


def _name(letter: str, step: int, row: int, cell: int) -> str:
    """A variable of one cell; rows and columns counted from 9, since a name has no minus."""
    return f"{letter}{step}_{row + 9}_{cell + 9}"


def _texel(states: Sequence[str], channels: int) -> str:
    numbers = channels * len(states)
    return f"vec4({', '.join(states)}{', 0.0' * (4 - numbers)})"
