/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Water: the body is a surface; light gathers below it and glints upon it",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "water_height", "TYPE": "float", "LABEL": "Height of the waves", "MIN": 0.0, "MAX": 40.0, "DEFAULT": 12.0},
    {"NAME": "water_depth", "TYPE": "float", "LABEL": "Depth of the floor", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "water_glint", "TYPE": "float", "LABEL": "Glints", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "water_floor", "TYPE": "float", "LABEL": "Light on the floor", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.7},
    {"NAME": "water_sky", "TYPE": "float", "LABEL": "Sky in the water", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "water_swell", "TYPE": "float", "LABEL": "Pace of the swell", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.05}
  ],
  "MORPHOGEN": {
    "KIND": "look",
    "UNITS": {"water_swell": "turns/s"},
    "PHASES": ["water_swell"]
  }
}*/
/* Read: field, palette_image; written: linear light.
   Caustics: where the surface bends upwards it is a lens, and light on the floor is dense as
   1 / (1 + depth * Laplacian). */
#define SURFACE_BEND
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/wave.glsl"

void main() {
    Surface here = surface_at(uv);
    vec2 place = uv * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float turn = water_swell_phase;
    /* A long swell under the rings, of two crossing waves. */
    vec2 swell = 0.006 * wave(vec2(1.11, 0.80) * place.yx + vec2(0.48, -0.32) * place + vec2(turn, 0.16 - turn));
    vec2 slope = here.body_slope + swell;
    vec3 normal = normalize(vec3(-slope * water_height, 1.0));

    float lens = 1.0 + water_depth * 150.0 * here.body_bend;
    float dense = 1.0 / max(abs(lens), 0.18);
    vec2 floor_place = place + slope * water_depth * 4.0;
    /* The floor: large shoals, and over them the net of light that a bent surface throws. */
    vec2 bed = wave(floor_place.yx * vec2(0.33, 0.46) + vec2(turn, 0.32) + 0.21 * wave(floor_place * 0.27 + turn));
    float shoal = 0.5 + 0.25 * (bed.x + bed.y);
    vec2 net = wave(floor_place.yx * vec2(2.07, 2.71) + 0.35 * wave(floor_place * vec2(1.43, 1.11) + vec2(2.0 * turn, -turn)) + 0.64 * bed);
    float knot = max(1.0 - 0.8 * abs(net.x + net.y), 0.0);
    knot *= knot;

    vec3 key = vec3(-0.42, 0.56, 0.71);
    float gloss = max(dot(normal, normalize(key + vec3(0.0, 0.0, 1.0))), 0.0);
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    float sheen = clamp(dot(slope, vec2(-0.6, 0.8)) * water_height * 0.7, 0.0, 1.0);

    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    float gathered = min(dense * dense * (0.22 + 0.8 * knot), 2.6);
    float light = (0.08 + 1.3 * shoal * shoal) * gathered * water_floor;
    vec3 colour = palette(0.2 + 0.3 * shoal + 0.2 * min(gathered, 1.4)) * light;
    colour += palette(0.35 + 0.5 * sheen) * (sheen * sheen * (0.4 + shoal) * water_sky);
    colour += (0.4 * accent + texelFetch(palette_image, ivec2(243, 0), 0).rgb) * (gloss * gloss * gloss * water_glint);
    /* Black, or the paper of a palette that prints, dimmed to leave room for the glow. */
    vec3 ground = 0.72 * texelFetch(palette_image, ivec2(0, 0), 0).rgb;
    colour += ground * (1.0 - min(light + sheen * sheen * water_sky, 1.0));
    gl_FragColor = vec4(colour, 1.0);
}
