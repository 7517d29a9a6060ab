/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Schnakenberg: the shortest recipe for spots, which swell, split and push each other away",
  "CREDIT": "J. Schnakenberg, Simple chemical reaction systems with limit cycle behaviour, J. Theor. Biol. 81 (1979), doi:10.1016/0022-5193(79)90042-0",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "supply_u", "TYPE": "float", "LABEL": "Supply of the activator a", "MIN": 0.0, "MAX": 0.4, "DEFAULT": 0.05},
    {"NAME": "supply_v", "TYPE": "float", "LABEL": "Supply of the substrate b", "MIN": 0.6, "MAX": 2.5, "DEFAULT": 1.4},
    {"NAME": "diffuse_u", "TYPE": "float", "LABEL": "Diffusion of the activator", "MIN": 0.1, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "diffuse_v", "TYPE": "float", "LABEL": "Diffusion of the substrate", "MIN": 1.0, "MAX": 50.0, "DEFAULT": 30.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["u", "v"],
    "REST": [1.45, 0.67],
    "BRUSH": [3.0, 0.3],
    "SHOWN": [[0.22, 0.0, 0.0], [0.0, 0.9, -0.1]],
    "RANGE": [[0.0, 60.0], [0.0, 60.0]],
    "DT": 0.009,
    "STEPS": 500,
    "LIMIT": {"DIFFUSION": "max(diffuse_u, diffuse_v)", "REACTION": "1 + 6 * (supply_u + supply_v)^2 + 12"},
    "SEED": {"kind": "noise", "amplitude": 0.5, "grow": 1500},
    "UNITS": {"diffuse_u": "cells^2/t", "diffuse_v": "cells^2/t"}
  }
}*/

/* u_t = Du lap u + a - u + u^2 v;  v_t = Dv lap v + b - u^2 v
   The limit: the substrate decays at u^2, in a spot some times that of the even state, (a + b)^2.
   In a higher heap u^2 is held to the room that the step leaves. */
vec2 rate(vec2 state, vec2 laplacian) {
    float reaction = state.y * min(state.x * state.x, max(reaction_room - 1.0, 0.0));
    return vec2(diffuse_u, diffuse_v) * laplacian
        + vec2(supply_u - state.x + reaction, supply_v - reaction);
}
