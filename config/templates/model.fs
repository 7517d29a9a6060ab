/*{
  "ISFVSN": "2",
  "DESCRIPTION": "__TITLE__: a model of my own",
  "CREDIT": "Me; begun as Gray and Scott 1984",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "feed", "TYPE": "float", "LABEL": "Feed", "MIN": 0.0, "MAX": 0.12, "DEFAULT": 0.037},
    {"NAME": "kill", "TYPE": "float", "LABEL": "Kill", "MIN": 0.03, "MAX": 0.075, "DEFAULT": 0.06},
    {"NAME": "spread_food", "TYPE": "float", "LABEL": "Diffusion of the food", "MIN": 0.05, "MAX": 0.4, "DEFAULT": 0.21},
    {"NAME": "spread_eater", "TYPE": "float", "LABEL": "Diffusion of the eater", "MIN": 0.03, "MAX": 0.2, "DEFAULT": 0.105}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["food", "eater"],
    "REST": [1.0, 0.0],
    "BRUSH": [0.5, 0.5],
    "SHOWN": [[0.0, 2.6], [-1.0, 0.0, 1.0]],
    "RANGE": [[0.0, 1.5], [0.0, 2.0]],
    "DT": 1.0,
    "STEPS": 600,
    "LIMIT": {"DIFFUSION": "max(spread_food, spread_eater)", "REACTION": "1.0"},
    "SEED": {"kind": "spots", "count": 24, "grow": 1200}
  }
}*/

/* INPUTS are the parameters: knobs, addresses and ranges come of them. Of the rest:
   CHANNELS: what a cell holds, one to four numbers. REST: of an empty cell. BRUSH: what a touch sets.
   SHOWN: body and light, as the looks see them: a weight for each of the first two channels, an offset.
   RANGE: what a number can be. DT: model time of a step. STEPS: a second. SEED: how it begins.
   LIMIT: how stiff it is; the engine splits steps from it, so that no knob can blow the field up. */

/* How each number of a cell changes in a unit of time; `laplacian` is how far it lies below what is
   around it. */
vec2 rate(vec2 state, vec2 laplacian) {
    float eaten = min(state.x * state.y * state.y, 1.0);
    return vec2(spread_food, spread_eater) * laplacian
        + vec2(feed * (1.0 - state.x) - eaten, eaten - (feed + kill) * state.y);
}
