"""The running voices: begun when a frame has them, stepped as it says, let go of when they have left.

What a frame announces is worked out beside it: by a thread what the processor has to do, then, between
two frames, what the GPU needs. A voice that begins unannounced, or before that is done, is waited for.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import moderngl

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.gpu.generating import Generating, Voiced, begin_voice
from engine.gpu.live_sources import Fields, Footage
from engine.gpu.pulse import Pulses
from engine.gpu.running import Running
from engine.gpu.shelf import Shelf
from engine.gpu.start import Start, make_start
from engine.show.catalogue import Model
from engine.show.frame import Frame, VoiceFrame
from engine.show.life.life import Pulse


class CannotBeginError(MorphogenError):
    """A voice that cannot begin: its shader does not compile, or its seed's picture is not there."""

    def __init__(self, key: int, *complaints: Complaint) -> None:
        super().__init__(*complaints)
        self.key = key


class Voices:
    """Owns the running voices, by their keys, and the thread that works out the next ones."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        models: Mapping[str, Model],
        folder: Folder,
        footage: Footage | None = None,
    ) -> None:
        """`folder` is where images lie, `footage` opens films and cameras."""
        self.models = models
        self._context, self._shelf = context, shelf
        self._folder, self._footage = folder, footage
        self._running: dict[int, Voiced] = {}
        self._starts: dict[int, Future[Start]] = {}
        self._ready: set[int] = set()  # those that have not begun yet
        self._gone: list[Voiced] = []
        self._thread: ThreadPoolExecutor | None = None
        self._pulses = Pulses(context, shelf)

    def __getitem__(self, key: int) -> Voiced:
        return self._running[key]

    def find(self, key: int) -> Voiced | None:
        return self._running.get(key)

    def begins(self, frame: Frame) -> bool:
        """Whether a voice begins in this frame that is not ready."""
        return any(v.key not in self._running for layer in frame.layers for v in layer.voices)

    @property
    def looks_at(self) -> set[int]:
        """The layers whose pictures drive something; 0: the whole."""
        return {n for running in self._begun() for n in running.looks_at}

    def look(self, layer: int, picture: moderngl.Texture) -> None:
        """A layer's picture of this frame, for sources that read it in the next."""
        for running in self._begun():
            running.look(layer, picture)

    def step(self, frame: Frame) -> None:
        """Begin and end voices, and step every field as the frame says.

        Raises `CannotBeginError`, before anything is stepped.
        """
        self._keep(frame)
        fields = self._fields(frame)
        for layer in frame.layers:
            turned = {voice.becoming.key: voice for voice in layer.voices if voice.becoming}
            for voice in layer.voices:
                running = self._running[voice.key]
                if voice.key in turned:
                    into = turned[voice.key]
                    other = self._running[into.key]
                    assert isinstance(running, Running) and isinstance(other, Running)
                    running.step_into(voice, other, into, fields)
                elif voice.becoming is None:  # else it has been stepped by the one that it was
                    running.step(voice, fields)
            for voice in layer.voices:
                if voice.pulse:
                    running = self._running[voice.key]
                    self._pulses.ask(voice.key, running.model, running.field)

    def take_pulses(self) -> list[Pulse]:
        """How the fields were some frames ago; to be called once a frame. Never waits."""
        return self._pulses.take()

    def prepare(self, frame: Frame, size: tuple[int, int]) -> bool:
        """Beside the frame: make ready one voice that it announces, for a picture of this size; whether
        there was anything to do.

        One that cannot begin is left for its turn, when that is said.
        """
        if self._gone:
            self._gone.pop().release()
            return True
        for voice in _coming(frame):
            start = self._starts.get(voice.key)
            waits = voice.scene.generator is None and (start is None or not start.done())
            if waits or voice.key in self._running:
                continue
            try:
                self._make(voice, frame)
                running = self._running[voice.key]
                if isinstance(running, Generating):
                    running.prepare(size)
            except MorphogenError:
                continue
            return True
        return False

    def adopt(self, models: Mapping[str, Model]) -> None:
        """Take edited models. A field whose channels or precision changed begins anew."""
        self.models = models
        self._starts.clear()
        for key, running in list(self._running.items()):
            if not running.adopt(models.get(running.model.id, running.model)):
                self._running.pop(key).release()

    def take_complaints(self) -> list[Complaint]:
        """What scenes go on without: files of sources that are missing, each once."""
        return [c for running in self._running.values() for c in running.take_complaints()]

    def forget(self) -> None:
        """Let go of all voices; the next frame begins its own."""
        for running in (*self._running.values(), *self._gone):
            running.release()
        self._running.clear()
        self._gone.clear()
        self._ready.clear()
        self._starts.clear()
        self._pulses.keep(())

    def release(self) -> None:
        if self._thread:
            self._thread.shutdown(wait=True, cancel_futures=True)
        self.forget()
        self._pulses.release()

    def _keep(self, frame: Frame) -> None:
        """Begin voices that are new, let go of those that have left."""
        voices = {voice.key: voice for layer in frame.layers for voice in layer.voices}
        coming = {voice.key: voice for voice in _coming(frame)}
        for key, voice in voices.items():
            if key not in self._running:
                try:
                    self._make(voice, frame)
                except MorphogenError as error:
                    raise CannotBeginError(key, *error.complaints) from None
            if key in self._ready:
                self._ready.remove(key)
                running, origin = self._running[key], self._origin(voice, frame)
                if isinstance(running, Running) and isinstance(origin, Running):
                    running.inherit(origin, voice)
        for key in [key for key in self._running if key not in voices and key not in coming]:
            self._gone.append(self._running.pop(key))
            self._ready.discard(key)
            self._pulses.keep(voices)
        for key in [key for key in self._starts if key not in coming]:
            self._starts.pop(key).cancel()
        for key, voice in coming.items():
            known = key in self._starts or key in self._running
            if not known and voice.scene.generator is None:
                self._starts[key] = self._work_out(voice, frame)

    def _work_out(self, voice: VoiceFrame, frame: Frame) -> Future[Start]:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "starts")
        alone = self._origin(voice, frame) is None
        model = self.models[voice.scene.model]
        return self._thread.submit(make_start, model, voice, self._folder, alone=alone)

    def _start(self, voice: VoiceFrame, frame: Frame) -> Start:
        alone = self._origin(voice, frame) is None
        return make_start(self.models[voice.scene.model], voice, self._folder, alone=alone)

    def _make(self, voice: VoiceFrame, frame: Frame) -> None:
        """Everything a voice needs but what it takes over from others, which it does when it begins."""
        known, start = self._starts.pop(voice.key, None), None
        if voice.scene.generator is None:
            worked_out = known if known and not known.cancelled() else None
            start = worked_out.result() if worked_out else self._start(voice, frame)
        self._running[voice.key] = begin_voice(
            self._context,
            self._shelf,
            self.models,
            voice,
            self._folder,
            self._footage,
            start,
        )
        self._ready.add(voice.key)

    def _begun(self) -> list[Running]:
        voices = self._running.items()
        return [v for key, v in voices if isinstance(v, Running) and key not in self._ready]

    def _origin(self, voice: VoiceFrame, frame: Frame) -> Voiced | None:
        """What was there before, or plays on the layer that its seed looks at."""
        if voice.scene.seed.kind == "layer":
            wanted = int(voice.scene.seed.arguments["layer"])
            for layer in frame.layers:
                if layer.number == wanted and layer.voices:
                    there = self._running.get(layer.voices[-1].key)
                    return there if layer.voices[-1].key != voice.key else None
            return None
        return self._running.get(voice.origin or 0)

    def _fields(self, frame: Frame) -> Fields:
        played = {
            layer.number: self._running[layer.voices[-1].key]
            for layer in frame.layers
            if layer.voices
        }
        return {number: (running.field, running.model) for number, running in played.items()}


def _coming(frame: Frame) -> list[VoiceFrame]:
    return [voice for layer in frame.layers for voice in layer.coming]
