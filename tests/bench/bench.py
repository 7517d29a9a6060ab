"""`make bench`: the engine's figures, as a table and in bench.json. Medians and ratios of one run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.output.headless import open_headless
from tests.bench.frames import measure_frame
from tests.bench.latency import measure_first_picture, measure_osc_to_pixel
from tests.bench.steps import measure_steps

SIZES = (256, 512, 1024)


def main() -> None:
    """Measure, print, write."""
    first = measure_first_picture()
    latency = measure_osc_to_pixel()
    with open_headless((16, 16)) as surface:
        renderer = surface.context.info["GL_RENDERER"]
        steps = measure_steps(surface.context, SIZES)
        frame = measure_frame(surface.context)
    print(f"on {renderer}\n")
    print("Gray-Scott, million cells a second (32 steps a frame, medians)")
    names = list(next(iter(steps.values())))
    print(f"{'size':>6}" + "".join(f"{name:>17}" for name in names) + f"{'bare / engine':>17}")
    for size, row in steps.items():
        cost = row["bare_texture"] / row["engine"]
        print(f"{size:>6}" + "".join(f"{row[name]:>17.1f}" for name in names) + f"{cost:>16.2f}x")
    print(f"\nframe, CPU beyond the passes, 64 moving parameters, 32 steps: {frame:.2f} ms")
    print(f"first picture after `play`: {first:.2f} s")
    print(
        f"OSC datagram to changed pixel at 60 Hz: p50 {latency['p50']} ms, p99 {latency['p99']} ms"
    )
    figures = {
        "renderer": renderer,
        "step_mcells": steps,
        "frame_cpu_ms": frame,
        "first_picture_s": first,
        "osc_to_pixel_ms": latency,
    }
    Path("bench.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
