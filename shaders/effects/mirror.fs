/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Mirror: one side of the picture is the other's reflection",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Geometry"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "kind", "TYPE": "long", "LABEL": "Kind", "VALUES": [0, 1, 2, 3, 4, 5], "LABELS": ["left", "right", "lower", "upper", "four", "eight"], "DEFAULT": 0},
    {"NAME": "shift", "TYPE": "float", "LABEL": "Where in the picture", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Angle", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.0},
    {"NAME": "zoom", "TYPE": "float", "LABEL": "Zoom", "MIN": 0.5, "MAX": 3.0, "DEFAULT": 1.0}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"angle": "turns"}, "CURVES": {"zoom": "log"}}
}*/

const float TURN = 6.2831853;

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

void main() {
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 off = (isf_FragNormCoord - 0.5) * vec2(aspect, 1.0);
    float c = cos(TURN * angle), s = sin(TURN * angle);
    off = mat2(c, s, -s, c) * off;
    vec2 aside = vec2(0.0);
    if (kind == 0) { off.x = -abs(off.x); aside.x = 0.5 * shift; }
    else if (kind == 1) { off.x = abs(off.x); aside.x = 0.5 * shift; }
    else if (kind == 2) { off.y = -abs(off.y); aside.y = 0.5 * shift; }
    else if (kind == 3) { off.y = abs(off.y); aside.y = 0.5 * shift; }
    else if (kind == 4) { off = -abs(off); aside = vec2(0.5 * shift); }
    else {
        off = -abs(off);
        if (off.x > off.y) off = off.yx;
        aside = vec2(0.5 * shift);
    }
    gl_FragColor = IMG_NORM_PIXEL(inputImage, folded(0.5 + aside + off / (zoom * vec2(aspect, 1.0))));
}
