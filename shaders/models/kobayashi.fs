/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Kobayashi dendrite: a crystal freezes out of a cold melt, its arms along its own few directions",
  "CREDIT": "R. Kobayashi, Modeling and numerical simulations of dendritic crystal growth, Physica D 63 (1993), doi:10.1016/0167-2789(93)90120-P",
  "CATEGORIES": ["Generator", "Crystal growth"],
  "INPUTS": [
    {"NAME": "melting", "TYPE": "float", "LABEL": "Melting point above the melt", "MIN": -0.3, "MAX": 1.3, "DEFAULT": 1.0},
    {"NAME": "latent", "TYPE": "float", "LABEL": "Latent heat K", "MIN": 0.6, "MAX": 2.2, "DEFAULT": 1.6},
    {"NAME": "arms", "TYPE": "float", "LABEL": "Directions j", "MIN": 3.0, "MAX": 8.0, "DEFAULT": 6.0},
    {"NAME": "anisotropy", "TYPE": "float", "LABEL": "Anisotropy delta", "MIN": 0.0, "MAX": 0.06, "DEFAULT": 0.04},
    {"NAME": "turned", "TYPE": "float", "LABEL": "Turn of the directions", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "edge", "TYPE": "float", "LABEL": "Energy of the edge", "MIN": 0.06, "MAX": 0.3, "DEFAULT": 0.11},
    {"NAME": "warmth_spread", "TYPE": "float", "LABEL": "Spread of warmth", "MIN": 0.1, "MAX": 0.6, "DEFAULT": 0.333},
    {"NAME": "rough", "TYPE": "float", "LABEL": "Noise of the edge", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.01},
    {"NAME": "exchange", "TYPE": "float", "LABEL": "Warmth lost to the air", "MIN": 0.0, "MAX": 0.02, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["solid", "warmth"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.0, 0.0],
    "SHOWN": [[1.05, -0.5], [0.0, 0.8]],
    "RANGE": [[-0.5, 1.5], [-3.0, 4.0]],
    "DT": 0.4,
    "STEPS": 120,
    "NOISE": true,
    "LIMIT": {
      "DIFFUSION": "1.5 * max(warmth_spread, edge * (1 + anisotropy * arms^2) * (1 + anisotropy))",
      "REACTION": "max(1.1, 0.5 + 0.75 * latent) + exchange"
    },
    "SEED": {"kind": "spots", "count": 5, "radius": 0.02, "grow": 300},
    "UNITS": {"turned": "arms", "edge": "cells^2/t", "warmth_spread": "cells^2/t", "exchange": "1/t", "rough": "cells/sqrt(t)"}
  }
}*/

/* tau p_t = div(eps^2 grad p) - (eps eps' p_y)_x + (eps eps' p_x)_y + p (1 - p) (p - 1/2 + m)
   T_t = lap T + K p_t (- exchange T);   m = (0.9 / pi) atan(10 (melting - T)), noise a p (1 - p) xi
   eps = 0.01 (1 + delta cos j (theta - theta0)), theta the direction of grad p.
   The paper's dx = 0.03 and tau = 3e-4 in cells, time in tau: eps^2 -> 0.11, heat -> 0.333.
   The edge term is the Hessian of eps^2 |grad p|^2 / 2 against that of p: along the gradient eps^2,
   across eps'^2 + eps (eps + eps''), mixed 2 eps eps'. Where eps + eps'' < 0 (delta (j^2 - 1) > 1) such
   an edge has no stable form and crinkles to the grid: it is held at 0.05 of eps there.
   The limit: 1.5, since noise kept at the very limit would swing from step to step. */
vec2 rate(vec2 now, vec2 laplacian) {
    float e = textureOffset(state, uv, ivec2(1, 0)).r, w = textureOffset(state, uv, ivec2(-1, 0)).r;
    float n = textureOffset(state, uv, ivec2(0, 1)).r, s = textureOffset(state, uv, ivec2(0, -1)).r;
    float twist = textureOffset(state, uv, ivec2(1, 1)).r + textureOffset(state, uv, ivec2(-1, -1)).r
        - textureOffset(state, uv, ivec2(1, -1)).r - textureOffset(state, uv, ivec2(-1, 1)).r;
    vec2 slope = vec2(e - w, n - s);
    float steep = dot(slope, slope);
    float per_area = 6.0 * stencil_scale;
    float p_xx = per_area * (e + w - 2.0 * now.x), p_yy = per_area * (n + s - 2.0 * now.x);
    float p_xy = 0.25 * per_area * twist;
    /* Where it is flat it has no direction. */
    float j = floor(arms + 0.5);
    float turn = steep > 1e-10 ? j * atan(slope.y, slope.x) - 6.2831853 * turned : 0.0;
    float delta = anisotropy * steep / (steep + 1e-4);
    float eps = 1.0 + delta * cos(turn);
    float first = -delta * j * sin(turn);
    float stiff = max(1.0 + delta * (1.0 - j * j) * cos(turn), 0.05);
    float across = first * first + eps * stiff - eps * eps;
    vec2 along = slope * inversesqrt(steep + 1e-12);
    float p_tt = along.y * along.y * p_xx - 2.0 * along.x * along.y * p_xy + along.x * along.x * p_yy;
    float p_nt = along.x * along.y * (p_yy - p_xx) + (along.x * along.x - along.y * along.y) * p_xy;
    float pull = edge * (eps * eps * laplacian.x + 2.0 * eps * first * p_nt + across * p_tt);
    float drive = 0.28647890 * atan(10.0 * (melting - now.y)) - 0.5;
    float between = now.x * (1.0 - now.x);
    float freezing = pull + between * (now.x + drive + rough * white(0));
    return vec2(freezing, warmth_spread * laplacian.y + latent * freezing - exchange * now.y);
}
