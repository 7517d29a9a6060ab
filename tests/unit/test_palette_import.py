"""Other programs' palettes: each format read, what is broken said in one line, nothing else raised."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.commands.import_palettes import Import, import_palettes
from engine.errors import MorphogenError
from engine.show.colours import oklab
from engine.show.colours.foreign.css import read_css, read_css_colour
from engine.show.colours.foreign.making import make_palette
from engine.show.colours.foreign.picture import find_means
from engine.show.colours.foreign.reading import BINARIES, TEXTS, read_bytes
from engine.show.colours.foreign.swatches import Swatches, Unreadable
from engine.show.colours.palette import Palette, bake, check_palette, load_palette
from engine.show.colours.palette_text import format_palette

WANTED = ("#10182c", "#a83010", "#f0d890")


def hexes(swatches: Swatches) -> tuple[str, ...]:
    stored = oklab.encode_srgb(oklab.oklab_to_linear(swatches.colours)).clip(0, 1)
    return tuple("#" + bytes(np.rint(row * 255).astype(np.uint8)).hex() for row in stored)


def rgb(written: str) -> bytes:
    return bytes.fromhex(written[1:])


def make_ase(*groups: tuple[str, list[bytes]]) -> bytes:
    blocks = b""
    count = 0

    def text(words: str) -> bytes:
        return struct.pack(">H", len(words) + 1) + f"{words}\0".encode("utf-16-be")

    def block(kind: int, body: bytes) -> bytes:
        nonlocal count
        count += 1
        return struct.pack(">HI", kind, len(body)) + body

    for name, colours in groups:
        blocks += block(0xC001, text(name)) if name else b""
        for colour in colours:
            blocks += block(1, text("a colour") + colour + b"\0\0")
        blocks += block(0xC002, b"") if name else b""
    return b"ASEF" + struct.pack(">HHI", 1, 0, count) + blocks


def ase_rgb(written: str) -> bytes:
    return b"RGB " + struct.pack(">fff", *(part / 255 for part in rgb(written)))


def make_aco(*rows: tuple[int, ...]) -> bytes:
    return struct.pack(">HH", 1, len(rows)) + b"".join(struct.pack(">HHHHH", *r) for r in rows)


def make_riff(*written: str) -> bytes:
    body = struct.pack("<HH", 0x300, len(written)) + b"".join(rgb(w) + b"\0" for w in written)
    data = b"PAL " + b"junk" + struct.pack("<I", 1) + b"x\0"
    data += b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(data)) + data


SOUND: dict[str, bytes] = {
    ".gpl": b"GIMP Palette\nName: Three\nColumns: 3\n# mine\n 16  24  44\tink\n168 48 16\n240 216 144 sand\n",
    ".hex": b"10182c\r\n#A83010\n\nfff0d890 ; with its alpha in front\n",
    ".pal": b"JASC-PAL\r\n0100\r\n3\r\n16 24 44\r\n168 48 16\r\n240 216 144\r\n",
    ".ase": make_ase(("", [ase_rgb(one) for one in WANTED])),
    ".aco": make_aco(*((0, *(part * 257 for part in rgb(one)), 0) for one in WANTED)),
    ".act": b"".join(map(rgb, WANTED)) + bytes(759) + struct.pack(">HH", 3, 0xFFFF),
    ".css": b".sky { background: linear-gradient(to right, #10182c, #a83010 50%, rgb(240 216 144)) }",
    ".cpt": b"# a table\n0 16/24/44 10 168/48/16\n10 168 48 16 20 240 216 144 ; above\nB black\nN 128\n",
}


@pytest.mark.parametrize("suffix", SOUND)
def test_each_format_gives_its_colours_in_their_order(suffix: str) -> None:
    (found,) = read_bytes(suffix, SOUND[suffix])
    assert hexes(found) == WANTED
    assert found.name == ("Three" if suffix == ".gpl" else "")


def test_a_riff_palette_is_found_behind_other_chunks() -> None:
    (found,) = read_bytes(".pal", make_riff(*WANTED))
    assert hexes(found) == WANTED


def test_each_group_of_an_ase_file_is_a_palette_with_its_name(tmp_path: Path) -> None:
    two = [ase_rgb(WANTED[0]), ase_rgb(WANTED[1])]
    file = tmp_path / "brand.ase"
    file.write_bytes(make_ase(("Night Sky", two), ("", two[:2]), ("Con", two)))
    written = import_palettes(str(file), tmp_path / "user", Import())
    assert [path.stem for path in written] == ["night-sky", "brand", "con-palette"]
    assert load_palette(written[0]).title == "Night Sky"


def test_inks_lab_greys_and_hsb_are_understood() -> None:
    inks = b"CMYK" + struct.pack(">ffff", 0, 1, 1, 0)
    lab = b"LAB " + struct.pack(">fff", 0.5, 0, 0)
    grey = b"Gray" + struct.pack(">f", 0.502)
    (found,) = read_bytes(".ase", make_ase(("", [inks, lab, grey])))
    assert hexes(found) == ("#ff0000", "#777777", "#808080")
    rows = ((1, 21845, 65535, 65535, 0), (2, 65535, 65535, 65535, 0), (7, 5000, 0, 0, 0))
    (found,) = read_bytes(".aco", make_aco(*rows, (8, 0, 0, 0, 0), (9, 0, 10000, 10000, 0)))
    assert hexes(found) == ("#00ff00", "#000000", "#777777", "#ffffff", "#ff0000")


def test_a_table_of_heights_keeps_its_places_edges_and_names() -> None:
    text = b"# COLOR_MODEL = RGB\n-100 navy 0 lightblue\n0 seagreen 300 white\n"
    (found,) = read_bytes(".cpt", text)
    assert found.positions == (0.0, 0.25, 0.25, 1.0)
    assert hexes(found) == ("#000080", "#add8e6", "#2e8b57", "#ffffff")
    palette = make_palette(found, "map", "Map")
    assert [round(stop.position, 2) for stop in palette.stops] == [0.0, 0.25, 0.25, 1.0]
    (hue,) = read_bytes(".cpt", b"# COLOR_MODEL = +HSV\n0 120 1 1 1 0 1 1\n1 0-1-1 2 240-1-0.502\n")
    assert hexes(hue) == ("#00ff00", "#ff0000", "#000080")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(("#f00", "#ff0000"), ("RebeccaPurple", "#663399"), ("transparent", "#000000")),
        *(("#ffffff80", "#808080"), ("rgb(255, 0, 0)", "#ff0000"), ("rgb(50% 0% none)", "#800000")),
        *(("hsl(120deg 100% 25%)", "#008000"), ("hsla(.5turn, 100%, 50%, 1)", "#00ffff")),
        *(("hwb(0 20% 20%)", "#cc3333"), ("oklch(62.8% 0.2577 29.23)", "#ff0000")),
        ("oklab(1 0 0)", "#ffffff"),
    ],
)
def test_colours_of_css_are_read(written: str, expected: str) -> None:
    got = rgb(hexes(Swatches("", (read_css_colour(written),)))[0])
    if "80" in written and written.startswith("#"):
        assert max(got) - min(got) <= 1  # over black
    else:
        assert np.abs(np.array(list(got)) - np.array(list(rgb(expected)))).max() <= 1


def test_positions_that_are_not_written_lie_evenly_and_none_before_another() -> None:
    text = "linear-gradient(in oklch, red, lime, blue 60%, white 40%, 80%, black)"
    (found,) = read_css(text)
    assert found.positions == pytest.approx((0.0, 0.3, 0.6, 0.6, 0.8, 1.0))
    (conic,) = read_css("conic-gradient(from 45deg, red 0deg 90deg, blue .5turn, red)")
    assert conic.positions == pytest.approx((0.0, 0.25, 0.5, 1.0))
    several = read_css(
        "a{b:linear-gradient(red,blue)}\nc{d:radial-gradient(circle at 2px, #000, #fff)}"
    )
    assert len(several) == 2


@pytest.mark.parametrize(
    ("suffix", "data", "expected"),
    [
        (".gpl", b"GIMP\n1 2 3", "broken.gpl:1: does not begin with 'GIMP Palette'"),
        (
            ".gpl",
            b"GIMP Palette\n#\n1 2 300\n",
            "broken.gpl:3: '1 2 300' is no colour. Write R G B",
        ),
        (".hex", b"112233\n11223\n", "broken.hex:2: '11223' is no colour"),
        (".hex", b"\n\n", "broken.hex: there is no colour in it"),
        (
            ".pal",
            b"JASC-PAL\n0100\n5\n1 2 3\n",
            "broken.pal:3: line 3 promises '5' colours, 1 follow",
        ),
        (".pal", make_riff(*WANTED)[:-3], "broken.pal: breaks off at byte"),
        (".ase", b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\xff", "broken.ase: breaks off at byte 18"),
        (".ase", make_ase(("", [b"HSB " + bytes(12)])), "broken.ase: has a colour of the unknown"),
        (".ase", make_ase(("", [b"RGB " + b"\xff" * 12])), "broken.ase: a colour is not a number"),
        (".aco", make_aco((3, 0, 0, 0, 0)), "broken.aco: has a colour of the unknown kind 3"),
        (".act", bytes(700), "broken.act: has 700 bytes where 768 or 772 are wanted"),
        (".cpt", b"0 black 1 whitte\n", "broken.cpt:1: 'whitte' is no colour"),
        (".cpt", b"1 black 0 white\n", "broken.cpt:1: z falls"),
        (".css", b"\na {\nlinear-gradient(red, blu) }", "broken.css:3: 'blu' is no colour"),
        (".css", b"linear-gradient(red, blue 3px)", "broken.css:1: '3px' is no position"),
        (".css", b"linear-gradient((red, blue)", "broken.css:1: a gradient has no closing bracket"),
        (".css", b"color: red", "broken.css: there is no gradient in it"),
        (".png", b"no picture", "broken.png: is no picture that can be read"),
        (".psd", b"", "broken.psd: no palette or picture that can be read ends in '.psd'"),
        (".hex", b"102030\n102030\n", "broken.hex: there is only one colour in it"),
    ],
)
def test_what_is_broken_is_one_line_with_its_place(
    tmp_path: Path, suffix: str, data: bytes, expected: str
) -> None:
    file = tmp_path / f"broken{suffix}"
    file.write_bytes(data)
    with pytest.raises(MorphogenError) as raised:
        import_palettes(str(file), tmp_path / "user", Import())
    said = str(raised.value).replace(f"{tmp_path}/", "")
    assert said.startswith(expected) and "\n" not in said
    assert not (tmp_path / "user").exists()


def check_reading(suffix: str, data: bytes) -> None:
    """Swatches that are a palette, or `Unreadable`; never anything else."""
    try:
        found = read_bytes(suffix, data)
        palettes = [make_palette(swatches, "x", "x") for swatches in found]
    except Unreadable as error:
        assert str(error)
        return
    for palette in palettes:
        assert 2 <= len(palette.stops) <= 64
        assert np.isfinite(bake(palette, 16)).all()


@pytest.mark.parametrize("suffix", [*TEXTS, *BINARIES, ".pal"])
@given(data=st.data())
@settings(max_examples=60)
def test_any_bytes_are_a_palette_or_refused(suffix: str, data: st.DataObject) -> None:
    sound = make_riff(*WANTED) if suffix == ".pal" else SOUND.get(suffix, SOUND[".css"])
    broken = bytearray(sound)
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255)), max_size=6)
    ):
        broken[at] = byte
    cut = data.draw(st.integers(0, len(sound)))
    check_reading(suffix, bytes(broken[:cut]) + data.draw(st.binary(max_size=40)))
    check_reading(suffix, data.draw(st.binary(max_size=64)))


@given(
    st.lists(st.sampled_from("red,#fff,rgb(1 2 3),oklch(1e9 9 9),50%,-1turn,),(,0, ,to".split(",")))
)
@example(["red", "50%", "50%", "blue"])
@settings(max_examples=150)
def test_any_words_in_a_gradient_are_a_palette_or_refused(words: list[str]) -> None:
    check_reading(".css", f"linear-gradient({','.join(words)})".encode())


def test_a_list_that_is_no_gradient_is_laid_from_dark_to_light() -> None:
    (mixed,) = read_bytes(".hex", b"f0d890\n10182c\na83010\n445566\ncc8844\n")
    palette = make_palette(mixed, "x", "x")
    lightness = [stop.colour[0] for stop in palette.stops]
    assert lightness == sorted(lightness)
    kept = make_palette(mixed, "x", "x", order="file")
    assert kept.stops[0].colour[0] > kept.stops[1].colour[0]
    (falling,) = read_bytes(".hex", b"ffffff\nbbccdd\n667799\n112244\n")
    assert make_palette(falling, "x", "x").kind == "paper", "a gradient keeps its own way"


def test_a_dark_one_begins_in_its_own_shadow() -> None:
    (pastel,) = read_bytes(".hex", b"e8b0b0\nf0d8c8\n")
    palette = make_palette(pastel, "x", "x", dark=True)
    assert palette.stops[0].colour[0] < 0.05 and palette.stops[1].position > 0.1


def test_many_colours_become_few_stops_that_tell_them_all() -> None:
    ramp = Swatches("", tuple((0.3 + n / 600, 0.05 * np.sin(n / 40), 0.05) for n in range(256)))
    palette = make_palette(ramp, "x", "x", order="file")
    assert len(palette.stops) < 40
    assert np.linalg.norm(bake(palette) - np.array(ramp.colours), axis=1).max() < 0.01


def test_a_round_one_is_known_by_its_ends() -> None:
    (ring,) = read_css("conic-gradient(black, red, gold, teal, black)")
    assert make_palette(ring, "x", "x").kind == "cyclic"


def test_a_pictures_palette_is_its_colours_from_dark_to_light(tmp_path: Path) -> None:
    picture = np.zeros((40, 60, 3), np.uint8)
    picture[:, :30], picture[:, 30:50], picture[:, 50:] = (tuple(rgb(one)) for one in WANTED)
    Image.fromarray(picture).save(tmp_path / "photo.png")
    (path,) = import_palettes(str(tmp_path / "photo.png"), tmp_path, Import(count=3))
    palette = load_palette(path)
    assert [path.parent.name, palette.group] == ["palettes", "own"]
    assert [stop.colour for stop in palette.stops] == [
        pytest.approx(swatch, abs=0.02)
        for swatch in read_bytes(".hex", "\n".join(WANTED).encode())[0].colours
    ]
    picture[:9, :9] = (0, 220, 200)  # seldom, but there
    Image.fromarray(picture).save(tmp_path / "photo.png")
    four = import_palettes(str(tmp_path / "photo.png"), tmp_path, Import("four", count=4))
    assert len(load_palette(four[0]).stops) == 4


def test_a_plain_picture_has_one_colour_and_a_clear_one_none(tmp_path: Path) -> None:
    assert len(find_means(np.full((50, 3), 0.4), 6)) == 1
    Image.new("RGBA", (4, 4)).save(tmp_path / "clear.png")
    with pytest.raises(MorphogenError, match="transparent all over"):
        import_palettes(str(tmp_path / "clear.png"), tmp_path, Import())


def test_a_gradient_may_be_typed_and_is_never_written_over_unasked(tmp_path: Path) -> None:
    typed = "linear-gradient(#000, #a83010 40%, #f0d890)"
    (path,) = import_palettes(typed, tmp_path, Import("evening"))
    assert path == tmp_path / "config" / "palettes" / "evening.toml"
    assert check_palette(path) == []
    with pytest.raises(MorphogenError, match=r"is there already\. Choose another name"):
        import_palettes(typed, tmp_path, Import("evening"))
    assert import_palettes(typed, tmp_path, Import("evening", anew=False)) == [path]
    with pytest.raises(MorphogenError, match="--name: an id is 1 to 64 of a-z"):
        import_palettes(typed, tmp_path, Import("../evening"))


def test_a_palette_written_down_is_read_back_as_it_was(tmp_path: Path, config: Path) -> None:
    for source in sorted((config / "palettes").glob("*.toml"))[::7]:
        palette = load_palette(source)
        file = tmp_path / source.name
        file.write_text(format_palette(palette), encoding="utf-8")
        again = load_palette(file)
        assert np.allclose(bake(again), bake(palette), atol=5e-4)
        assert (again.kind, again.group, again.title) == (
            palette.kind,
            palette.group,
            palette.title,
        )


@given(st.text(max_size=100))
@settings(max_examples=40)
def test_any_title_is_written_so_that_it_can_be_read(words: str) -> None:
    import tomllib

    (found,) = read_bytes(".hex", b"000000\nffffff\n")
    palette = make_palette(found, "x", words)
    assert isinstance(palette, Palette)
    assert tomllib.loads(format_palette(palette))["title"]
