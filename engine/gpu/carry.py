"""Carry: once a frame, before its steps, a field is moved on by the scene's flow."""

from __future__ import annotations

from collections.abc import Mapping

import moderngl

from engine.gpu.field import Field
from engine.gpu.live_sources import Fields
from engine.gpu.shelf import Shelf
from engine.show.frame import VoiceFrame
from engine.show.sources.flow import PACE, SIZE, SPEED

CURL, SLOPE, VELOCITY = 0, 1, 2
NO_DRIFT = (0.0, 0.0)


class Carrier:
    """Owns the sampler through which another field is read."""

    def __init__(self, context: moderngl.Context, shelf: Shelf) -> None:
        self._context, self._shelf = context, shelf
        shelf.pick("carry")
        linear = (moderngl.LINEAR, moderngl.LINEAR)
        self._smooth = context.sampler(False, False, filter=linear)

    def carry(
        self,
        field: Field,
        voice: VoiceFrame,
        sources: Mapping[str, moderngl.Texture],
        fields: Fields,
    ) -> None:
        """Move `field` by as much of the flow as `voice.seconds` are. Nothing where none passed,
        where it stands, or where the layer that drives it is not there."""
        flow, values = voice.scene.flow, voice.values
        if flow is None:
            return
        speed = values[SPEED]
        assert isinstance(speed, (int, float))
        driven_by = fields.get(flow.layer)
        if speed * voice.seconds == 0.0 or (flow.layer and driven_by is None):
            return
        program = self._shelf.pick("carry")
        kind = SLOPE if flow.by else VELOCITY if flow.layer else CURL
        program.set(
            {
                "flow_kind": kind,
                "reach": speed * voice.seconds,
                "aspect": voice.columns / voice.rows,
                "flow_size": values.get(SIZE, 1.0),
                "flow_phase": values.get(f"{PACE}_phase", 0.0),
                "driver_drift": values.get(f"{flow.by}_drift", NO_DRIFT),
            }
        )
        field.target.use()
        field.use(0)
        self._context.clear_samplers(1, 2)
        if flow.by:
            sources[flow.by].use(1)
        elif driven_by:
            driven_by[0].front.use(1)
            self._smooth.use(1)
        program.bind()
        program.draw()
        self._smooth.clear(1)
        field.swap()

    def release(self) -> None:
        self._smooth.release()
