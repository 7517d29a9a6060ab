"""The codecs of films, as data: what ffmpeg is told for each, offline and live.

In: a file's name, and a codec's id if one was asked for. Out: a `Codec`, or a complaint. The same
pictures give the same bytes with each of them: fixed numbers of threads, no dates, no version strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from engine.errors import Complaint, MorphogenError, suggest

# 4:2:0 halves both ways, 4:2:2 across only, so that an odd last row or column goes.
EVEN_BOTH = "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0"
EVEN_ACROSS = "crop=trunc(iw/2)*2:ih:0:0"
_SCALE = (
    "scale=out_color_matrix=bt709:out_range=tv"
    ":flags=bicubic+accurate_rnd+full_chroma_int+bitexact,format={pixels},"
    "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
)
_BT709 = "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv"
_X265 = "log-level=none:info=0:pools=4:frame-threads=2"
# A GIF has 256 colours: of each picture its own, so that a film of any length is made in one go.
_GIF = "split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1:dither=sierra2_4a"


@dataclass(frozen=True, slots=True)
class Codec:
    """`suffixes` of files that can hold it, the first is its own. `slow` for a film that is made
    offline, where time costs nothing, `quick` live, beside the picture. `sound`: its codec, "" for none.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    pixels: str
    crop: str
    slow: str
    quick: str
    sound: str = "-c:a aac -b:a 192k"

    @property
    def filters(self) -> str:
        """What becomes of a picture whose rows come from the bottom."""
        if self.id == "gif":
            return f"vflip,{_GIF}"
        return f"vflip,{self.crop},{_SCALE.format(pixels=self.pixels)}"

    def tag(self, form: str) -> str:
        """What a container of this form is told, so that every player knows the codec."""
        return "-tag:v hvc1" if self.id == "h265" and form in ("mp4", "mov") else ""

    @property
    def colours(self) -> str:
        """How a player is told of them."""
        return "" if self.id == "gif" else _BT709


_ALL = (
    Codec(
        "h264",
        "H.264: plays everywhere",
        (".mp4", ".mkv", ".mov"),
        "yuv420p",
        EVEN_BOTH,
        "-c:v libx264 -preset medium -crf 16",
        "-c:v libx264 -preset veryfast -crf 16",
    ),
    Codec(
        "h265",
        "H.265: half the size, more work",
        (".mp4", ".mkv", ".mov"),
        "yuv420p",
        EVEN_BOTH,
        f"-c:v libx265 -preset medium -crf 18 -x265-params {_X265}",
        f"-c:v libx265 -preset ultrafast -crf 18 -x265-params {_X265}",
    ),
    Codec(
        "prores",
        "ProRes 422 HQ: large, for cutting",
        (".mov", ".mkv"),
        "yuv422p10le",
        EVEN_ACROSS,
        "-c:v prores_ks -profile:v 3 -vendor apl0",
        "-c:v prores_ks -profile:v 3 -vendor apl0",
        "-c:a pcm_s16le",
    ),
    Codec(
        "vp9",
        "VP9: free, for the web",
        (".webm", ".mkv"),
        "yuv420p",
        EVEN_BOTH,
        "-c:v libvpx-vp9 -crf 20 -b:v 0 -deadline good -cpu-used 2 -row-mt 1",
        "-c:v libvpx-vp9 -crf 24 -b:v 0 -deadline realtime -cpu-used 8 -row-mt 1",
        "-c:a libopus -b:a 160k",
    ),
    Codec("gif", "GIF: 256 colours, large", (".gif",), "", "", "-c:v gif", "-c:v gif", ""),
)
CODECS = MappingProxyType({codec.id: codec for codec in _ALL})
BY_SUFFIX = MappingProxyType(
    {".mp4": "h264", ".mkv": "h264", ".mov": "prores", ".webm": "vp9", ".gif": "gif"}
)
FORMATS = MappingProxyType(
    {
        ".mp4": "mp4",
        ".mov": "mov",
        ".mkv": "matroska",
        ".webm": "webm",
        ".gif": "gif",
        ".nut": "nut",
    }
)


def choose_codec(path: Path, wanted: str | None = None) -> Codec:
    """The codec of a film of that name. Raises MorphogenError if there is none, or none that fits."""
    suffix = path.suffix.lower()
    if suffix not in BY_SUFFIX:
        what = f"no film ends in '{suffix}'"
        raise MorphogenError(Complaint(str(path), what, f"Use {', '.join(BY_SUFFIX)}."))
    if wanted is not None and wanted not in CODECS:
        raise MorphogenError(Complaint("--codec", f"no codec '{wanted}'", suggest(wanted, CODECS)))
    codec = CODECS[wanted or BY_SUFFIX[suffix]]
    if suffix not in codec.suffixes:
        remedy = f"End its name in {' or '.join(codec.suffixes)}."
        raise MorphogenError(Complaint(str(path), f"{suffix} holds no {codec.id}", remedy))
    return codec
