/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Dissipative solitons: spots of current that glide, scatter and orbit like particles",
  "CREDIT": "C. P. Schenk, M. Or-Guil, M. Bode and H.-G. Purwins, Phys. Rev. Lett. 78 (1997), doi:10.1103/PhysRevLett.78.3781",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "bias", "TYPE": "float", "LABEL": "Drive kappa 1", "MIN": -7.4, "MAX": -6.2, "DEFAULT": -6.92},
    {"NAME": "inhibition", "TYPE": "float", "LABEL": "Inhibition kappa 3", "MIN": 8.0, "MAX": 9.0, "DEFAULT": 8.5},
    {"NAME": "excess", "TYPE": "float", "LABEL": "Excitation lambda", "MIN": 1.7, "MAX": 2.3, "DEFAULT": 2.0},
    {"NAME": "slowness", "TYPE": "float", "LABEL": "Slowness tau of the trail", "MIN": 20.0, "MAX": 80.0, "DEFAULT": 48.0},
    {"NAME": "lag", "TYPE": "float", "LABEL": "Lag theta of the halo", "MIN": 3.0, "MAX": 9.0, "DEFAULT": 8.0},
    {"NAME": "diffuse", "TYPE": "float", "LABEL": "Diffusion of spot and trail", "MIN": 0.7, "MAX": 3.0, "DEFAULT": 1.04},
    {"NAME": "spread", "TYPE": "float", "LABEL": "Diffusion of the halo", "MIN": 45.0, "MAX": 200.0, "DEFAULT": 66.7}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["spot", "trail", "halo"],
    "REST": [-0.8437, -0.8437, -0.8437],
    "BRUSH": [1.3, -0.8437, -0.8437],
    "SHOWN": [[0.5, 0.0, 0.0, 0.4219], [0.0, 1.4, 0.0, 1.1812]],
    "RANGE": [[-3.0, 3.0], [-3.0, 3.0], [-3.0, 3.0]],
    "DT": 0.0205,
    "STEPS": 760,
    "LIMIT": {"DIFFUSION": "max(diffuse, spread / lag)", "REACTION": "12"},
    "SEED": {"kind": "noise", "amplitude": 1.5, "scale": 3.0, "grow": 2600},
    "UNITS": {"slowness": "t", "lag": "t", "diffuse": "cells^2/t", "spread": "cells^2/t"}
  }
}*/

/* u_t = Du lap u + lambda u - u^3 - v - kappa3 w + kappa1
   tau v_t = Dv lap v + u - v;   theta w_t = Dw lap w + u - w
   Du = Dv = 1.5e-4, Dw = 9.6e-3 at dx = 0.012. The paper's theta is 1 or 0: w is far faster than v
   (tau = 48) either way, spots glide the same up to theta = 9, and a step may be as much longer.
   A spot lives by running from its trail: a round mark has no direction and goes out again, one
   that is drawn out, or set beside another, starts off. */
vec3 rate(vec3 state, vec3 laplacian) {
    float spot = excess * state.x - state.x * state.x * state.x - state.y - inhibition * state.z + bias;
    vec2 behind = (vec2(diffuse, spread) * laplacian.yz + state.x - state.yz) / vec2(slowness, lag);
    return vec3(diffuse * laplacian.x + spot, behind);
}
