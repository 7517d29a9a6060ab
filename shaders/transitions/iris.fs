/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Iris: the new picture opens from a point, or the old one closes on it",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Wipe"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "sides", "TYPE": "float", "LABEL": "Circle, or how many sides", "MIN": 2.0, "MAX": 12.0, "DEFAULT": 2.0},
    {"NAME": "turn", "TYPE": "float", "LABEL": "Turning as it opens", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.1},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.005, "MAX": 1.0, "DEFAULT": 0.08},
    {"NAME": "closes", "TYPE": "bool", "LABEL": "The old one closes", "DEFAULT": false}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"turn": "turns"}, "CURVES": {"softness": "log"}}
}*/
/* Fewer than three sides is a circle. */

const float TURN = 6.2831853;

void main() {
    vec4 old = IMG_THIS_PIXEL(startImage), new = IMG_THIS_PIXEL(endImage);
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), off = (isf_FragNormCoord - centre) * shape;
    vec2 corner = max(centre, 1.0 - centre) * shape;
    float far = length(off), open = closes ? 1.0 - progress : progress;
    float sector = TURN / floor(max(sides, 3.0));
    float angle = mod(atan(off.y, off.x) + TURN * turn * open + 0.5 * sector, sector) - 0.5 * sector;
    float polygon = far * cos(angle);
    far = mix(far, polygon, smoothstep(2.2, 3.0, sides));
    float when = min(far / length(corner), 1.0);
    float part = smoothstep(0.0, 1.0, (open * (1.0 + softness) - when) / softness);
    if (closes) part = 1.0 - part;
    if (progress <= 0.0) part = 0.0;
    if (progress >= 1.0) part = 1.0;
    gl_FragColor = mix(old, new, part);
}
