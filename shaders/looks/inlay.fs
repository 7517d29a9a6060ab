/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Inlay: polished bars laid in dark lacquer, under a lamp that is carried round",
  "CREDIT": "Morphogen; highlight: J. F. Blinn 1977, doi:10.1145/563858.563893",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "inlay_cut", "TYPE": "float", "LABEL": "Width of the bars", "MIN": 0.2, "MAX": 0.8, "DEFAULT": 0.5},
    {"NAME": "inlay_height", "TYPE": "float", "LABEL": "Roundness", "MIN": 0.0, "MAX": 40.0, "DEFAULT": 14.0},
    {"NAME": "inlay_gloss", "TYPE": "float", "LABEL": "Gloss", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.8},
    {"NAME": "inlay_pool", "TYPE": "float", "LABEL": "Reach of the lamp", "MIN": 0.1, "MAX": 3.0, "DEFAULT": 0.7},
    {"NAME": "inlay_orbit", "TYPE": "float", "LABEL": "Walk of the lamp", "MIN": -0.3, "MAX": 0.3, "DEFAULT": 0.03},
    {"NAME": "inlay_rim", "TYPE": "float", "LABEL": "Light of the far edge", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5}
  ],
  "MORPHOGEN": {
    "KIND": "look",
    "CURVES": {"inlay_pool": "log"},
    "UNITS": {"inlay_orbit": "turns/s", "inlay_pool": "heights"},
    "PHASES": ["inlay_orbit"]
  }
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* Read: field, trail. The bars are where the body is over the cut; what lately moved still glows. */

void main() {
    Surface here = surface_at(uv);
    float pixel = 256.0 * length(here.body_slope) / RENDERSIZE.y;
    float soft = max(0.7 * pixel, 0.015);
    float bar = smoothstep(inlay_cut - soft, inlay_cut + soft, here.body);
    float turn = 6.2831853 * inlay_orbit_phase;
    vec2 lamp = vec2(0.5 + 0.36 * cos(turn), 0.5 + 0.3 * sin(2.0 * turn + 0.6));
    vec2 toward = (lamp - uv) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float away = dot(toward, toward) / (inlay_pool * inlay_pool);
    float pool = 1.0 / (1.0 + away);
    vec3 key = normalize(vec3(toward, 0.3 * inlay_pool + 0.1));
    vec3 normal = normalize(vec3(-here.body_slope * inlay_height, 1.0));
    float lit = max(dot(normal, key), 0.0);
    float gloss = pow(max(dot(normal, normalize(key + vec3(0.0, 0.0, 1.0))), 0.0), 60.0);
    float metal = pool * (0.12 + 0.62 * lit + 0.5 * gloss * inlay_gloss);
    float lacquer = pool * pool * (0.05 + 0.10 * clamp(here.light, 0.0, 1.0));
    float moved = texture(trail, uv).g;
    vec3 colour = palette(clamp(mix(lacquer, metal + 0.35 * moved, bar), 0.0, 1.0));
    float rim = (1.0 - normal.z) * max(-dot(normal.xy, toward) / (length(toward) + 0.05), 0.0);
    colour += palette_accent() * (rim * inlay_rim * (0.25 + 0.75 * pool) * smoothstep(0.0, 0.12, inlay_cut + 0.1 - abs(here.body - inlay_cut)));
    gl_FragColor = vec4(colour, 1.0);
}
