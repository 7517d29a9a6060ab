/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Perona-Malik: a picture melts inside its outlines, and keeps the outlines; the picture feeds it again",
  "CREDIT": "P. Perona and J. Malik, Scale-space and edge detection using anisotropic diffusion, IEEE Trans. PAMI 12 (1990), doi:10.1109/34.56205",
  "CATEGORIES": ["Generator", "Diffusion", "Image"],
  "INPUTS": [
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Diffusion", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 0.3},
    {"NAME": "contrast", "TYPE": "float", "LABEL": "Slope that counts as an outline", "MIN": 0.005, "MAX": 0.4, "DEFAULT": 0.06},
    {"NAME": "feed", "TYPE": "float", "LABEL": "Feed by the picture", "MIN": 0.0002, "MAX": 0.05, "DEFAULT": 0.002},
    {"NAME": "grit", "TYPE": "float", "LABEL": "Noise", "MIN": 0.0, "MAX": 0.3, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["picture", "source"],
    "REST": [0.0, 0.0],
    "BRUSH": [1.0, 1.0],
    "SHOWN": [[1.0, 0.0], [0.0, 1.0]],
    "RANGE": [[-2.0, 3.0], [-2.0, 3.0]],
    "DT": 0.75,
    "STEPS": 60,
    "NOISE": true,
    "LIMIT": {"DIFFUSION": "1.5 * diffusion", "REACTION": "2 * feed"},
    "SEED": {"kind": "text", "text": "M", "size": 0.8},
    "CURVES": {"contrast": "log", "feed": "log"},
    "UNITS": {"diffusion": "cells^2/t", "contrast": "1/cells", "feed": "1/t", "grit": "cells"}
  }
}*/

/* u_t = D div(c grad u) + feed (source - u) + grit sqrt(2 feed) xi,   c = 1 / (1 + |grad u|^2 / contrast^2)
   c is taken between each two cells, as the paper does, with the weights of the 9-point Laplacian;
   with c = 1 it is that Laplacian. The source stays as it was drawn; the brush paints both.
   Noise against the feed alone stands at a deviation of grit, whatever the feed; diffusion takes more. */
float flow(vec4 apart, float per_area) {
    vec4 conduct = 1.0 / (1.0 + apart * apart * (per_area / (contrast * contrast)));
    return dot(conduct, apart);
}

vec2 rate(vec2 now, vec2 laplacian) {
    vec4 near = vec4(textureOffset(state, uv, ivec2(1, 0)).r, textureOffset(state, uv, ivec2(-1, 0)).r,
                     textureOffset(state, uv, ivec2(0, 1)).r, textureOffset(state, uv, ivec2(0, -1)).r);
    vec4 far = vec4(textureOffset(state, uv, ivec2(1, 1)).r, textureOffset(state, uv, ivec2(-1, -1)).r,
                    textureOffset(state, uv, ivec2(1, -1)).r, textureOffset(state, uv, ivec2(-1, 1)).r);
    float per_area = 6.0 * stencil_scale;
    /* Diagonal neighbours are sqrt(2) further off: their slope squared is half as much. */
    float melt = stencil_scale * (4.0 * flow(near - now.x, per_area) + flow(far - now.x, 0.5 * per_area));
    return vec2(diffusion * melt + feed * (now.y - now.x) + grit * sqrt(2.0 * feed) * white(0), 0.0);
}
