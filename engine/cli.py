"""The command `morphogen`: what was typed becomes settings, and one of the commands below runs.

Imports of heavy rooms stand inside the commands that need them: `play` must show a picture at once.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli_options import Run, build_parser
from engine.errors import Complaint, MorphogenError
from engine.settings import PlaySettings

if TYPE_CHECKING:
    from engine.assets import Assets
    from engine.library import Library
    from engine.message import Argument
    from engine.tape.reading import Tape


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0, 2 for a mistake in what was asked, 1 for a fault."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0] not in (*_COMMANDS, "-h", "--help", "--version")):
        words.insert(0, "play")
    # To argparse "-1:1" is an option, but for behind a "=".
    for at in range(len(words) - 1, 0, -1):
        if words[at - 1].endswith("range") and re.match(r"-[\d.]", words[at]):
            words[at - 1 : at + 1] = [f"{words[at - 1]}={words[at]}"]
    try:
        options = build_parser(_COMMANDS).parse_args(words)
        command: Callable[[argparse.Namespace], int] = options.run
        code = command(options)
        sys.stdout.flush()
        return code
    except MorphogenError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `morphogen list scenes | head`
        # Else Python itself, which writes the rest at its end, would say that nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def play(options: argparse.Namespace) -> int:
    """Play a show, a scene or a tape until it is stopped."""
    from engine.supervisor import Supervisor

    assets = _find_assets(options)  # a wrong folder is said once, not by each process
    tape = _choose_tape(options.start)
    audio, audio_file = _choose_audio(options.audio)
    sound = None
    if options.record_audio:
        from platformdirs import user_cache_dir

        if not options.audio:
            what, remedy = "there is nothing to be heard", "Say what: --audio NAME or --audio FILE."
            raise MorphogenError(Complaint("--record-audio", what, remedy))
        sound = Path(user_cache_dir("morphogen")) / f"sound-{os.getpid()}"
    supervisor = Supervisor(
        PlaySettings(
            start=options.start,
            assets=options.assets,
            user=assets.user,
            fullscreen=options.fullscreen,
            monitor=options.monitor,
            size=options.size or (tape.header.size if tape and options.headless else None),
            fps=options.fps,
            seed=options.seed,
            headless=options.headless,
            duration=options.duration,
            record=options.record,
            codec=options.codec,
            takes=options.takes.resolve() if options.takes else None,
            tape=options.tape,
            replay=Path(options.start).resolve() if tape else None,
            loop=options.loop,
            preview=options.preview,
            preview_every=options.preview_every,
            osc_port=options.osc_port or None,
            osc_bind=options.osc_bind,
            osc_allow=options.osc_allow,
            midi=options.midi,
            audio=audio,
            audio_file=audio_file,
            audio_channels=options.audio_channels,
            audio_beat=options.audio_beat,
            link=options.link,
            layout=options.layout,
            osd=options.osd,
            sound=sound,
        )
    )
    try:
        return supervisor.run()
    finally:
        if sound:
            shutil.rmtree(sound, ignore_errors=True)


def render(options: argparse.Namespace) -> int:
    """Render a scene or a tape offline, every frame, into a picture or a film."""
    from tqdm import tqdm

    from engine.gpu.layout import LAYOUTS
    from engine.library import choose_start
    from engine.offline import render_scene

    if options.scene.endswith(".fs"):
        return _render_file(options)
    tape = _choose_tape(options.scene)
    library = _read_library(options)
    try:
        with tqdm(total=None, unit="frame", disable=options.quiet, leave=False, delay=0.5) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            if tape:
                _render_tape(options, library, tape, progress)
            else:
                scene, _ = choose_start(library, options.scene)
                render_scene(
                    library,
                    scene,
                    options.output,
                    seconds=options.seconds or 10.0,
                    size=options.size or (1280, 720),
                    seed=options.seed,
                    fps=options.fps or 30,
                    layout=LAYOUTS[options.layout],
                    progress=progress,
                    audio=options.audio,
                    audio_leads=options.audio_beat,
                    codec=options.codec,
                    plan=_name_plan(options, library),
                )
    except KeyboardInterrupt:
        if options.output.with_name(f"{options.output.name}.parts").is_dir():
            print("morphogen: the same command goes on where this one was", file=sys.stderr)
        raise
    print(options.output)
    return 0


def _render_tape(
    options: argparse.Namespace,
    library: Library,
    tape: Tape,
    progress: Callable[[int, int], None],
) -> None:
    """At the tape's own size and pictures a second, if nothing else was asked for."""
    from engine.offline_tape import render_tape
    from engine.output.film import open_film

    size, fps = options.size or tape.header.size, float(options.fps or round(tape.header.fps))
    begin = options.begin or 0.0
    end = min(options.end or 1e9, begin + options.seconds if options.seconds else 1e9)
    plan = _name_plan(options, library)
    sound = (options.audio, None) if options.audio else None
    with open_film(options.output, size, fps, plan=plan, codec=options.codec, sound=sound) as film:
        render_tape(
            library,
            tape,
            film,
            size=size,
            fps=fps,
            grain=options.grain,
            span_s=(begin, end),
            say=lambda complaint: print(complaint, file=sys.stderr),
            progress=progress,
        )


