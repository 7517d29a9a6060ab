/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Kaleido: the picture folds into a star and unfolds as another",
  "CREDIT": "Morphogen; D. Brewster 1819",
  "CATEGORIES": ["Transition", "Geometry"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "slices", "TYPE": "float", "LABEL": "Mirrors", "MIN": 3.0, "MAX": 16.0, "DEFAULT": 6.0},
    {"NAME": "spin", "TYPE": "float", "LABEL": "Turning", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.25},
    {"NAME": "zoom", "TYPE": "float", "LABEL": "Zoom at the height", "MIN": 0.5, "MAX": 3.0, "DEFAULT": 1.2},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"spin": "turns"}}
}*/
vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

const float TURN = 6.2831853;

void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), off = (isf_FragNormCoord - centre) * shape;
    float height = 0.5 - 0.5 * cos(TURN * progress), slice = TURN / floor(slices);
    float angle = TURN * spin * (progress - 0.5) * height;
    float c = cos(angle), s = sin(angle);
    vec2 turned = mat2(c, s, -s, c) * off;
    float folded_angle = abs(mod(atan(turned.y, turned.x) + 0.5 * slice, slice) - 0.5 * slice);
    vec2 star = length(off) / zoom * vec2(cos(folded_angle), sin(folded_angle));
    star += vec2(0.1, -0.15) * sin(TURN * progress);
    vec2 uv = folded(centre + mix(off, star, height) / shape);
    gl_FragColor = mix(IMG_NORM_PIXEL(startImage, uv), IMG_NORM_PIXEL(endImage, uv), smoothstep(0.3, 0.7, progress));
}
