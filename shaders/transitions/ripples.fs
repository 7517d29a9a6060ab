/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Ripples: a stone falls in; behind the ring the new picture lies",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Distortion"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Where the stone falls", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "height", "TYPE": "float", "LABEL": "Height of the waves", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "wavelength", "TYPE": "float", "LABEL": "Length of a wave", "MIN": 0.02, "MAX": 0.4, "DEFAULT": 0.11},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.01, "MAX": 1.0, "DEFAULT": 0.2},
    {"NAME": "glint", "TYPE": "float", "LABEL": "Glint of the waves", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.6}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"wavelength": "heights"}, "CURVES": {"wavelength": "log", "softness": "log"}}
}*/
vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

const float TURN = 6.2831853;

void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), off = (isf_FragNormCoord - centre) * shape;
    float far = length(off), farthest = length(max(centre, 1.0 - centre) * shape);
    float front = progress * (farthest + 0.7);
    float behind = front - far;
    float live = smoothstep(0.0, 0.1, progress) * smoothstep(1.0, 0.8, progress);
    float train = smoothstep(0.0, 0.06, behind) * exp(-2.2 * max(behind, 0.0)) * live;
    float wave = sin(TURN * behind / wavelength) * train;
    vec2 uv = folded(isf_FragNormCoord + 0.06 * height * wave * off / max(far, 0.001) / shape);
    float part = smoothstep(0.0, 1.0, (behind - 0.12) / softness * 0.8);
    if (progress >= 1.0) part = 1.0;
    vec4 both = mix(IMG_NORM_PIXEL(startImage, uv), IMG_NORM_PIXEL(endImage, uv), part);
    float crest = cos(TURN * behind / wavelength) * train;
    gl_FragColor = vec4(both.rgb * max(1.0 + glint * height * crest, 0.0), both.a);
}
