/*{
  "ISFVSN": "2",
  "DESCRIPTION": "__TITLE__: a look of my own",
  "CREDIT": "Me",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "__NAME___edge", "TYPE": "float", "LABEL": "Edge light", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "__NAME___gamma", "TYPE": "float", "LABEL": "Depth of the darks", "MIN": 0.3, "MAX": 3.0, "DEFAULT": 1.0}
  ],
  "MORPHOGEN": {"KIND": "look", "CURVES": {"__NAME___gamma": "log"}}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* A look's own parameters begin with its name, so that no model has one called so. Out goes linear
   light: 1 is white, more glows. `trail` holds a slow mean of the body (red) and how much it moves
   (green). */
void main() {
    Surface here = surface_at(uv);
    float body = clamp(here.body, 0.0, 1.0);
    float edge = clamp(length(here.body_slope) * 4.0, 0.0, 1.0);
    float moved = texture(trail, uv).g;
    vec3 colour = palette(pow(body, __NAME___gamma)) * (0.8 + 0.2 * clamp(moved, 0.0, 1.0));
    colour += palette_accent() * (edge * edge * __NAME___edge);
    gl_FragColor = vec4(colour, 1.0);
}
