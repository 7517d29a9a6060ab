/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Blinds: the picture turns over in bands",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Wipe"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "bands", "TYPE": "float", "LABEL": "Bands", "MIN": 2.0, "MAX": 60.0, "DEFAULT": 14.0},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Angle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.01, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "order", "TYPE": "float", "LABEL": "All at once, or one after the other", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.6}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"angle": "turns"}, "CURVES": {"softness": "log", "bands": "log"}}
}*/
const float TURN = 6.2831853;

void main() {
    vec4 old = IMG_THIS_PIXEL(startImage), new = IMG_THIS_PIXEL(endImage);
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), off = (isf_FragNormCoord - 0.5) * shape;
    vec2 along = vec2(cos(TURN * angle), sin(TURN * angle));
    float way = clamp(0.5 + 0.5 * dot(off, along) / (0.5 * dot(abs(along), shape)), 0.0, 1.0);
    float band = way * floor(bands), number = min(floor(band), floor(bands) - 1.0);
    float late = order * number / max(floor(bands) - 1.0, 1.0);
    float own = clamp(progress * (1.0 + order) - late, 0.0, 1.0);
    float part = smoothstep(0.0, 1.0, (own * (1.0 + softness) - clamp(band - number, 0.0, 1.0)) / softness);
    gl_FragColor = mix(old, new, part);
}
