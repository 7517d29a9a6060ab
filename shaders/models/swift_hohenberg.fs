/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Swift-Hohenberg: rolls of one width, as in a shallow pan of warm oil; stripes, honeycomb, defects",
  "CREDIT": "J. Swift and P. C. Hohenberg, Hydrodynamic fluctuations at the convective instability, Phys. Rev. A 15 (1977), doi:10.1103/PhysRevA.15.319; here with a wind that lays the rolls across it",
  "CATEGORIES": ["Generator", "Pattern formation"],
  "INPUTS": [
    {"NAME": "drive", "TYPE": "float", "LABEL": "Drive r", "MIN": -0.4, "MAX": 0.9, "DEFAULT": 0.3},
    {"NAME": "asymmetry", "TYPE": "float", "LABEL": "Cells against rolls g", "MIN": -1.6, "MAX": 1.6, "DEFAULT": 0.0},
    {"NAME": "wavelength", "TYPE": "float", "LABEL": "Width of a pair of rolls", "MIN": 5.5, "MAX": 13.0, "DEFAULT": 8.0},
    {"NAME": "wind", "TYPE": "float", "LABEL": "Wind that combs the rolls", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "wind_from", "TYPE": "float", "LABEL": "Where the wind comes from", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["u"],
    "REST": [0.0],
    "BRUSH": [1.0],
    "SHOWN": [[0.42, 0.5], [-0.42, 0.5]],
    "RANGE": [[-3.0, 3.0]],
    "DT": 0.02,
    "STEPS": 400,
    "POTENTIAL": true,
    "LIMIT": {"DIFFUSION": "wind * (wavelength / 6.2831853)^2", "BILAPLACIAN": "(wavelength / 6.2831853)^4", "REACTION": "8"},
    "SEED": {"kind": "noise", "amplitude": 0.5, "grow": 960},
    "UNITS": {"wavelength": "cells", "drive": "1/t", "wind": "1/t", "wind_from": "turns"}
  }
}*/

/* The limit: (1 - x)^2 is less than x^2 where the grid is stiffest; 3 u^2 - 2 g u stays below 8. */
float squared_length() {
    float l = wavelength * 0.15915494;
    return l * l;
}

/* w = u + l^2 lap u,  l = wavelength / (2 pi) */
float potential(float state, float laplacian) {
    return state + squared_length() * laplacian;
}

/* How it bends across the wind: u_nn, n at right angles to it. */
float bend_across(float here) {
    float turn = 6.2831853 * wind_from;
    vec2 way = vec2(-sin(turn), cos(turn));
    float east = textureOffset(state, uv, ivec2(1, 0)).r, west = textureOffset(state, uv, ivec2(-1, 0)).r;
    float north = textureOffset(state, uv, ivec2(0, 1)).r, south = textureOffset(state, uv, ivec2(0, -1)).r;
    float mixed = textureOffset(state, uv, ivec2(1, 1)).r + textureOffset(state, uv, ivec2(-1, -1)).r
                - textureOffset(state, uv, ivec2(1, -1)).r - textureOffset(state, uv, ivec2(-1, 1)).r;
    vec2 bend = vec2(east + west, north + south) - 2.0 * here;
    return 6.0 * stencil_scale * (dot(way * way, bend) + 0.5 * way.x * way.y * mixed);
}

/* u_t = r u - (1 + l^2 lap)^2 u + g u^2 - u^3 + b l^2 u_nn */
float rate(float here, float middle, float middle_laplacian) {
    float combed = wind > 0.0 ? wind * bend_across(here) : 0.0;
    return here * (drive + here * (asymmetry - here)) - middle + squared_length() * (combed - middle_laplacian);
}
