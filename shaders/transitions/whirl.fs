/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Whirl: a vortex takes the old picture in and gives the new one back",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Distortion"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "turns", "TYPE": "float", "LABEL": "Turns", "MIN": -3.0, "MAX": 3.0, "DEFAULT": 0.8},
    {"NAME": "radius", "TYPE": "float", "LABEL": "Radius", "MIN": 0.1, "MAX": 1.5, "DEFAULT": 0.9},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "pull", "TYPE": "float", "LABEL": "Pull to the middle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"turns": "turns", "radius": "heights"}}
}*/
vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

const float TURN = 6.2831853;

vec4 whirled(sampler2D image, float amount, float way) {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), off = (isf_FragNormCoord - centre) * shape;
    float near = max(1.0 - length(off) / radius, 0.0);
    float angle = TURN * turns * way * amount * near * near;
    float c = cos(angle), s = sin(angle);
    off = mat2(c, s, -s, c) * off * (1.0 + 1.5 * pull * amount * near);
    return IMG_NORM_PIXEL(image, folded(centre + off / shape));
}

void main() {
    float part = progress * progress * (3.0 - 2.0 * progress);
    vec4 old = whirled(startImage, part, 1.0), new = whirled(endImage, 1.0 - part, -1.0);
    gl_FragColor = mix(old, new, smoothstep(0.3, 0.7, progress));
}
