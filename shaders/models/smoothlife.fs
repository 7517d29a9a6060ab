/*{
  "ISFVSN": "2",
  "DESCRIPTION": "SmoothLife: the Game of Life without a grid; gliders that go any way, cords, blinking hearts",
  "CREDIT": "S. Rafler, Generalization of Conway's Game of Life to a continuous domain, 2011, arXiv:1111.1567",
  "CATEGORIES": ["Generator", "Cellular automaton"],
  "INPUTS": [
    {"NAME": "radius", "TYPE": "float", "LABEL": "Radius of the ring", "MIN": 6.0, "MAX": 15.0, "DEFAULT": 10.0},
    {"NAME": "radius_ratio", "TYPE": "float", "LABEL": "Ring to disc", "MIN": 2.0, "MAX": 5.0, "DEFAULT": 3.0},
    {"NAME": "birth_low", "TYPE": "float", "LABEL": "Born from", "MIN": 0.1, "MAX": 0.6, "DEFAULT": 0.257},
    {"NAME": "birth_high", "TYPE": "float", "LABEL": "Born up to", "MIN": 0.1, "MAX": 0.8, "DEFAULT": 0.336},
    {"NAME": "life_low", "TYPE": "float", "LABEL": "Lives on from", "MIN": 0.1, "MAX": 0.6, "DEFAULT": 0.365},
    {"NAME": "life_high", "TYPE": "float", "LABEL": "Lives on up to", "MIN": 0.1, "MAX": 1.0, "DEFAULT": 0.549},
    {"NAME": "soft_ring", "TYPE": "float", "LABEL": "Softness of those bounds", "MIN": 0.005, "MAX": 0.2, "DEFAULT": 0.028},
    {"NAME": "soft_disc", "TYPE": "float", "LABEL": "Softness between dead and living", "MIN": 0.01, "MAX": 0.6, "DEFAULT": 0.147},
    {"NAME": "of_bounds", "TYPE": "bool", "LABEL": "Dead and living differ by their bounds", "DEFAULT": false},
    {"NAME": "at_once", "TYPE": "bool", "LABEL": "In whole steps", "DEFAULT": false},
    {"NAME": "time_step", "TYPE": "float", "LABEL": "Length of a step", "MIN": 0.02, "MAX": 0.5, "DEFAULT": 0.1},
    {"NAME": "memory", "TYPE": "float", "LABEL": "Length of the trail", "MIN": 1.0, "MAX": 400.0, "DEFAULT": 40.0}
  ],
  "PASSES": [
    {"TARGETS": ["across_1", "across_2", "across_3", "across_4"], "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {
    "KIND": "rule",
    "CHANNELS": ["life", "trail"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.0, 0.0],
    "SHOWN": [[1.0, 0.0], [0.0, 1.0]],
    "RANGE": [[-0.25, 1.25], [-0.25, 1.25]],
    "DT": 1.0,
    "STEPS": 30,
    "TABLES": {"weights": "smoothlife"},
    "SEED": {"kind": "squares", "count": 30, "size": 0.14, "grow": 40},
    "CURVES": {"memory": "log"},
    "UNITS": {"radius": "cells", "memory": "steps"}
  }
}*/
#include "lib/separable.glsl"

/* m and n are the fillings of the disc and of the ring; s(n, m) says how much alive a place wants to be:
   s = mix(s2(n, b1, b2), s2(n, d1, d2), s1(m, 1/2)), or, by their bounds, s2(n, mix(b1, d1), mix(b2, d2)).
   life' = s in whole steps, else clamp(life + dt (2 s - 1)). Bounds that a hand puts the wrong way
   round make nothing live; the radius is held to 2 * ratio .. 15 cells at any scale.
   The exponent of s1 is held to +-60: beyond that a float knows no difference. */

float s1(float x, float a, float width) {
    return 1.0 / (1.0 + exp(clamp((a - x) * 4.0 / width, -60.0, 60.0)));
}

float s2(float x, float a, float b) {
    return s1(x, a, soft_ring) * (1.0 - s1(x, b, soft_ring));
}

void main() {
#if PASSINDEX == 0
    vec4 a[QUADS] = vec4[](vec4(0.0), vec4(0.0), vec4(0.0), vec4(0.0));
    SUM_ACROSS(state, r, outside.r, a)
    gl_FragData[0] = a[0];
    gl_FragData[1] = a[1];
    gl_FragData[2] = a[2];
    gl_FragData[3] = a[3];
#else
    vec2 here = texture(state, uv).rg;
    vec2 filled = sum_all_down(across_1, across_2, across_3, across_4) + outside.r;
    float living = s1(filled.x, 0.5, soft_disc);
    float wanted = of_bounds
        ? s2(filled.y, mix(birth_low, life_low, living), mix(birth_high, life_high, living))
        : mix(s2(filled.y, birth_low, birth_high), s2(filled.y, life_low, life_high), living);
    float life = clamp(at_once ? wanted : here.r + time_step * (2.0 * wanted - 1.0), 0.0, 1.0);
    gl_FragColor = vec4(life, mix(here.g, life, 1.0 / memory), 0.0, 0.0);
#endif
}
