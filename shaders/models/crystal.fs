/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Crystal: ferns of ice branch as their own warmth holds them back, grow old and thaw, and grow again",
  "CREDIT": "R. Kobayashi, Modeling and numerical simulations of dendritic crystal growth, Physica D 63 (1993), doi:10.1016/0167-2789(93)90120-P; here with the six directions in the speed of freezing, and with age",
  "CATEGORIES": ["Generator", "Crystal growth"],
  "INPUTS": [
    {"NAME": "cold", "TYPE": "float", "LABEL": "Cold that drives the ice", "MIN": 0.3, "MAX": 1.6, "DEFAULT": 1.0},
    {"NAME": "latent", "TYPE": "float", "LABEL": "Latent heat", "MIN": 0.5, "MAX": 2.5, "DEFAULT": 1.8},
    {"NAME": "branching", "TYPE": "float", "LABEL": "Difference of the six directions", "MIN": 0.0, "MAX": 0.8, "DEFAULT": 0.5},
    {"NAME": "turned", "TYPE": "float", "LABEL": "Turn of the six directions", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "surface", "TYPE": "float", "LABEL": "Surface tension", "MIN": 0.02, "MAX": 0.3, "DEFAULT": 0.06},
    {"NAME": "warmth_spread", "TYPE": "float", "LABEL": "Spread of warmth", "MIN": 0.03, "MAX": 0.6, "DEFAULT": 0.2},
    {"NAME": "exchange", "TYPE": "float", "LABEL": "Warmth lost to the air", "MIN": 0.0, "MAX": 0.02, "DEFAULT": 0.0003},
    {"NAME": "lifetime", "TYPE": "float", "LABEL": "Life of the ice", "MIN": 100.0, "MAX": 20000.0, "DEFAULT": 500.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["vein", "ice", "warmth", "age"],
    "REST": [0.0, 0.0, 0.0, 0.0],
    "BRUSH": [0.3, 1.0, 0.0, 0.0],
    "SHOWN": [[1.0, 0.0], [0.0, 1.0]],
    "RANGE": [[-0.5, 1.5], [-0.2, 1.2], [-2.0, 4.0], [-0.2, 1.2]],
    "DT": 0.75,
    "STEPS": 400,
    "LIMIT": {"DIFFUSION": "max(warmth_spread, surface * (1 + branching))", "REACTION": "max(0.55, 0.25 + 0.36 * latent) * (1 + branching) + exchange"},
    "SEED": {"kind": "spots", "count": 24, "radius": 0.012, "grow": 670},
    "CURVES": {"lifetime": "log"},
    "UNITS": {"surface": "cells^2/t", "warmth_spread": "cells^2/t", "exchange": "1/t", "lifetime": "t", "turned": "sixths of a turn"}
  }
}*/
#include "lib/noise.glsl"

/* p_t = a(theta) (S lap p + p (1 - p) (p - 1/2 + m) / 2),  a = 1 + branching cos 6 theta,
   m = 0.286 atan(10 (cold - T)), less with age; T_t = W lap T + L p_t - e T; age_t = (p - age) / life.
   What thaws takes its warmth with it, so the place can freeze anew. The vein is how cold it was
   where it froze: high along the tips that ran ahead.
   The limit: freezing warms by L, and warmth slows it by at most a p (1 - p) 2.86 / 2 = 0.36 a. */
vec4 rate(vec4 now, vec4 laplacian) {
    vec2 slope = vec2(textureOffset(state, uv, ivec2(1, 0)).g - textureOffset(state, uv, ivec2(-1, 0)).g,
                      textureOffset(state, uv, ivec2(0, 1)).g - textureOffset(state, uv, ivec2(0, -1)).g);
    /* Where it is flat it has no direction: one at random would turn over at every step. */
    float steep = dot(slope, slope);
    float six = steep > 1e-10 ? cos(6.0 * atan(slope.y, slope.x) - 6.2831853 * turned) * steep / (steep + 1e-4) : 0.0;
    float ice = now.y;
    float rough = 0.10 * (hash_noise(gl_FragCoord.xy, 5) - 0.5);
    float drive = 0.286 * atan(10.0 * (cold - now.z)) + rough;
    float limit = mix(0.16, 0.62, smoothstep(0.2, 0.8, ice));
    float old = smoothstep(limit, limit + 0.2, now.w);
    drive = mix(drive, -0.45, old);
    float freezing = (1.0 + branching * six) * (surface * laplacian.y + 0.5 * ice * (1.0 - ice) * (ice - 0.5 + drive)) - 0.01 * old * ice;
    float fresh = 1.0 - smoothstep(0.35, 1.0, now.z / cold);
    float vein = max(freezing, 0.0) * (0.1 + 1.3 * fresh) + min(freezing, 0.0) * now.x * 2.0 - now.x * 0.5 / lifetime;
    return vec4(vein, freezing, warmth_spread * laplacian.z + latent * freezing - exchange * now.z, (ice - now.w) / lifetime);
}
