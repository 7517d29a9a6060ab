/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Luma wipe: a picture's own light says where the new one comes first",
  "CREDIT": "Morphogen; the luminance key of the first video mixers",
  "CATEGORIES": ["Transition", "Wipe"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "order", "TYPE": "long", "LABEL": "What goes first", "VALUES": [0, 1, 2, 3], "LABELS": ["new lights", "new darks", "old darks", "old lights"], "DEFAULT": 0},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.01, "MAX": 1.0, "DEFAULT": 0.22},
    {"NAME": "smoothing", "TYPE": "float", "LABEL": "Smoothness of the shapes", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "glow", "TYPE": "float", "LABEL": "Light at the edge", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.4}
  ],
  "MORPHOGEN": {"KIND": "transition", "CURVES": {"softness": "log"}}
}*/
float light_at(vec2 uv) {
    vec3 light = order < 2 ? IMG_NORM_PIXEL(endImage, uv).rgb : IMG_NORM_PIXEL(startImage, uv).rgb;
    float grey = sqrt(max(dot(light, vec3(0.2126, 0.7152, 0.0722)), 0.0));
    return min(grey * 0.85, 0.8) + 0.2 * smoothstep(0.8, 1.6, grey);
}

void main() {
    vec4 old = IMG_THIS_PIXEL(startImage), new = IMG_THIS_PIXEL(endImage);
    vec2 uv = isf_FragNormCoord, e = 0.015 * smoothing * vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    float key = 0.3 * light_at(uv);
    for (int tap = 0; tap < 8; tap++) {
        float angle = float(tap) * 2.3999632;
        key += 0.0875 * light_at(uv + e * sqrt((float(tap) + 1.0) / 8.0) * vec2(cos(angle), sin(angle)));
    }
    bool lights_first = order == 0 || order == 3;
    float when = clamp(lights_first ? 1.0 - key : key, 0.0, 1.0);
    float part = smoothstep(0.0, 1.0, (progress * (1.0 + softness) - when) / softness);
    vec4 both = mix(old, new, part);
    float edge = 4.0 * part * (1.0 - part);
    gl_FragColor = vec4(both.rgb * (1.0 + glow * edge), both.a);
}
