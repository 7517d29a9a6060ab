/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Threshold: two inks and a clean edge between them, as in a linocut",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Stylise", "Colour"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "level", "TYPE": "float", "LABEL": "Threshold", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.38},
    {"NAME": "local", "TYPE": "float", "LABEL": "For all alike, or by the neighbourhood", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.85},
    {"NAME": "smoothing", "TYPE": "float", "LABEL": "Smoothness of the shapes", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness of the edge", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "dark_ink", "TYPE": "color", "LABEL": "Dark", "DEFAULT": [0.008, 0.006, 0.022, 1.0]},
    {"NAME": "light_ink", "TYPE": "color", "LABEL": "Light", "DEFAULT": [0.86, 0.74, 0.56, 1.0]},
    {"NAME": "own_colour", "TYPE": "float", "LABEL": "Ink, or the picture's own colour", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35}
  ],
  "PASSES": [
    {"TARGET": "wide_across", "WIDTH": "min($WIDTH, floor(90.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 90.0)", "FLOAT": true},
    {"TARGET": "wide", "WIDTH": "min($WIDTH, floor(90.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 90.0)", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect"}
}*/

float key(vec3 light) {
    float grey = max(dot(light, vec3(0.2126, 0.7152, 0.0722)), 0.0);
    return pow(grey, 0.4) / (0.55 + 0.45 * pow(grey, 0.4));
}

float smoothed(vec2 uv) {
    vec2 e = smoothing * 0.008 * vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    float sum = 0.0;
    for (int tap = 0; tap < 13; tap++) {
        float angle = float(tap) * 2.3999632, far = sqrt(float(tap) / 13.0);
        sum += key(IMG_NORM_PIXEL(inputImage, uv + e * far * vec2(cos(angle), sin(angle))).rgb);
    }
    return sum / 13.0;
}

void main() {
    vec2 uv = isf_FragNormCoord, shape = vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    if (PASSINDEX < 2) {
        float sum = 0.0, weights = 0.0;
        for (int tap = -10; tap <= 10; tap++) {
            float far = float(tap) * 0.2, weight = exp(-0.5 * far * far);
            vec2 off = 0.055 * far * (PASSINDEX == 0 ? vec2(shape.x, 0.0) : vec2(0.0, 1.0));
            float value = PASSINDEX == 0 ? key(IMG_NORM_PIXEL(inputImage, uv + off).rgb) : IMG_NORM_PIXEL(wide_across, uv + off).r;
            sum += weight * value;
            weights += weight;
        }
        gl_FragColor = vec4(sum / weights, 0.0, 0.0, 1.0);
        return;
    }
    vec4 here = IMG_THIS_PIXEL(inputImage);
    float value = smoothed(uv);
    float bar = mix(level, clamp(IMG_NORM_PIXEL(wide, uv).r + (level - 0.38), 0.12, 1.2), local);
    /* The edge is as wide as a texel, whatever the slope: its size is taken from the neighbours. */
    vec2 e = 1.0 / RENDERSIZE;
    vec2 slope = vec2(smoothed(uv + vec2(e.x, 0.0)) - value, smoothed(uv + vec2(0.0, e.y)) - value);
    float width = max(0.75 * length(slope), 0.001) + 0.3 * softness * softness;
    float part = smoothstep(-width, width, value - bar);
    vec3 light = max(here.rgb, 0.0);
    float peak = max(light.r, max(light.g, light.b));
    vec3 own = light / max(peak, 0.02) * min(0.35 + 0.65 * peak, 1.2);
    gl_FragColor = vec4(mix(dark_ink.rgb, mix(light_ink.rgb, own, own_colour), part), here.a);
}
