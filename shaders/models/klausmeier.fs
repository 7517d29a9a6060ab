/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Klausmeier: water runs down a dry slope, plants hold it; bands that climb the hill",
  "CREDIT": "C. A. Klausmeier, Regular and irregular patterns in semiarid vegetation, Science 284 (1999), doi:10.1126/science.284.5421.1826",
  "CATEGORIES": ["Generator", "Ecology"],
  "INPUTS": [
    {"NAME": "rainfall", "TYPE": "float", "LABEL": "Rainfall", "MIN": 0.5, "MAX": 3.0, "DEFAULT": 1.4},
    {"NAME": "mortality", "TYPE": "float", "LABEL": "Loss of plants", "MIN": 0.2, "MAX": 0.9, "DEFAULT": 0.5},
    {"NAME": "slope", "TYPE": "float", "LABEL": "Steepness: speed of the water", "MIN": 0.0, "MAX": 60.0, "DEFAULT": 40.0},
    {"NAME": "downhill", "TYPE": "float", "LABEL": "Which way is down", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.75},
    {"NAME": "spread", "TYPE": "float", "LABEL": "Spread of the plants", "MIN": 0.2, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "seep", "TYPE": "float", "LABEL": "Seeping of the water", "MIN": 0.0, "MAX": 10.0, "DEFAULT": 1.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["plants", "water"],
    "REST": [0.0, 0.0],
    "BRUSH": [3.0, 1.0],
    "SHOWN": [[0.2, 0.0], [0.0, 0.5]],
    "RANGE": [[0.0, 30.0], [0.0, 10.0]],
    "DT": 0.0075,
    "STEPS": 600,
    "LIMIT": {"DIFFUSION": "max(spread, seep) + 0.266 * slope", "REACTION": "1.42 * slope + 4 + min(9 * (rainfall / mortality)^2, 200)"},
    "SEED": {"kind": "spots", "count": 60, "radius": 0.03, "grow": 900},
    "UNITS": {"rainfall": "1/t", "mortality": "1/t", "slope": "cells/t", "downhill": "turns", "spread": "cells^2/t", "seep": "cells^2/t"}
  }
}*/

/* n_t = Dn lap n + w n^2 - m n;  w_t = Dw lap w + a - w - w n^2 - V (d . grad w), taken upwind:
   from where the water comes.
   The limit: upwind, a cell loses V (|dx| + |dy|) <= 1.42 V of its water, at 1/dx as it is; since
   2/dx <= 1 + 1/dx^2, half of it is stated with the diffusion. Where plants crowd, they drink no
   faster than leaves water there: beyond `most`, about half of reaction_room. */
vec2 rate(vec2 here, vec2 laplacian) {
    vec2 way = vec2(cos(6.2831853 * downhill), sin(6.2831853 * downhill));
    float above_x = way.x > 0.0 ? textureOffset(state, uv, ivec2(-1, 0)).g : textureOffset(state, uv, ivec2(1, 0)).g;
    float above_y = way.y > 0.0 ? textureOffset(state, uv, ivec2(0, -1)).g : textureOffset(state, uv, ivec2(0, 1)).g;
    float running = slope * sqrt(6.0 * stencil_scale) * dot(abs(way), vec2(above_x, above_y) - here.y);
    float most = max(0.5 * reaction_room - 0.71 * slope - 1.0, 0.0);
    float drunk = here.y * min(here.x * here.x, most);
    return vec2(spread * laplacian.x + drunk - mortality * here.x,
                seep * laplacian.y + running + rainfall - here.y - drunk);
}
