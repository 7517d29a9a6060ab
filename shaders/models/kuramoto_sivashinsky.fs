/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Kuramoto-Sivashinsky: a flame's front; cells that split, merge and never come to rest",
  "CREDIT": "Y. Kuramoto and T. Tsuzuki, Prog. Theor. Phys. 55 (1976), doi:10.1143/PTP.55.356; G. I. Sivashinsky, Acta Astronautica 4 (1977), doi:10.1016/0094-5765(77)90096-0; damped form: C. Misbah and A. Valance, Phys. Rev. E 49 (1994), doi:10.1103/PhysRevE.49.166",
  "CATEGORIES": ["Generator", "Chaos"],
  "INPUTS": [
    {"NAME": "size", "TYPE": "float", "LABEL": "Size of the cells", "MIN": 0.9, "MAX": 1.6, "DEFAULT": 1.0},
    {"NAME": "damping", "TYPE": "float", "LABEL": "Damping", "MIN": 0.02, "MAX": 0.22, "DEFAULT": 0.05},
    {"NAME": "lean", "TYPE": "float", "LABEL": "Steepening along x against y", "MIN": -0.4, "MAX": 0.4, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["height"],
    "REST": [0.0],
    "BRUSH": [4.0],
    "SHOWN": [[0.08, 0.5], [-0.08, 0.5]],
    "RANGE": [[-60.0, 60.0]],
    "DT": 0.04,
    "STEPS": 240,
    "POTENTIAL": true,
    "BORDERS": ["periodic", "no-flux"],
    "LIMIT": {"BILAPLACIAN": "size^4", "REACTION": "19"},
    "SEED": {"kind": "noise", "amplitude": 1.0, "grow": 1500},
    "UNITS": {"size": "cells", "damping": "1/t"}
  }
}*/

/* On a grid so coarse that its cells would be smaller than it can carry, they are as large as it can
   (0.9 of its distance): below, the slopes between two texels run away. The limit allows for it. */
float squared_length() {
    return max(size * size, 0.135 / stencil_scale);
}

/* w = u + l^2 lap u */
float potential(float height, float laplacian) {
    return height + squared_length() * laplacian;
}

/* u_t = -l^2 lap u - l^4 lap^2 u + l^2 ((1 + a) u_x^2 + (1 - a) u_y^2) / 2 - s u - h
   h is what the slopes add in the mean, measured over damping and lean: it only counts the height from
   where the front stands, so that a picture need not follow a front that runs away.
   No fixed border: a rim held down makes a cliff, and its slope drives the rim to the end of its range. */
float rate(float height, float middle, float middle_laplacian) {
    vec2 slope = 0.5 * vec2(textureOffset(state, uv, ivec2(1, 0)).r - textureOffset(state, uv, ivec2(-1, 0)).r,
                            textureOffset(state, uv, ivec2(0, 1)).r - textureOffset(state, uv, ivec2(0, -1)).r);
    float steep = 6.0 * stencil_scale * dot(vec2(0.5 + 0.5 * lean, 0.5 - 0.5 * lean), slope * slope);
    float mean = (2.533 - 13.468 * damping + 15.9 * damping * damping) * (1.0 + 0.7 * lean * lean);
    return squared_length() * (steep - middle_laplacian) - damping * height - mean;
}
