/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Growth: the new picture spreads through the old one as a living front",
  "CREDIT": "Morphogen; u(1 - u) with diffusion: R. A. Fisher 1937, doi:10.1111/j.1469-1809.1937.tb02153.x; A. Kolmogorov, I. Petrovsky, N. Piskunov 1937",
  "CATEGORIES": ["Transition", "Dissolve"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "pace", "TYPE": "float", "LABEL": "How fast the front runs", "MIN": 0.1, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "seeds", "TYPE": "float", "LABEL": "How many places it starts from", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "along", "TYPE": "float", "LABEL": "How much it follows the new picture", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.8},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 0.2},
    {"NAME": "rim", "TYPE": "float", "LABEL": "Light of the front", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.2}
  ],
  "PASSES": [
    {"TARGET": "extent", "WIDTH": "1", "HEIGHT": "1", "FLOAT": true},
    {"TARGET": "step_one", "WIDTH": "min($WIDTH, floor(144.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 144.0)", "FLOAT": true},
    {"TARGET": "step_two", "WIDTH": "min($WIDTH, floor(144.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 144.0)", "FLOAT": true},
    {"TARGET": "step_three", "WIDTH": "min($WIDTH, floor(144.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 144.0)", "FLOAT": true},
    {"TARGET": "step_four", "WIDTH": "min($WIDTH, floor(144.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 144.0)", "FLOAT": true},
    {"TARGET": "step_five", "WIDTH": "min($WIDTH, floor(144.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 144.0)", "FLOAT": true},
    {"TARGET": "front", "WIDTH": "min($WIDTH, floor(144.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 144.0)", "FLOAT": true, "PERSISTENT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "transition", "CURVES": {"pace": "log", "softness": "log"}}
}*/
float hash(vec2 place) {
    vec3 q = fract(vec3(place.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float noise(vec2 place) {
    vec2 cell = floor(place), part = place - cell;
    part = part * part * part * (part * (part * 6.0 - 15.0) + 10.0);
    float low = mix(hash(cell), hash(cell + vec2(1.0, 0.0)), part.x);
    return mix(low, mix(hash(cell + vec2(0.0, 1.0)), hash(cell + 1.0), part.x), part.y);
}


/* The field is 144 lines high whatever the picture's size. front: r is the new picture's share u, g the
   progress it was brought to, b the step to the present one. Six steps of explicit Euler a frame,
   each with D dt at most 0.22 (below 0.25 the five-point stencil is stable), r dt at most 0.1. What the
   front has not reached near the end is seeded by itself: at 1 all is new, at 0 nothing. */

float key(vec2 uv) {
    float grey = sqrt(max(dot(IMG_NORM_PIXEL(endImage, uv).rgb, vec3(0.2126, 0.7152, 0.0722)), 0.0));
    return grey / (0.35 + grey);
}

/* 0..1: the brightest place of the new picture is 1; a little chance breaks ties. */
float rank(vec2 uv) {
    vec2 ends = IMG_NORM_PIXEL(extent, vec2(0.5)).rg;
    float own = clamp((key(uv) - ends.x) / max(ends.y - ends.x, 0.05), 0.0, 1.0);
    float chance = noise(uv * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) * 26.0 + 19.0);
    return mix(own, chance, 0.3) * smoothstep(0.0, 0.02, own + 0.6 * chance);
}

vec4 at(vec2 uv) {
    if (PASSINDEX == 1) return IMG_NORM_PIXEL(front, uv);
    if (PASSINDEX == 2) return IMG_NORM_PIXEL(step_one, uv);
    if (PASSINDEX == 3) return IMG_NORM_PIXEL(step_two, uv);
    if (PASSINDEX == 4) return IMG_NORM_PIXEL(step_three, uv);
    if (PASSINDEX == 5) return IMG_NORM_PIXEL(step_four, uv);
    return IMG_NORM_PIXEL(step_five, uv);
}

vec4 grown(vec2 uv) {
    vec4 here = at(uv);
    if (PASSINDEX == 1) {
        if (FRAMEINDEX == 0 || progress <= 0.0) here = vec4(0.0);
        here.b = progress - here.g;
        here.g = progress;
    }
    vec2 e = 1.0 / RENDERSIZE;
    float beside = at(uv + vec2(e.x, 0.0)).r + at(uv - vec2(e.x, 0.0)).r + at(uv + vec2(0.0, e.y)).r + at(uv - vec2(0.0, e.y)).r;
    if (PASSINDEX == 1 && (FRAMEINDEX == 0 || progress <= 0.0)) beside = 0.0;
    float dt = min(pace * 0.9 * RENDERSIZE.y / 6.0 * abs(here.b), 0.22);
    float rate = 0.22 * mix(0.8, 0.15 + 2.0 * rank(uv), along);
    float u = here.r;
    if (here.b >= 0.0) u += dt * (beside - 4.0 * u + rate * u * (1.0 - u));
    else u -= 2.0 / 6.0 * abs(here.b) * (0.3 + u);
    float bar = mix(1.0, 0.93 - 0.35 * seeds, min(progress * 4.0, 1.0)) - smoothstep(0.55, 0.97, progress);
    u = max(u, smoothstep(bar, bar + 0.06, rank(uv)) * smoothstep(0.0, 0.05, progress));
    return vec4(clamp(u, 0.0, 1.0), here.g, here.b, 1.0);
}

float smooth_front(vec2 uv) {
    vec2 size = IMG_SIZE(front), place = uv * size - 0.5, cell = floor(place), f = place - cell;
    vec2 w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0, w1 = 2.0 / 3.0 - 0.5 * f * f * (2.0 - f);
    vec2 w3 = f * f * f / 6.0, w2 = 1.0 - w0 - w1 - w3, low = w0 + w1, high = w2 + w3;
    vec2 a = (cell - 0.5 + w1 / low) / size, b = (cell + 1.5 + w3 / high) / size;
    return low.y * (low.x * IMG_NORM_PIXEL(front, a).r + high.x * IMG_NORM_PIXEL(front, vec2(b.x, a.y)).r)
        + high.y * (low.x * IMG_NORM_PIXEL(front, vec2(a.x, b.y)).r + high.x * IMG_NORM_PIXEL(front, b).r);
}

void main() {
    vec2 uv = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        vec2 ends = vec2(9.0, 0.0);
        for (int row = 0; row < 12; row++) {
            for (int column = 0; column < 20; column++) {
                float value = key((vec2(float(column), float(row)) + 0.5) / vec2(20.0, 12.0));
                ends = vec2(min(ends.x, value), max(ends.y, value));
            }
        }
        gl_FragColor = vec4(ends, 0.0, 1.0);
    } else if (PASSINDEX < 7) {
        gl_FragColor = grown(uv);
    } else {
        vec4 old = IMG_THIS_PIXEL(startImage), new = IMG_THIS_PIXEL(endImage);
        float u = smooth_front(uv);
        u += along * 0.5 * (key(uv) - 0.4) * 4.0 * u * (1.0 - u);
        u = u * smoothstep(0.0, 0.04, progress) + smoothstep(0.9, 1.0, progress);
        float part = smoothstep(0.5 - 0.5 * softness, 0.5 + 0.5 * softness, u);
        vec4 both = mix(old, new, part);
        float edge = 4.0 * part * (1.0 - part) + 0.4 * smoothstep(0.05, 0.5, u) * (1.0 - part);
        edge *= smoothstep(1.0, 0.9, progress);
        gl_FragColor = vec4(both.rgb + rim * edge * (0.35 * new.rgb + 0.06 * sqrt(max(new.rgb, 0.0)) + 0.1 * old.rgb), both.a);
    }
}