def _name_plan(options: argparse.Namespace, library: Library) -> str:
    """So that an interrupted rendering goes on only if nothing is another than before."""
    from engine.tape.files import hash_file, name_plan

    told = {name: value for name, value in vars(options).items() if name not in ("run", "quiet")}
    sound = hash_file(options.audio) if options.audio else ""
    return name_plan(library.assets, Path(options.scene), sorted(map(str, told.items())), sound)


def tape(options: argparse.Namespace) -> int:
    """Say what is on a tape and what it was recorded with, or cut a piece out of it."""
    from engine.commands.tape_file import cut, describe_tape

    library = _read_library(options)
    if options.deed == "info":
        describe_tape(options.file, library, sys.stdout)
    elif options.output is None:
        what, remedy = "a piece needs a name", "Say -o out.tape."
        raise MorphogenError(Complaint("morphogen tape cut", what, remedy))
    else:
        cut(options.file, options.output, (options.begin, options.end), library)
        print(options.output)
    return 0


def _render_file(options: argparse.Namespace) -> int:
    """An ISF file by itself."""
    from tqdm import tqdm

    from engine.commands.render_file import FileJob, render_file

    values = dict(options.set)
    job = FileJob(
        Path(options.scene),
        options.output,
        options.seconds or 10.0,
        options.size or (1280, 720),
        options.fps or 30,
        tuple(options.input or ()),
        options.audio,
        values,
    )
    with tqdm(total=None, unit="frame", disable=options.quiet, leave=False, delay=0.5) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        render_file(_find_assets(options), job, progress)
    print(options.output)
    return 0


def learn(options: argparse.Namespace) -> int:
    """Teach a control what to play: say what, then move it; or list, forget, export, import."""
    from engine.commands.bindings import export, forget, list_bindings, take_in
    from engine.commands.teach import Manner, teach
    from engine.desk.play.overlay import find_overlay

    own = find_overlay()
    if options.list or options.profile:
        list_bindings(own, _find_assets(options), profiles=options.profile)
    elif options.forget:
        forget(options.forget, _read_library(options), own)
    elif options.export_file:
        export(own, options.export_file)
    elif options.import_file:
        take_in(options.import_file, own)
    else:
        return teach(
            options.target,
            Manner(_read_manner(options), options.audio or "", options.seconds),
            _read_library(options),
            own,
            port=options.osc_port or None,
            midi=options.midi,
        )
    return 0


def atlas(options: argparse.Namespace) -> int:
    """Compute a map of a model over two parameters: where it lives, moves or dies."""
    from dataclasses import replace

    from tqdm import tqdm

    from engine.commands.make_atlas import make_atlas, narrow, plan_atlas

    library = _read_library(options)
    columns, rows = options.cells
    plan = plan_atlas(
        library,
        options.model,
        options.x,
        options.y,
        preset=options.preset,
        columns=columns,
        rows=rows,
        size=options.cell_size,
        steps=options.steps,
        seed=options.seed,
    )
    plan = replace(plan, x=narrow(plan.x, options.x_range), y=narrow(plan.y, options.y_range))
    folder = options.into or library.assets.config / "maps"
    with tqdm(total=None, unit="cell", disable=options.quiet, leave=False, delay=0.5) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        for path in make_atlas(library, plan, folder, options.output, progress):
            print(path)
    return 0


