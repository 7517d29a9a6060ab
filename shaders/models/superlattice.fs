/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Superlattice: a fine and a broad Turing pattern, coupled: black eyes, twinkling eyes, hexagons of hexagons",
  "CREDIT": "L. Yang, M. Dolnik, A. M. Zhabotinsky and I. R. Epstein, Phys. Rev. Lett. 88 (2002), doi:10.1103/PhysRevLett.88.208303",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "supply", "TYPE": "float", "LABEL": "Supply a", "MIN": 2.4, "MAX": 3.4, "DEFAULT": 3.0},
    {"NAME": "turnover", "TYPE": "float", "LABEL": "Turnover b", "MIN": 7.5, "MAX": 11.0, "DEFAULT": 9.9},
    {"NAME": "coupling", "TYPE": "float", "LABEL": "Coupling of the layers", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "fine_x", "TYPE": "float", "LABEL": "Fine layer, activator", "MIN": 1.2, "MAX": 4.0, "DEFAULT": 2.88},
    {"NAME": "fine_y", "TYPE": "float", "LABEL": "Fine layer, inhibitor", "MIN": 1.5, "MAX": 12.0, "DEFAULT": 2.88},
    {"NAME": "broad_x", "TYPE": "float", "LABEL": "Broad layer, activator", "MIN": 8.0, "MAX": 24.0, "DEFAULT": 15.9},
    {"NAME": "broad_y", "TYPE": "float", "LABEL": "Broad layer, inhibitor", "MIN": 25.0, "MAX": 65.0, "DEFAULT": 41.5}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["fine_activator", "broad_activator", "fine_inhibitor", "broad_inhibitor"],
    "REST": [3.0, 3.0, 3.3, 3.3],
    "BRUSH": [5.0, 5.0, 2.0, 2.0],
    "SHOWN": [[-0.35, 0.0, 0.0, 0.0, 1.2], [0.0, -0.4, 0.0, 0.0, 1.35]],
    "RANGE": [[0.0, 40.0], [0.0, 40.0], [0.0, 40.0], [0.0, 40.0]],
    "DT": 0.006,
    "STEPS": 300,
    "LIMIT": {"DIFFUSION": "max(broad_y, fine_y)", "REACTION": "70 + 2 * coupling"},
    "SEED": {"kind": "noise", "amplitude": 1.0, "grow": 2400},
    "UNITS": {"supply": "1/t", "turnover": "1/t", "coupling": "1/t", "fine_x": "cells^2/t", "fine_y": "cells^2/t", "broad_x": "cells^2/t", "broad_y": "cells^2/t"}
  }
}*/

/* Two Brusselators i, j: x_t = Dx lap x + a - (b + 1) x + x^2 y + alpha (x_j - x_i)
                          y_t = Dy lap y + b x - x^2 y + alpha (y_j - y_i)
   The paper's diffusions at dx = 1.7. Each layer's own Turing wavelength comes from its two.
   x^2 has no bound of its own: it reacts with the room that the step leaves beside diffusion, at
   least 70; patterns stay below. */
vec4 rate(vec4 state, vec4 laplacian) {
    vec2 x = state.xy;
    vec2 y = state.zw;
    vec2 turned = min(x * x, vec2(reaction_room)) * y;
    vec2 x_rate = supply - (turnover + 1.0) * x + turned + coupling * (x.yx - x);
    vec2 y_rate = turnover * x - turned + coupling * (y.yx - y);
    return vec4(fine_x, broad_x, fine_y, broad_y) * laplacian + vec4(x_rate, y_rate);
}
