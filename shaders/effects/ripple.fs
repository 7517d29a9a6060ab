/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Ripple: the picture lies under water; drops fall, rings cross, light gathers in them",
  "CREDIT": "Morphogen; rings as the 2-D wave equation sends them, by H. Hadamard 1923: each leaves a wake; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Distortion"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "depth", "TYPE": "float", "LABEL": "How far it bends", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5, "IDENTITY": 0.0},
    {"NAME": "rain", "TYPE": "float", "LABEL": "Drops a second", "MIN": 0.0, "MAX": 8.0, "DEFAULT": 2.0},
    {"NAME": "swell", "TYPE": "float", "LABEL": "Swell of the whole water", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "caustics", "TYPE": "float", "LABEL": "Light that gathers", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5, "IDENTITY": 0.0},
    {"NAME": "viscosity", "TYPE": "float", "LABEL": "How soon it calms", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "PASSES": [
    {"TARGET": "water", "WIDTH": "min($WIDTH, floor(200.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 200.0)", "PERSISTENT": true, "FLOAT": true},
    {"TARGET": "water_after", "WIDTH": "min($WIDTH, floor(200.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 200.0)", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect"}
}*/
/* water: r the height, g its speed, b the swell's time. Two steps of symplectic Euler a frame; a wave runs
   0.45 cells a step, below the five-point stencil's 0.707. A real wave equation, on 200 lines. */

const float TURN = 6.2831853;

vec3 hash(vec3 place) {
    place = fract(place * vec3(0.1031, 0.1030, 0.0973));
    place += dot(place, place.yxz + 33.33);
    return fract((place.xxy + place.yxx) * place.zyx);
}

vec4 at(vec2 uv) {
    return PASSINDEX == 0 ? IMG_NORM_PIXEL(water_after, uv) : IMG_NORM_PIXEL(water, uv);
}

void main() {
    vec2 uv = isf_FragNormCoord, shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    if (PASSINDEX < 2) {
        vec4 here = FRAMEINDEX == 0 && PASSINDEX == 0 ? vec4(0.0) : at(uv);
        vec2 e = 1.0 / RENDERSIZE;
        float dt = min(TIMEDELTA, 0.034) * 60.0;
        float beside = at(uv + vec2(e.x, 0.0)).r + at(uv - vec2(e.x, 0.0)).r + at(uv + vec2(0.0, e.y)).r + at(uv - vec2(0.0, e.y)).r;
        float speed = here.g + dt * 0.05 * (beside - 4.0 * here.r);
        speed *= exp(-dt * (0.006 + 0.05 * viscosity));
        float height = (here.r + dt * speed) * exp(-dt * 0.003);
        float gone = here.b + 0.5 * min(TIMEDELTA, 0.1);
        if (PASSINDEX == 0) {
            /* One drop may fall in each slot of a sixteenth of a second. */
            float slot = floor(TIME * 16.0);
            vec3 drop = hash(vec3(slot, 5.0, 9.0));
            bool falls = slot != floor((TIME - TIMEDELTA) * 16.0) && hash(vec3(slot, 1.0, 2.0)).x < rain / 16.0;
            vec2 off = (uv - drop.xy) * shape;
            if (falls) height -= (0.5 + drop.z) * exp(-dot(off, off) / 0.0007);
        }
        gl_FragColor = vec4(clamp(height, -4.0, 4.0), clamp(speed, -4.0, 4.0), mod(gone, 1000.0), 1.0);
        return;
    }
    vec2 e = 1.0 / IMG_SIZE(water_after);
    float left = IMG_NORM_PIXEL(water_after, uv - vec2(e.x, 0.0)).r, right = IMG_NORM_PIXEL(water_after, uv + vec2(e.x, 0.0)).r;
    float low = IMG_NORM_PIXEL(water_after, uv - vec2(0.0, e.y)).r, high = IMG_NORM_PIXEL(water_after, uv + vec2(0.0, e.y)).r;
    vec4 here = IMG_NORM_PIXEL(water_after, uv);
    vec2 slope = 1.1 * vec2(right - left, high - low);
    float lens = left + right + low + high - 4.0 * here.r;
    vec2 place = uv * shape;
    for (int number = 0; number < 5; number++) {
        float own = float(number), angle = 0.7 + 2.4 * own, wave_number = 9.0 + 5.0 * own;
        vec2 along = vec2(cos(angle), sin(angle));
        float phase = wave_number * dot(place, along) - here.b * (1.1 + 0.45 * own) + own * 1.7;
        slope += swell * along * cos(phase) * 0.16 / (1.0 + 0.35 * own);
        lens -= swell * sin(phase) * 0.035;
    }
    vec4 seen = IMG_NORM_PIXEL(inputImage, clamp(uv + depth * 0.11 * slope / shape, 0.0, 1.0));
    float gather = clamp(1.0 - caustics * 6.0 * lens, 0.35, 2.2);
    gl_FragColor = vec4(max(seen.rgb, 0.0) * gather, seen.a);
}
