/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Turing 1952: the dappling that the first paper drew by hand; blots that are born from nothing but unrest",
  "CREDIT": "A. M. Turing, The chemical basis of morphogenesis, Phil. Trans. R. Soc. B 237 (1952), doi:10.1098/rstb.1952.0012; equations as in G. Turk, Generating textures on arbitrary surfaces, SIGGRAPH (1991), doi:10.1145/122718.122749",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "reaction", "TYPE": "float", "LABEL": "Speed of the reaction", "MIN": 0.01, "MAX": 0.12, "DEFAULT": 0.0625},
    {"NAME": "decay", "TYPE": "float", "LABEL": "Decay of the second", "MIN": 10.5, "MAX": 13.5, "DEFAULT": 12.0},
    {"NAME": "diffuse_a", "TYPE": "float", "LABEL": "Diffusion of the first", "MIN": 0.1, "MAX": 3.0, "DEFAULT": 1.6},
    {"NAME": "diffuse_b", "TYPE": "float", "LABEL": "Diffusion of the second", "MIN": 0.02, "MAX": 0.6, "DEFAULT": 0.2}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["a", "b"],
    "REST": [4.0, 4.0],
    "BRUSH": [2.0, 8.0],
    "SHOWN": [[0.0, 0.11, 0.0], [-0.15, 0.0, 1.0]],
    "RANGE": [[0.0, 60.0], [0.0, 120.0]],
    "DT": 0.15,
    "STEPS": 500,
    "LIMIT": {"DIFFUSION": "max(diffuse_a, diffuse_b)", "REACTION": "1 + 40 * reaction"},
    "SEED": {"kind": "noise", "amplitude": 0.8, "grow": 2000},
    "UNITS": {"reaction": "1/t", "diffuse_a": "cells^2/t", "diffuse_b": "cells^2/t"}
  }
}*/

/* a_t = k (16 - a b) + Da lap a;  b_t = max(0.4 - b, k (a b - b - B) + Db lap b), with B = 12
   Turing let no concentration fall below nothing. Here it falls no lower than a trace, 0.4: from
   none it would never come back, and a would grow without end.
   Where b stands in a heap, it takes a no faster than the room that the step leaves. */
vec2 rate(vec2 state, vec2 laplacian) {
    float taken = state.x * min(reaction * state.y, reaction_room);
    float b_rate = taken - reaction * (state.y + decay) + diffuse_b * laplacian.y;
    return vec2(16.0 * reaction - taken + diffuse_a * laplacian.x, max(0.4 - state.y, b_rate));
}
