/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Glimmer: cells that shine from within in dark water, with motes drifting by",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "glimmer_core", "TYPE": "float", "LABEL": "Light of the kernel", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.8},
    {"NAME": "glimmer_skin", "TYPE": "float", "LABEL": "Light of the skin", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.8},
    {"NAME": "glimmer_aura", "TYPE": "float", "LABEL": "Aura in the water", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "glimmer_birth", "TYPE": "float", "LABEL": "Flash of what divides", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "glimmer_motes", "TYPE": "float", "LABEL": "Motes", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "glimmer_current", "TYPE": "float", "LABEL": "Current", "MIN": -0.3, "MAX": 0.3, "DEFAULT": 0.02}
  ],
  "MORPHOGEN": {
    "KIND": "look",
    "UNITS": {"glimmer_current": "turns/s"},
    "PHASES": ["glimmer_current"]
  }
}*/
/* Read: field, trail (what moves), palette_image; written: linear light. */
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/noise.glsl"
#include "lib/wave.glsl"

/* Motes: one in some squares of a grid that the current carries; each blinks in its own time. */
float glimmer_mote(vec2 place, float squares) {
    vec2 grid = place * squares;
    float chance = hash_noise(floor(grid) + 512.0, 3);
    float other = fract(chance * 977.0);
    vec2 off = fract(grid) - 0.25 - 0.5 * vec2(other, fract(chance * 3571.0));
    float near = max(1.0 - dot(off, off) * 160.0, 0.0);
    float blink = abs(fract(other + TIME * (0.1 + 0.1 * chance)) * 2.0 - 1.0);
    return chance > 0.72 ? near * near * blink : 0.0;
}

void main() {
    vec2 sway = 0.006 * wave(glimmer_current_phase + vec2(1.4, 1.8) * uv.yx + vec2(0.0, 0.16));
    Surface here = surface_at(uv + sway);
    float moves = texture(trail, uv + sway).g;
    float body = clamp(here.body, 0.0, 1.0);
    float light = clamp(here.light, 0.0, 1.0);
    float steep = clamp(length(here.body_slope) * 9.0, 0.0, 1.0);
    float core = smoothstep(0.45, 0.95, body);
    float lean = clamp(0.5 + dot(here.body_slope, vec2(5.0, -7.0)), 0.0, 1.0);

    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    vec3 tone = palette(0.25 + 0.65 * body);
    vec3 colour = palette(0.55 * light) * (0.35 * glimmer_aura * light);
    colour += tone * (steep * steep * (0.35 + lean) * glimmer_skin);
    colour += tone * (core * core * glimmer_core);
    colour += accent * (moves * moves * body * glimmer_birth);
    vec2 place = uv * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) + vec2(0.02 * TIME, 0.5 * sway.x);
    colour += texelFetch(palette_image, ivec2(180, 0), 0).rgb * (glimmer_mote(place, 34.0) * glimmer_motes * (1.0 - body) * 0.6);
    /* Black, or the paper of a palette that prints, dimmed to leave room for the glow. */
    vec3 ground = 0.72 * texelFetch(palette_image, ivec2(0, 0), 0).rgb;
    float cover = max(body, max(steep * steep * glimmer_skin, 0.5 * light * glimmer_aura));
    colour += ground * (1.0 - min(cover, 1.0));
    gl_FragColor = vec4(colour, 1.0);
}
