/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Posterise: a few flat tones, as cut from paper, with a fine line where they meet",
  "CREDIT": "Morphogen; steps of lightness as it is seen (the cube root of light)",
  "CATEGORIES": ["Stylise", "Colour"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "tones", "TYPE": "float", "LABEL": "Tones", "MIN": 2.0, "MAX": 16.0, "DEFAULT": 5.0},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness of their edges", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 0.08},
    {"NAME": "smoothing", "TYPE": "float", "LABEL": "Smoothness of their shapes", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "outline", "TYPE": "float", "LABEL": "Line between them", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "chroma", "TYPE": "float", "LABEL": "Strength of the colours", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 1.2}
  ],
  "MORPHOGEN": {"KIND": "effect", "CURVES": {"tones": "log", "softness": "log"}}
}*/

vec3 mean_at(vec2 uv) {
    vec2 e = smoothing * 0.006 * vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    vec3 sum = 2.0 * max(IMG_NORM_PIXEL(inputImage, uv).rgb, 0.0);
    for (int tap = 0; tap < 8; tap++) {
        float angle = float(tap) * 0.7853982;
        sum += max(IMG_NORM_PIXEL(inputImage, uv + e * vec2(cos(angle), sin(angle))).rgb, 0.0);
        sum += max(IMG_NORM_PIXEL(inputImage, uv + 0.5 * e * vec2(sin(angle), cos(angle))).rgb, 0.0);
    }
    return sum / 18.0;
}

void main() {
    vec3 light = mean_at(isf_FragNormCoord);
    float grey = dot(light, vec3(0.2126, 0.7152, 0.0722));
    float seen = pow(grey + 0.000001, 0.3333333);
    float high = seen * (tones - 1.0) + 0.5;
    float stage = floor(high), part = high - stage;
    float edge = min(part, 1.0 - part);
    float flat_seen = (stage + smoothstep(1.0 - softness, 1.0, part)) / max(tones - 1.0, 1.0);
    float wanted = flat_seen * flat_seen * flat_seen;
    vec3 hue = mix(vec3(1.0), light / max(grey, 0.000001), chroma);
    hue = clamp(hue, 0.0, 8.0);
    hue /= max(dot(hue, vec3(0.2126, 0.7152, 0.0722)), 0.01);
    float line = 1.0 - outline * (1.0 - smoothstep(0.04, 0.16, edge)) * step(0.8, high);
    gl_FragColor = vec4(min(hue, 12.0) * wanted * line, IMG_THIS_PIXEL(inputImage).a);
}
