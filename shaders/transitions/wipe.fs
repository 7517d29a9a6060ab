/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Wipe: a soft edge passes over the picture at an angle",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Wipe"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Angle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.06},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.005, "MAX": 1.0, "DEFAULT": 0.18},
    {"NAME": "wave", "TYPE": "float", "LABEL": "Waviness", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25},
    {"NAME": "glow", "TYPE": "float", "LABEL": "Light at the edge", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"angle": "turns"}, "CURVES": {"softness": "log"}}
}*/
const float TURN = 6.2831853;

void main() {
    vec4 old = IMG_THIS_PIXEL(startImage), new = IMG_THIS_PIXEL(endImage);
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), off = (isf_FragNormCoord - 0.5) * shape;
    vec2 along = vec2(cos(TURN * angle), sin(TURN * angle));
    float longest = 0.5 * dot(abs(along), shape), across = dot(off, vec2(-along.y, along.x));
    float bend = wave * 0.08 * (sin(7.0 * across + 5.0 * progress) + 0.5 * sin(17.0 * across - 3.0 * progress + 1.0));
    float when = 0.5 + 0.5 * (dot(off, along) + bend) / (longest + 0.12 * wave);
    float part = smoothstep(0.0, 1.0, (progress * (1.0 + softness) - clamp(when, 0.0, 1.0)) / softness);
    vec4 both = mix(old, new, part);
    gl_FragColor = vec4(both.rgb * (1.0 + 4.0 * glow * part * (1.0 - part)), both.a);
}
