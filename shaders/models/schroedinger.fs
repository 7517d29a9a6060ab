/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Schroedinger: a quantum wave in a bowl, in hills and valleys; it runs apart, meets itself, and forgets nothing",
  "CREDIT": "E. Schroedinger, Annalen der Physik 79 (1926), doi:10.1002/andp.19263840404; staggered step: P. B. Visscher, Computers in Physics 5 (1991), doi:10.1063/1.168415",
  "CATEGORIES": ["Generator", "Wave"],
  "INPUTS": [
    {"NAME": "dispersion", "TYPE": "float", "LABEL": "Dispersion, 1 / (2 mass)", "MIN": 0.05, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "ground", "TYPE": "float", "LABEL": "Height of the ground", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.0},
    {"NAME": "trap", "TYPE": "float", "LABEL": "Bowl", "MIN": -0.2, "MAX": 0.6, "DEFAULT": 0.0},
    {"NAME": "loss", "TYPE": "float", "LABEL": "Loss everywhere", "MIN": 0.0, "MAX": 0.02, "DEFAULT": 0.0},
    {"NAME": "shore", "TYPE": "float", "LABEL": "Loss at the rim", "MIN": 0.0, "MAX": 0.2, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["real", "imaginary"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.0, 0.0],
    "SHOWN": [[0.5, 0.0, 0.5], [0.0, 0.5, 0.5]],
    "RANGE": [[-4.0, 4.0], [-4.0, 4.0]],
    "DT": 0.5,
    "STEPS": 90,
    "INTEGRATOR": "staggered",
    "LIMIT": {"DIFFUSION": "dispersion", "REACTION": "max(ground, -ground) + 2 * max(trap, -trap) + loss + shore"},
    "SEED": {"kind": "spots", "count": 10, "radius": 0.07, "softness": 1.0, "grow": 200},
    "UNITS": {"dispersion": "cells^2/t", "ground": "1/t", "trap": "1/t", "loss": "1/t", "shore": "1/t"}
  }
}*/

/* i psi_t = -D lap psi + V psi - i W psi, as two real waves:
       re_t = -D lap im + V im - W re,   im_t = D lap re - V re - W im
   V = ground + a bowl, 4 trap r^2 with r in heights from the middle, level beyond 2 trap (trap < 0
   is a hill); drive the ground over the field, and it is a landscape.
   W = loss + shore in the outer tenth of the field: waves run out there instead of coming back (a
   border alone never takes anything). With neither, the norm is kept for ever. */
vec2 rate(vec2 state_here, vec2 laplacian) {
    vec2 size = vec2(textureSize(state, 0));
    vec2 middle = (uv - 0.5) * vec2(size.x / size.y, 1.0);
    float potential = ground + trap * min(4.0 * dot(middle, middle), 2.0);
    vec2 rim = max(abs(uv - 0.5) * 10.0 - 4.0, 0.0);
    float fade = loss + shore * min(dot(rim, rim), 1.0);
    vec2 energy = potential * state_here - dispersion * laplacian;
    return vec2(energy.y, -energy.x) - fade * state_here;
}