def list_things(options: argparse.Namespace) -> int:
    """Print what there is, one a line: its id, then what it is."""
    from engine.commands.list_rows import list_rows

    def read() -> Library:
        return _read_library(options)

    def find() -> Assets:
        return _find_assets(options)

    for name, about in list_rows(options.what, options.of, find, read):
        print(f"{name:<20} {about}".rstrip())
    return 0


def palette(options: argparse.Namespace) -> int:
    """Import palettes of other programs, CSS gradients and pictures as palettes of your own."""
    from engine.assets import find_user_folder
    from engine.commands.import_palettes import Import, import_palettes

    how = Import(
        options.name, options.order, options.dark, options.colours, anew=not options.replace
    )
    for path in import_palettes(options.source, find_user_folder(options.user), how):
        print(path)
    return 0


def new(options: argparse.Namespace) -> int:
    """Begin a scene, shader, palette, show or controller map of your own from a template that plays."""
    from engine.commands.new_file import begin_file

    assets = _find_assets(options)
    here = Path.cwd() if options.here else None
    begun = begin_file(options.kind, options.name, assets, here)
    for path in begun.paths:
        print(path)
    print(f"Next: {begun.next}")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a model or a look as one plain ISF file, for other programs."""
    from engine.commands.export_isf import export as write

    write(_read_library(options), options.name, options.output)
    print(options.output)
    return 0


def check(options: argparse.Namespace) -> int:
    """Check every scene, shader, palette and config; all mistakes at once."""
    from engine.commands.check_assets import check_assets

    return check_assets(options.paths, _find_assets(options))


def monitor(options: argparse.Namespace) -> int:
    """Show live what an engine that plays is told, what that is bound to and what it did."""
    from engine.commands.monitor_lines import watch

    watch(options.host, options.osc_port, options.seconds, options.counts, sys.stdout)
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Say what works on this machine, what is missing, and how to mend it."""
    from engine.commands.examine import examine

    return examine(options.assets, options.user, options.osc_port)


def _read_manner(options: argparse.Namespace) -> dict[str, tuple[Argument, ...]]:
    """What was asked for of how a control is to play, as `/learn/<word>` takes it."""
    words: dict[str, tuple[Argument, ...]] = {}
    if options.range is not None:
        words["range"] = options.range
    for name in ("curve", "step", "takeover", "mode", "send"):
        if getattr(options, name) is not None:
            words[name] = (getattr(options, name),)
    if options.invert:
        words["invert"] = (1,)
    return words


def _choose_audio(wanted: str | None) -> tuple[str | None, Path | None]:
    """The name of an input, or a file that can be played. Raises MorphogenError for a bad file."""
    if not wanted:
        return None, None
    from engine.desk.audio.sound_file import check_sound, means_file
    from engine.output.ffmpeg import find_ffmpeg

    path = Path(wanted).expanduser()
    if not means_file(path):
        return wanted, None
    check_sound(find_ffmpeg(), path)
    return None, path.resolve()


def _find_assets(options: argparse.Namespace) -> Assets:
    """The assets with the user's own folder over them, as `--assets` and `--user` say."""
    from engine.assets import find_assets, find_user_folder

    return find_assets(options.assets, user=find_user_folder(options.user))


def _choose_tape(start: str) -> Tape | None:
    """The tape that is to be played, if it is one. Raises MorphogenError for one that is none."""
    from engine.tape.reading import SUFFIX, load_tape

    if not start.endswith(SUFFIX):
        return None
    return load_tape(Path(start))


def _read_library(options: argparse.Namespace) -> Library:
    """The library, with what is wrong in it said on stderr."""
    from engine.library import read_library

    library = read_library(_find_assets(options))
    for complaint in library.complaints:
        print(complaint, file=sys.stderr)
    return library


_COMMANDS: dict[str, Run] = {
    "play": play,
    "render": render,
    "tape": tape,
    "learn": learn,
    "monitor": monitor,
    "atlas": atlas,
    "list": list_things,
    "palette": palette,
    "new": new,
    "export": export,
    "check": check,
    "doctor": doctor,
}
