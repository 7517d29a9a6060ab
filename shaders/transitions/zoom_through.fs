/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Zoom through: the old picture rushes past, the new one is behind it",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Zoom"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "strength", "TYPE": "float", "LABEL": "How far", "MIN": 0.1, "MAX": 4.0, "DEFAULT": 1.2},
    {"NAME": "streak", "TYPE": "float", "LABEL": "Streaks of speed", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.6},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "back", "TYPE": "bool", "LABEL": "Backwards", "DEFAULT": false}
  ],
  "MORPHOGEN": {"KIND": "transition"}
}*/
vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

vec4 zoomed(sampler2D image, float zoom, float speed) {
    vec4 sum = vec4(0.0);
    for (int tap = 0; tap < 11; tap++) {
        float own = exp2(zoom + speed * (float(tap) / 5.0 - 1.0));
        sum += IMG_NORM_PIXEL(image, folded(centre + (isf_FragNormCoord - centre) / own));
    }
    return sum / 11.0;
}

void main() {
    float part = progress * progress * (3.0 - 2.0 * progress), way = back ? -1.0 : 1.0;
    float speed = 4.0 * progress * (1.0 - progress) * 0.3 * streak * strength;
    vec4 old = zoomed(startImage, way * strength * part, speed);
    vec4 new = zoomed(endImage, -way * strength * (1.0 - part), speed);
    gl_FragColor = mix(old, new, smoothstep(0.25, 0.75, progress));
}
