"""Flow: what carries a field along. Data only.

    [flow]              # empty: eddies of curl noise
    by = "terrain"      # a source: along its contours
    layer = 2           # or the velocity that a layer's first two channels are

How fast is the parameter `flow`, in heights a second; `flow_size` and `flow_pace` are the eddies'.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.show.parameter import Parameter

SPEED, SIZE, PACE = "flow", "flow_size", "flow_pace"


@dataclass(frozen=True, slots=True)
class Flow:
    """`by` is a source's name, `layer` a layer's number; without either it is curl noise."""

    by: str = ""
    layer: int = 0


def flow_parameters(flow: Flow | None) -> list[Parameter]:
    if flow is None:
        return []
    found = [
        Parameter(SPEED, "float", (0.05,), (0.0,), (0.5,), label="Flow", unit="heights/s"),
    ]
    if not flow.by and not flow.layer:
        found += [
            Parameter(
                SIZE,
                "float",
                (0.3,),
                (0.03,),
                (0.5,),
                label="Size of eddies",
                unit="heights",
                curve="log",
            ),
            Parameter(
                PACE,
                "float",
                (0.03,),
                (0.0,),
                (0.5,),
                label="Change of the flow",
                unit="turns/s",
                phase=True,
            ),
        ]
    return found
