/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Phase: where each place stands in its turn; a crest with a long tail behind it, dark hearts",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "phase_tail", "TYPE": "float", "LABEL": "Fall of the tail", "MIN": 0.4, "MAX": 6.0, "DEFAULT": 1.6},
    {"NAME": "phase_arms", "TYPE": "float", "LABEL": "Second arm", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "phase_height", "TYPE": "float", "LABEL": "Height of the folds", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "phase_crest", "TYPE": "float", "LABEL": "Light on the crest", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "phase_heart", "TYPE": "float", "LABEL": "Light in the hearts", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "phase_lamp", "TYPE": "float", "LABEL": "Where the light stands", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.37}
  ],
  "MORPHOGEN": {"KIND": "look", "CURVES": {"phase_tail": "log"}, "UNITS": {"phase_lamp": "turns"}}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* Read: field, whose body and light are taken as the two sides of a turning hand, both about 0.5.
   A crest stands where the hand passes noon; its edge is as sharp as a pixel allows. */

float crest_at(float turn, float width, float fall) {
    float since = fract(turn);
    return pow(1.0 - since, fall) * smoothstep(0.0, width, since);
}

void main() {
    Surface here = surface_at(uv);
    vec2 hand = 2.0 * vec2(here.body, here.light) - 1.0;
    float reach = dot(hand, hand);
    float turn = atan(hand.y, hand.x) / 6.2831853;
    vec2 slope = (hand.x * here.light_slope - hand.y * here.body_slope) / (3.1415927 * max(reach, 0.02));
    float steep = length(slope);
    float pixel = 256.0 * steep / RENDERSIZE.y;
    float width = clamp(1.5 * pixel, 0.004, 0.5);
    float one = crest_at(turn, width, phase_tail);
    float two = crest_at(2.0 * turn, min(2.0 * width, 0.5), 0.7 * phase_tail);
    float wave = mix(one, two, phase_arms);
    float alive = smoothstep(0.02, 0.45, reach);
    vec2 lamp = vec2(cos(6.2831853 * phase_lamp), sin(6.2831853 * phase_lamp));
    float fold = dot(slope / (steep + 0.02), lamp) * (1.0 - exp(-30.0 * steep));
    float lit = wave * (1.0 + 0.6 * phase_height * fold);
    vec3 colour = palette(clamp(lit * alive, 0.0, 1.0));
    float thin = smoothstep(0.85, 1.0, wave) * alive;
    colour += palette_accent() * (thin * phase_crest * (0.4 + 0.6 * max(fold, 0.0)));
    float heart = exp(-6.0 * reach);
    colour += palette_accent() * (heart * heart * phase_heart);
    gl_FragColor = vec4(colour, 1.0);
}
