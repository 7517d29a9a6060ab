/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Flat: the body straight through the palette, with a breath of edge",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "flat_edge", "TYPE": "float", "LABEL": "Edge light", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.4},
    {"NAME": "flat_gamma", "TYPE": "float", "LABEL": "Depth of the darks", "MIN": 0.3, "MAX": 3.0, "DEFAULT": 1.0}
  ],
  "MORPHOGEN": {"KIND": "look", "CURVES": {"flat_gamma": "log"}}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"

void main() {
    Surface here = surface_at(uv);
    float body = clamp(here.body, 0.0, 1.0);
    float edge = clamp(length(here.body_slope) * 4.0, 0.0, 1.0);
    vec3 colour = palette(pow(body, flat_gamma));
    colour += palette_accent() * (edge * edge * flat_edge);
    gl_FragColor = vec4(colour, 1.0);
}
