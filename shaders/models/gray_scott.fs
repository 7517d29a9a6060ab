/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Gray-Scott: a feeds b, b eats a; spots, worms, coral",
  "CREDIT": "Gray and Scott 1984; J. E. Pearson, Complex Patterns in a Simple System, Science 261 (1993), doi:10.1126/science.261.5118.189",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "feed", "TYPE": "float", "LABEL": "Feed", "MIN": 0.0, "MAX": 0.12, "DEFAULT": 0.037},
    {"NAME": "kill", "TYPE": "float", "LABEL": "Kill", "MIN": 0.03, "MAX": 0.075, "DEFAULT": 0.06},
    {"NAME": "diffuse_u", "TYPE": "float", "LABEL": "Diffusion of the food", "MIN": 0.02, "MAX": 0.6, "DEFAULT": 0.2097},
    {"NAME": "diffuse_v", "TYPE": "float", "LABEL": "Diffusion of the eater", "MIN": 0.03, "MAX": 0.4, "DEFAULT": 0.105}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["u", "v"],
    "REST": [1.0, 0.0],
    "BRUSH": [0.5, 0.5],
    "SHOWN": [[0.0, 2.6], [-1.0, 0.0, 1.0]],
    "RANGE": [[0.0, 1.5], [0.0, 4.0]],
    "DT": 1.0,
    "STEPS": 600,
    "LIMIT": {"DIFFUSION": "max(diffuse_u, diffuse_v)", "REACTION": "0.2 + feed + 0.16 * diffuse_u / diffuse_v"},
    "SEED": {"kind": "spots", "count": 24, "grow": 1500},
    "UNITS": {"feed": "1/t", "kill": "1/t", "diffuse_u": "cells^2/t", "diffuse_v": "cells^2/t"}
  }
}*/

/* The limit: peaks of v^2 stay below 0.2 + 0.16 Du / Dv (measured over the range of all four). */
/* u_t = Du lap u - u v^2 + F (1 - u);  v_t = Dv lap v + u v^2 - (F + k) v */
vec2 rate(vec2 state, vec2 laplacian) {
    /* A heap of v that other parameters left, or that a feeding border piles up, reacts only with
       the room which the step leaves beside diffusion; patterns do not get there. */
    float reaction = state.x * min(state.y * state.y, reaction_room);
    return vec2(diffuse_u, diffuse_v) * laplacian
        + vec2(feed * (1.0 - state.x) - reaction, reaction - (feed + kill) * state.y);
}
