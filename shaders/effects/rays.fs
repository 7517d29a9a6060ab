/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Rays: shafts of light stream from what is bright, away from a lamp",
  "CREDIT": "Morphogen; K. Mitchell, GPU Gems 3, chapter 13, 2007; here in three passes of eight taps, which are 512",
  "CATEGORIES": ["Light", "Blur"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 1.3, "IDENTITY": 0.0},
    {"NAME": "reach", "TYPE": "float", "LABEL": "Length", "MIN": 0.05, "MAX": 1.0, "DEFAULT": 0.55},
    {"NAME": "threshold", "TYPE": "float", "LABEL": "From what brightness on", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.12},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Where the lamp is", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.7]},
    {"NAME": "tint", "TYPE": "color", "LABEL": "Tint", "DEFAULT": [1.0, 0.93, 0.8, 1.0]},
    {"NAME": "veil", "TYPE": "float", "LABEL": "How much the picture sinks", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.15, "IDENTITY": 0.0}
  ],
  "PASSES": [
    {"TARGET": "near", "WIDTH": "min($WIDTH, floor(360.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 360.0)", "FLOAT": true},
    {"TARGET": "middle", "WIDTH": "min($WIDTH, floor(360.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 360.0)", "FLOAT": true},
    {"TARGET": "far", "WIDTH": "min($WIDTH, floor(360.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 360.0)", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect"}
}*/

vec3 bright(vec2 uv) {
    vec2 e = 0.25 / RENDERSIZE;
    vec3 light = IMG_NORM_PIXEL(inputImage, uv + e).rgb + IMG_NORM_PIXEL(inputImage, uv - e).rgb;
    light += IMG_NORM_PIXEL(inputImage, uv + e * vec2(1.0, -1.0)).rgb + IMG_NORM_PIXEL(inputImage, uv - e * vec2(1.0, -1.0)).rgb;
    light = clamp(0.25 * light, 0.0, 12.0);
    float peak = max(light.r, max(light.g, light.b));
    return light * smoothstep(threshold, threshold + 0.35, peak);
}

/* Eight taps towards the lamp; part is how far the eighth is, of the whole reach. */
vec3 streak(vec2 uv, float part) {
    vec3 sum = vec3(0.0);
    for (int tap = 0; tap < 8; tap++) {
        float way = part * reach * float(tap) / 8.0;
        vec2 place = uv + (centre - uv) * way;
        float weight = exp(-3.0 * way / reach);
        vec3 light = PASSINDEX == 0 ? bright(place) : PASSINDEX == 1 ? IMG_NORM_PIXEL(near, place).rgb : IMG_NORM_PIXEL(middle, place).rgb;
        sum += weight * light;
    }
    return sum / 8.0;
}

void main() {
    vec2 uv = isf_FragNormCoord;
    if (PASSINDEX == 0) gl_FragColor = vec4(streak(uv, 0.015625 * 8.0), 1.0);
    else if (PASSINDEX == 1) gl_FragColor = vec4(streak(uv, 0.36), 1.0);
    else if (PASSINDEX == 2) gl_FragColor = vec4(streak(uv, 1.0), 1.0);
    else {
        vec4 here = IMG_THIS_PIXEL(inputImage);
        vec3 shafts = 3.2 * amount * tint.rgb * IMG_THIS_PIXEL(far).rgb;
        gl_FragColor = vec4(max(here.rgb, 0.0) * (1.0 - veil) + shafts, here.a);
    }
}
