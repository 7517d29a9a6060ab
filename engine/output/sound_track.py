"""The sound of a film that was recorded live, added when its pictures are done.

In: a film, and what the ear kept meanwhile. Out: the same film with a sound track. Runs in the thread
that finishes the film: the picture knows nothing of it.
"""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

from engine.desk.audio.ring import stream_sound
from engine.output.codecs import FORMATS, Codec
from engine.output.ffmpeg import find_ffmpeg


def add_sound(film: Path, codec: Codec, folder: Path, from_ns: int, to_ns: int) -> str:
    """Give `film` what was heard between two moments of the monotonic clock. What went wrong, or "".

    The film without sound stays if it fails.
    """
    heard = stream_sound(folder, from_ns, to_ns)
    if not codec.sound:
        return f"a {codec.id} has no sound"
    if heard is None:
        return "nothing was heard"
    rate, samples = heard
    form = FORMATS[film.suffix.lower()]
    draft = film.with_name(f".{film.name}.sound")
    command = f"""-hide_banner -loglevel error -nostdin -y -i FILM -f s16le -ar {rate} -ac 2 -i pipe:0
        -map 0:v -map 1:a -c:v copy {codec.tag(form)} {codec.sound} -f {form}""".split()
    command[command.index("FILM")] = f"file:{film}"
    try:
        with subprocess.Popen(
            [find_ffmpeg(), *command, f"file:{draft}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            assert process.stdin is not None
            with contextlib.suppress(BrokenPipeError):
                for data in samples:
                    process.stdin.write(data)
                process.stdin.close()
        if process.returncode:
            draft.unlink(missing_ok=True)
            return "ffmpeg could not add the sound"
        draft.replace(film)
    except OSError as error:
        return f"the sound could not be added ({error.strerror or error})"
    return ""
