/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Bloom: what is bright spills over, near and far",
  "CREDIT": "Morphogen; a pyramid up and down, J. Jimenez, SIGGRAPH 2014, and M. Bjorge, SIGGRAPH 2015; soft knee: K. Takahashi",
  "CATEGORIES": ["Blur", "Light"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 0.9, "IDENTITY": 0.0},
    {"NAME": "threshold", "TYPE": "float", "LABEL": "From what brightness on", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.25},
    {"NAME": "knee", "TYPE": "float", "LABEL": "Softness of the threshold", "MIN": 0.01, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "reach", "TYPE": "float", "LABEL": "How far it spills", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7},
    {"NAME": "tint", "TYPE": "color", "LABEL": "Tint", "DEFAULT": [1.0, 0.96, 0.9, 1.0]}
  ],
  "PASSES": [
    {"TARGET": "fine", "WIDTH": "min($WIDTH, floor(360.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 360.0)", "FLOAT": true},
    {"TARGET": "half_size", "WIDTH": "min($WIDTH, floor(180.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 180.0)", "FLOAT": true},
    {"TARGET": "quarter", "WIDTH": "min($WIDTH, floor(90.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 90.0)", "FLOAT": true},
    {"TARGET": "eighth", "WIDTH": "min($WIDTH, floor(45.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 45.0)", "FLOAT": true},
    {"TARGET": "coarse", "WIDTH": "min($WIDTH, floor(22.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 22.0)", "FLOAT": true},
    {"TARGET": "wide_eighth", "WIDTH": "min($WIDTH, floor(45.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 45.0)", "FLOAT": true},
    {"TARGET": "wide_quarter", "WIDTH": "min($WIDTH, floor(90.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 90.0)", "FLOAT": true},
    {"TARGET": "wide_half", "WIDTH": "min($WIDTH, floor(180.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 180.0)", "FLOAT": true},
    {"TARGET": "wide", "WIDTH": "min($WIDTH, floor(360.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 360.0)", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "CURVES": {"knee": "log"}}
}*/
/* The levels have so many lines whatever the picture's size: the halo is as wide on every wall.
   On the way up each level is a mean of itself and the wider one, so that light is kept, not made. */

vec3 down(sampler2D level, vec2 uv) {
    vec2 cell = 0.5 / RENDERSIZE;
    return 0.25 * (IMG_NORM_PIXEL(level, uv + cell * vec2(-1.0, -1.0)).rgb + IMG_NORM_PIXEL(level, uv + cell * vec2(1.0, -1.0)).rgb
        + IMG_NORM_PIXEL(level, uv + cell * vec2(-1.0, 1.0)).rgb + IMG_NORM_PIXEL(level, uv + cell * vec2(1.0, 1.0)).rgb);
}

vec3 up(sampler2D level, vec2 uv, vec2 size) {
    vec2 cell = 0.5 / size;
    vec3 near = IMG_NORM_PIXEL(level, uv + cell * vec2(-1.0, 1.0)).rgb + IMG_NORM_PIXEL(level, uv + cell).rgb
        + IMG_NORM_PIXEL(level, uv - cell).rgb + IMG_NORM_PIXEL(level, uv + cell * vec2(1.0, -1.0)).rgb;
    vec3 far = IMG_NORM_PIXEL(level, uv + cell * vec2(-2.0, 0.0)).rgb + IMG_NORM_PIXEL(level, uv + cell * vec2(2.0, 0.0)).rgb
        + IMG_NORM_PIXEL(level, uv + cell * vec2(0.0, -2.0)).rgb + IMG_NORM_PIXEL(level, uv + cell * vec2(0.0, 2.0)).rgb;
    return (2.0 * near + far) / 12.0;
}

vec3 bright(vec2 uv) {
    vec3 sum = vec3(0.0);
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            vec2 place = uv + (vec2(float(column), float(row)) - 1.5) * 0.25 / RENDERSIZE;
            vec3 light = clamp(IMG_NORM_PIXEL(inputImage, place).rgb, 0.0, 12.0);
            float peak = max(light.r, max(light.g, light.b));
            float round_off = max(min(knee, 0.8 * threshold), 0.001);
            float soft = clamp(peak - threshold + round_off, 0.0, 2.0 * round_off);
            float over = max(soft * soft / (4.0 * round_off), peak - threshold);
            sum += light * over / max(peak, 0.0001);
        }
    }
    return sum / 16.0;
}

void main() {
    vec2 uv = isf_FragNormCoord;
    float wider = 0.15 + 0.75 * reach;
    vec3 light = vec3(0.0);
    if (PASSINDEX == 0) light = bright(uv);
    else if (PASSINDEX == 1) light = down(fine, uv);
    else if (PASSINDEX == 2) light = down(half_size, uv);
    else if (PASSINDEX == 3) light = down(quarter, uv);
    else if (PASSINDEX == 4) light = down(eighth, uv);
    else if (PASSINDEX == 5) light = mix(IMG_NORM_PIXEL(eighth, uv).rgb, up(coarse, uv, IMG_SIZE(coarse)), wider);
    else if (PASSINDEX == 6) light = mix(IMG_NORM_PIXEL(quarter, uv).rgb, up(wide_eighth, uv, IMG_SIZE(wide_eighth)), wider);
    else if (PASSINDEX == 7) light = mix(IMG_NORM_PIXEL(half_size, uv).rgb, up(wide_quarter, uv, IMG_SIZE(wide_quarter)), wider);
    else if (PASSINDEX == 8) light = mix(IMG_NORM_PIXEL(fine, uv).rgb, up(wide_half, uv, IMG_SIZE(wide_half)), wider);
    else light = IMG_THIS_PIXEL(inputImage).rgb + amount * tint.rgb * up(wide, uv, IMG_SIZE(wide));
    gl_FragColor = vec4(light, 1.0);
}
