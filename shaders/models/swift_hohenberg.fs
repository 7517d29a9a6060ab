/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Swift-Hohenberg: rolls of one width, as in a shallow pan of warm oil; stripes, honeycomb, defects",
  "CREDIT": "J. Swift and P. C. Hohenberg, Hydrodynamic fluctuations at the convective instability, Phys. Rev. A 15 (1977), doi:10.1103/PhysRevA.15.319",
  "CATEGORIES": ["Generator", "Pattern formation"],
  "INPUTS": [
    {"NAME": "drive", "TYPE": "float", "LABEL": "Drive r", "MIN": -0.4, "MAX": 0.9, "DEFAULT": 0.3},
    {"NAME": "asymmetry", "TYPE": "float", "LABEL": "Cells against rolls g", "MIN": -1.6, "MAX": 1.6, "DEFAULT": 0.0},
    {"NAME": "wavelength", "TYPE": "float", "LABEL": "Width of a pair of rolls", "MIN": 5.5, "MAX": 13.0, "DEFAULT": 8.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["u"],
    "REST": [0.0],
    "BRUSH": [1.0],
    "SHOWN": [[0.42, 0.5], [-0.42, 0.5]],
    "RANGE": [[-3.0, 3.0]],
    "DT": 0.022,
    "STEPS": 500,
    "POTENTIAL": true,
    "LIMIT": {"BILAPLACIAN": "(wavelength / 6.2831853)^4", "REACTION": "8"},
    "SEED": {"kind": "noise", "amplitude": 0.5, "grow": 900},
    "UNITS": {"wavelength": "cells", "drive": "1/t"}
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

/* u_t = r u - (1 + l^2 lap)^2 u + g u^2 - u^3 */
float rate(float state, float middle, float middle_laplacian) {
    return state * (drive + state * (asymmetry - state)) - (middle + squared_length() * middle_laplacian);
}
