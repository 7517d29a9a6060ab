/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Rime: veins of ice in low light, a bright line where they grow, glitter that comes and goes",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "rime_height", "TYPE": "float", "LABEL": "Height of the veins", "MIN": 0.0, "MAX": 40.0, "DEFAULT": 14.0},
    {"NAME": "rime_sheet", "TYPE": "float", "LABEL": "Sheet between the veins", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
    {"NAME": "rime_edge", "TYPE": "float", "LABEL": "Line where it grows", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.8},
    {"NAME": "rime_glitter", "TYPE": "float", "LABEL": "Glitter", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "rime_lamp", "TYPE": "float", "LABEL": "Where the light stands", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
    {"NAME": "rime_twinkle", "TYPE": "float", "LABEL": "Pace of the glitter", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.25}
  ],
  "MORPHOGEN": {"KIND": "look", "UNITS": {"rime_lamp": "turns", "rime_twinkle": "turns/s"}, "PHASES": ["rime_twinkle"]}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/noise.glsl"

/* Read: field (body: the veins, light: the ice), trail. Grains of glitter lie on a grid of 1/360 of
   the height and shine while the light, the slope and their own turn agree. */

void main() {
    Surface here = surface_at(uv);
    float vein = clamp(here.body, 0.0, 1.0);
    float ice = clamp(here.light, 0.0, 1.0);
    float turn = 6.2831853 * rime_lamp;
    vec2 lamp = vec2(cos(turn), sin(turn));
    vec3 normal = normalize(vec3(-here.body_slope * rime_height, 1.0));
    float lit = 0.72 + 0.9 * dot(normal.xy, lamp);
    float moved = texture(trail, uv).g;
    float tone = vein * lit + rime_sheet * ice * (0.3 + 0.7 * sqrt(vein)) * lit * 0.55;
    float front = min(length(here.light_slope) * 5.0, 1.0);
    tone += rime_edge * front * front * (0.38 + 0.8 * moved);
    vec2 grain = floor(uv * vec2(360.0 * RENDERSIZE.x / RENDERSIZE.y, 360.0));
    float own = hash_noise(grain, 11);
    float shine = 0.5 + 0.5 * sin(6.2831853 * (rime_twinkle_phase + own));
    float glint = step(0.965, hash_noise(grain, 12)) * pow(shine, 6.0) * ice * (0.25 + vein);
    vec3 colour = palette(clamp(tone, 0.0, 1.0));
    colour += palette(0.98) * (glint * rime_glitter);
    colour += palette_accent() * (front * moved * rime_edge * 0.35);
    gl_FragColor = vec4(colour, 1.0);
}
