/*{
  "ISFVSN": "2",
  "DESCRIPTION": "KPZ growth: a surface rained upon grows along its own slopes, into hills and clefts",
  "CREDIT": "M. Kardar, G. Parisi and Y.-C. Zhang, Phys. Rev. Lett. 56 (1986), doi:10.1103/PhysRevLett.56.889; bounded slopes: C. Dasgupta, J. M. Kim, M. Dutta and S. Das Sarma, Phys. Rev. E 55 (1997), doi:10.1103/PhysRevE.55.2235",
  "CATEGORIES": ["Generator", "Growth"],
  "INPUTS": [
    {"NAME": "smoothing", "TYPE": "float", "LABEL": "Smoothing", "MIN": 0.2, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "growth", "TYPE": "float", "LABEL": "Growth along the slope", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 2.0},
    {"NAME": "rough", "TYPE": "float", "LABEL": "Noise that falls on it", "MIN": 0.0, "MAX": 0.5, "DEFAULT": 0.2},
    {"NAME": "hold", "TYPE": "float", "LABEL": "Hold on the mean height", "MIN": 0.003, "MAX": 0.05, "DEFAULT": 0.008}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["height", "drift"],
    "REST": [0.0, 0.0],
    "BRUSH": [12.0, 0.0],
    "SHOWN": [[0.045, 0.0, 0.42], [0.0, 1.5, 0.2]],
    "RANGE": [[-256.0, 256.0], [-4.0, 4.0]],
    "DT": 0.35,
    "STEPS": 60,
    "NOISE": true,
    "LIMIT": {"DIFFUSION": "1.5 * smoothing", "REACTION": "0.37 * growth / smoothing + 2 * hold"},
    "SEED": {"kind": "noise", "amplitude": 0.5, "grow": 300},
    "CURVES": {"hold": "log"},
    "UNITS": {"smoothing": "cells^2/t", "growth": "cells/t", "rough": "cells/sqrt(t)", "hold": "1/t"}
  }
}*/

/* h_t = nu lap h + f(lambda |grad h|^2 / 2) + rough xi - m - r h;   m_t = r^2 h / 4 + lap m / 4
   f(x) = 1 - exp(-x): where slopes are gentle it is x itself, and no pillar can grow faster than 1
   (the plain square breaks any discrete KPZ, Dasgupta 1997).
   KPZ does not care for the mean height, but floats do: m learns how fast the surface rises and takes
   that away, in a time of 2 / r, so the mean stays at zero for months. Over times shorter than 1 / r
   the surface is the free one.
   The limit: steepening moves at most sqrt(lambda / e), and a drift V is stable while dt < 2 nu / V^2;
   1.5, since rough ground kept at the very limit would swing from step to step. */
vec2 rate(vec2 now, vec2 laplacian) {
    vec2 slope = vec2(textureOffset(state, uv, ivec2(1, 0)).r - textureOffset(state, uv, ivec2(-1, 0)).r,
                      textureOffset(state, uv, ivec2(0, 1)).r - textureOffset(state, uv, ivec2(0, -1)).r);
    /* Central differences: |grad h|^2 is their square over (2 dx)^2, and 1 / dx^2 is 6 stencil_scale. */
    float along = 1.0 - exp(-0.75 * stencil_scale * growth * dot(slope, slope));
    float rise = smoothing * laplacian.x + along + rough * white(0) - now.y - hold * now.x;
    return vec2(rise, 0.25 * (hold * hold * now.x + laplacian.y));
}
