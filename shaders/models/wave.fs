/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Wave: a membrane that rings, with damping and a spring",
  "CREDIT": "J. le Rond d'Alembert (1747); with a spring, O. Klein and W. Gordon (1926)",
  "CATEGORIES": ["Generator", "Wave"],
  "INPUTS": [
    {"NAME": "wave_speed", "TYPE": "float", "LABEL": "Speed of the wave", "MIN": 0.05, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "damping", "TYPE": "float", "LABEL": "Damping", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.004},
    {"NAME": "spring", "TYPE": "float", "LABEL": "Spring", "MIN": 0.0, "MAX": 0.05, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["height", "velocity"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.0, 0.0],
    "SHOWN": [[0.5, 0.0, 0.5], [0.0, 2.0, 0.5]],
    "RANGE": [[-4.0, 4.0], [-4.0, 4.0]],
    "DT": 1.0,
    "STEPS": 120,
    "INTEGRATOR": "symplectic",
    "LIMIT": {"WAVE": "1.35 * wave_speed", "REACTION": "damping + sqrt(spring + 0.004)"},
    "SEED": {"kind": "spots", "count": 12},
    "UNITS": {"wave_speed": "cells/t", "damping": "1/t", "spring": "1/t^2"}
  }
}*/

/* u_tt = c^2 lap u - s u - d u_t, as height and velocity. A membrane that is nowhere held may float
   away as a whole and would rest at the end of its range: beyond ROOM a soft spring brings it back.
   The limit: 1.35, so that dt < sqrt(2) / w. In a longer step a height whose velocity ends at its range
   goes over further than it was, and heights flip from end to end for ever. */
const float ROOM = 2.0, SOFT = 0.004;

vec2 rate(vec2 state, vec2 laplacian) {
    float beyond = state.x - clamp(state.x, -ROOM, ROOM);
    float pull = wave_speed * wave_speed * laplacian.x - spring * state.x - SOFT * beyond;
    return vec2(state.y, pull - damping * state.y);
}
