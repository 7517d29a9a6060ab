/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Warp: both pictures flow along each other's light while they change places",
  "CREDIT": "Morphogen; each is carried by the slope of the other",
  "CATEGORIES": ["Transition", "Distortion"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "strength", "TYPE": "float", "LABEL": "How far they flow", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "detail", "TYPE": "float", "LABEL": "Broad or fine flow", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "MORPHOGEN": {"KIND": "transition"}
}*/
vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

float key(sampler2D image, vec2 uv) {
    float grey = max(dot(IMG_NORM_PIXEL(image, folded(uv)).rgb, vec3(0.2126, 0.7152, 0.0722)), 0.0);
    return sqrt(grey / (0.4 + grey));
}

vec2 slope(sampler2D image) {
    vec2 uv = isf_FragNormCoord, shape = vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0), sum = vec2(0.0);
    for (int tap = 0; tap < 12; tap++) {
        float angle = float(tap) * 0.5235988;
        vec2 way = vec2(cos(angle), sin(angle));
        sum += way * (key(image, uv + 0.05 * way * shape) * (1.0 - detail) + key(image, uv + 0.016 * way * shape) * (0.5 + detail));
    }
    return sum / 6.0 * shape;
}

void main() {
    float part = progress * progress * (3.0 - 2.0 * progress);
    vec2 uv = isf_FragNormCoord;
    vec4 old = IMG_NORM_PIXEL(startImage, folded(uv - 0.55 * strength * part * slope(endImage)));
    vec4 new = IMG_NORM_PIXEL(endImage, folded(uv + 0.55 * strength * (1.0 - part) * slope(startImage)));
    gl_FragColor = mix(old, new, smoothstep(0.15, 0.85, progress));
}
