/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Duet: body and light as two families of colour, the palette's and the accent's",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "duet_body", "TYPE": "float", "LABEL": "Strength of the body", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "duet_light", "TYPE": "float", "LABEL": "Strength of the light", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.7},
    {"NAME": "duet_edge", "TYPE": "float", "LABEL": "Edge between the two", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "duet_height", "TYPE": "float", "LABEL": "Height", "MIN": 0.0, "MAX": 30.0, "DEFAULT": 8.0}
  ],
  "MORPHOGEN": {"KIND": "look"}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* Read: field. Where the two meet they are mixed, not added: neither bleaches the other. */

void main() {
    Surface here = surface_at(uv);
    float body = clamp(here.body * duet_body, 0.0, 1.0);
    float light = clamp(here.light * duet_light, 0.0, 1.0);
    vec3 normal = normalize(vec3(-here.body_slope * duet_height, 1.0));
    float lit = 0.85 + 0.4 * dot(normal.xy, vec2(-0.64, 0.77));
    vec3 colour = palette(clamp(body * lit, 0.0, 1.0));
    colour = mix(colour, palette_accent() * (0.35 + 0.65 * light), 0.75 * light * light * (1.0 - 0.6 * body));
    float seam = 4.0 * length(here.body_slope - here.light_slope);
    seam = clamp(seam, 0.0, 1.0);
    colour += palette(0.95) * (seam * seam * duet_edge * 0.35 * (0.2 + body));
    gl_FragColor = vec4(colour, 1.0);
}
