/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Twirl: a vortex or a lens wanders over the picture",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Distortion"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "turns", "TYPE": "float", "LABEL": "Turns", "MIN": -2.0, "MAX": 2.0, "DEFAULT": 0.45, "IDENTITY": 0.0},
    {"NAME": "bulge", "TYPE": "float", "LABEL": "Pinch to bulge", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.25, "IDENTITY": 0.0},
    {"NAME": "radius", "TYPE": "float", "LABEL": "Radius", "MIN": 0.05, "MAX": 1.5, "DEFAULT": 0.65},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "wander", "TYPE": "float", "LABEL": "How it wanders", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
    {"NAME": "sway", "TYPE": "float", "LABEL": "How it winds and unwinds", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"turns": "turns", "radius": "heights"}, "CURVES": {"radius": "log"}}
}*/
/* All rates go into an hour a whole number of times: where TIME wraps, nothing jumps. */

const float TURN = 6.2831853;

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 walk = vec2(cos(TURN * TIME / 30.0) + 0.5 * cos(TURN * TIME / 18.0), sin(TURN * TIME / 24.0) + 0.5 * sin(TURN * TIME / 15.0));
    vec2 middle = centre + 0.2 * wander * walk;
    vec2 off = (isf_FragNormCoord - middle) * shape;
    float near = max(1.0 - length(off) / radius, 0.0);
    near = near * near * (3.0 - 2.0 * near);
    float angle = -TURN * turns * near * (1.0 + sway * sin(TURN * TIME / 12.0));
    float c = cos(angle), s = sin(angle);
    off = mat2(c, s, -s, c) * off * (1.0 - 0.75 * bulge * near);
    gl_FragColor = IMG_NORM_PIXEL(inputImage, folded(middle + off / shape));
}
