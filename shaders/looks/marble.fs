/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Marble: rings of ink on water, drawn out by a slow hand",
  "CREDIT": "Morphogen, after suminagashi",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "marble_rings", "TYPE": "float", "LABEL": "Rings", "MIN": 0.5, "MAX": 8.0, "DEFAULT": 3.0},
    {"NAME": "marble_ink", "TYPE": "float", "LABEL": "Breadth of the ink", "MIN": 0.05, "MAX": 0.95, "DEFAULT": 0.4},
    {"NAME": "marble_wash", "TYPE": "float", "LABEL": "Wash", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "marble_warp", "TYPE": "float", "LABEL": "Reach of the hand", "MIN": 0.0, "MAX": 0.3, "DEFAULT": 0.1},
    {"NAME": "marble_flow", "TYPE": "float", "LABEL": "Speed of the hand", "MIN": -0.2, "MAX": 0.2, "DEFAULT": 0.01},
    {"NAME": "marble_seal", "TYPE": "float", "LABEL": "Second ink", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4}
  ],
  "MORPHOGEN": {"KIND": "look", "UNITS": {"marble_flow": "turns/s"}, "PHASES": ["marble_flow"]}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/swirl.glsl"

/* Read: field, through a slow swirl. Every doubling of the body is a few rings; each ring is as
   black as the drop is fresh, and is laid on as ink is: the palette's end, never a sum of light. */

void main() {
    vec2 place = swirl(uv, marble_flow_phase, marble_warp);
    Surface here = surface_at(place);
    float much = max(here.body, 0.0);
    float level = marble_rings * log2(1.0 + 24.0 * much);
    float turn = fract(level);
    float pixel = min(fwidth(level) * 0.75, 0.5);
    float edge = min(abs(turn - 0.5) * 2.0, 1.0);
    float line = smoothstep(1.0 - marble_ink - 2.0 * pixel, 1.0 - marble_ink + 2.0 * pixel, edge);
    line = mix(line, marble_ink, smoothstep(0.25, 0.5, pixel));
    float ring = floor(level + 0.5);
    float tone = 0.55 + 0.45 * sin(ring * 2.4 + 1.0);
    float fresh = smoothstep(0.0, 0.06, much);
    float wash = marble_wash * smoothstep(0.1, 1.0, much) * (0.6 + 0.4 * swirl_height(place, marble_flow_phase));
    float ink = clamp(wash + line * fresh * (0.35 + 0.65 * tone), 0.0, 1.0);
    vec3 colour = palette(ink);
    float seal = marble_seal * line * fresh * step(abs(mod(ring, 9.0) - 4.0), 0.25);
    gl_FragColor = vec4(mix(colour, palette_accent(), seal), 1.0);
}
