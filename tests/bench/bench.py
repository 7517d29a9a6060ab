"""`make bench`: the engine's figures, as a table and in bench.json. Medians and ratios of one run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.gpu.layout import LAYOUTS
from engine.output.headless import open_headless
from tests.bench.changes import measure_changes, print_changes
from tests.bench.flood import measure_floods, print_floods
from tests.bench.frames import measure_frame
from tests.bench.latency import measure_first_picture, measure_osc_to_pixel
from tests.bench.layered import measure_layers
from tests.bench.modulation import measure_modulation
from tests.bench.poison import measure_poison
from tests.bench.steps import measure_models, measure_steps

SIZES = (256, 512, 1024, 2048)


def main() -> None:
    """Measure, print, write."""
    first = measure_first_picture()
    latency = measure_osc_to_pixel()
    poison = measure_poison()
    floods = measure_floods()
    changes = measure_changes()
    modulation = measure_modulation()
    with open_headless((16, 16)) as surface:
        renderer = surface.context.info["GL_RENDERER"]
        steps = measure_steps(surface.context, SIZES)
        frame = measure_frame(surface.context)
        models = measure_models(surface.context)
        layers = measure_layers(surface.context)
    print(f"on {renderer}\n")
    print("Gray-Scott, million cells a second (32 steps a frame, medians)")
    names = list(next(iter(steps.values())))
    print(f"{'size':>6}" + "".join(f"{name:>16}" for name in names))
    for size, row in steps.items():
        print(f"{size:>6}" + "".join(f"{row[name]:>16.1f}" for name in names))
    print("\nthe engine's quickest layout against each of the others")
    for size, row in steps.items():
        best = max(LAYOUTS, key=lambda layout: row[layout])
        others = [name for name in names if name not in LAYOUTS]
        ratios = "   ".join(f"{name} {row[best] / row[name]:.1f}x" for name in others)
        print(f"{size:>6}   {best:<8} {ratios}")
    print("\na step of each model, in steps of Gray-Scott")
    for name, cost in sorted(models.items(), key=lambda entry: entry[1]):
        print(f"{cost:>8.2f}  {name}")
    print(f"\nframe, CPU beyond the passes, 64 moving parameters, 32 steps: {frame:.2f} ms")
    print(
        f"the same of 4 layers, 2 effects on each, 64 modulators: {layers['frame']:.2f} ms "
        f"(the show's part {layers['show']:.2f} ms)"
    )
    print(f"64 modulators with 128 routes: {modulation['rig'] / 1000:.2f} ms of it")
    print("\nframes while scenes, layers, effects and palettes change")
    print_changes(changes)
    print(f"first picture after `play`: {first:.2f} s")
    print(
        f"OSC datagram to changed pixel at 60 Hz: p50 {latency['p50']} ms, p99 {latency['p99']} ms"
    )
    dearest = next(iter(poison))
    print(f"the dearest datagram to refuse or read: {poison[dearest]} ms ({dearest})")
    print("\nfloods of OSC into `play`, beside the idle minute of the same run")
    print_floods(floods)
    figures = {
        "renderer": renderer,
        "step_mcells": steps,
        "model_steps_of_gray_scott": models,
        "frame_cpu_ms": frame,
        "first_picture_s": first,
        "osc_to_pixel_ms": latency,
        "poison_ms": poison,
        "floods": floods,
        "changes": changes,
        "layers_cpu_ms": layers,
        "modulation_us": modulation,
    }
    Path("bench.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
