/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Iridescent: a thin film, coloured by its thickness, that runs and drains over the field",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "iridescent_orders", "TYPE": "float", "LABEL": "Orders of colour", "MIN": 0.3, "MAX": 5.0, "DEFAULT": 1.6},
    {"NAME": "iridescent_depth", "TYPE": "float", "LABEL": "Weight of the pattern", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.7},
    {"NAME": "iridescent_warp", "TYPE": "float", "LABEL": "Run of the film", "MIN": 0.0, "MAX": 0.3, "DEFAULT": 0.08},
    {"NAME": "iridescent_flow", "TYPE": "float", "LABEL": "Speed of the run", "MIN": -0.2, "MAX": 0.2, "DEFAULT": 0.012},
    {"NAME": "iridescent_black", "TYPE": "float", "LABEL": "Black film", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "iridescent_sheen", "TYPE": "float", "LABEL": "Sheen", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5}
  ],
  "MORPHOGEN": {"KIND": "look", "UNITS": {"iridescent_flow": "turns/s"}, "PHASES": ["iridescent_flow"]}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/swirl.glsl"

/* Read: field, through a slow swirl. Thickness is a large map plus the pattern; colour goes up and
   down the palette with it, so that no palette shows a seam; where the film is thinnest it is black. */

void main() {
    vec2 place = swirl(uv, iridescent_flow_phase, iridescent_warp);
    Surface here = surface_at(place);
    float drain = swirl_height(uv + 0.5 * (place - uv), iridescent_flow_phase);
    float pattern = here.body - 0.5;
    float thick = max(0.5 + 0.5 * drain - 0.6 * iridescent_black + iridescent_depth * pattern * (0.35 + 0.5 * drain), 0.0);
    float order = iridescent_orders * thick;
    float colour_at = 1.0 - abs(2.0 * fract(0.5 * order) - 1.0);
    float film = smoothstep(0.0, 0.22, thick);
    vec3 normal = normalize(vec3(-here.body_slope * 9.0, 1.0));
    float lit = dot(normal, vec3(-0.52, 0.62, 0.59));
    vec3 colour = palette(clamp(colour_at * film * (0.75 + 0.4 * lit), 0.0, 1.0));
    float sheen = pow(clamp(lit, 0.0, 1.0), 14.0);
    colour += palette_accent() * (sheen * iridescent_sheen * film);
    gl_FragColor = vec4(colour, 1.0);
}
