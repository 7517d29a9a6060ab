/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Lenia: creatures of smooth matter that glide, turn, pulse and divide",
  "CREDIT": "B. W.-C. Chan, Lenia: Biology of Artificial Life, Complex Systems 28(3), 2019, doi:10.25088/ComplexSystems.28.3.251",
  "CATEGORIES": ["Generator", "Cellular automaton"],
  "INPUTS": [
    {"NAME": "radius", "TYPE": "float", "LABEL": "Radius of the senses", "MIN": 6.0, "MAX": 15.0, "DEFAULT": 13.0},
    {"NAME": "ring_1", "TYPE": "float", "LABEL": "Inner ring", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 1.0},
    {"NAME": "ring_2", "TYPE": "float", "LABEL": "Middle ring", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "ring_3", "TYPE": "float", "LABEL": "Outer ring", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "mu", "TYPE": "float", "LABEL": "Company it likes", "MIN": 0.05, "MAX": 0.5, "DEFAULT": 0.15},
    {"NAME": "sigma", "TYPE": "float", "LABEL": "How strictly", "MIN": 0.008, "MAX": 0.12, "DEFAULT": 0.015},
    {"NAME": "slowness", "TYPE": "float", "LABEL": "Steps in a time", "MIN": 4.0, "MAX": 60.0, "DEFAULT": 10.0},
    {"NAME": "second", "TYPE": "float", "LABEL": "Share of the second sense", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "second_radius", "TYPE": "float", "LABEL": "Reach of the second sense", "MIN": 0.3, "MAX": 1.0, "DEFAULT": 0.6},
    {"NAME": "second_mu", "TYPE": "float", "LABEL": "Company the second likes", "MIN": 0.05, "MAX": 0.6, "DEFAULT": 0.2},
    {"NAME": "second_sigma", "TYPE": "float", "LABEL": "How strictly the second", "MIN": 0.008, "MAX": 0.2, "DEFAULT": 0.03},
    {"NAME": "memory", "TYPE": "float", "LABEL": "Length of the trail", "MIN": 1.0, "MAX": 400.0, "DEFAULT": 30.0}
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
    "TABLES": {"weights": "lenia"},
    "SEED": {"kind": "cells", "file": "seeds/orbium.cells", "count": 12, "size": 0.15},
    "CURVES": {"sigma": "log", "second_sigma": "log", "slowness": "log", "memory": "log"},
    "UNITS": {"radius": "cells", "slowness": "steps", "second_radius": "of the radius", "memory": "steps"}
  }
}*/
#include "lib/separable.glsl"

/* A' = clamp(A + G / T), G = (1 - h) g(K1 * A, mu, sigma) + h g(K2 * A, mu2, sigma2),
   g(u) = 2 max(0, 1 - (u - mu)^2 / (9 sigma^2))^4 - 1: the polynomial kernel core and growth of
   Chan's Python version (kn = 1, gn = 1). T is the slowness. The radius is held to 4..15 cells at any scale. */

float growth(float u, float middle, float width) {
    float away = (u - middle) / (3.0 * width);
    float near = max(0.0, 1.0 - away * away);
    return 2.0 * near * near * near * near - 1.0;
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
    vec2 sensed = sum_all_down(across_1, across_2, across_3, across_4) + outside.r;
    float grown = mix(growth(sensed.x, mu, sigma), growth(sensed.y, second_mu, second_sigma), second);
    float life = clamp(here.r + grown / slowness, 0.0, 1.0);
    gl_FragColor = vec4(life, mix(here.g, life, 1.0 / memory), 0.0, 0.0);
#endif
}
