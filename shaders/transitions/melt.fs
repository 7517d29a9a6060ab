/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Melt: the old picture runs down like wax",
  "CREDIT": "Morphogen; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Transition", "Distortion"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "strands", "TYPE": "float", "LABEL": "Strands", "MIN": 4.0, "MAX": 120.0, "DEFAULT": 30.0},
    {"NAME": "straggle", "TYPE": "float", "LABEL": "How they straggle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7},
    {"NAME": "stretch", "TYPE": "float", "LABEL": "How it is drawn out", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.6},
    {"NAME": "shine", "TYPE": "float", "LABEL": "Shine of the drops", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.8}
  ],
  "MORPHOGEN": {"KIND": "transition", "CURVES": {"strands": "log"}}
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

/* 0..1, spread evenly enough that a threshold moving at constant speed uncovers at constant speed. */
float clouds(vec2 place) {
    float sum = 0.0, weight = 0.5;
    for (int octave = 0; octave < 5; octave++) {
        sum += weight * noise(place);
        place = mat2(1.6, 1.2, -1.2, 1.6) * place + 17.3;
        weight *= 0.5;
    }
    return smoothstep(0.22, 0.74, sum);
}

void main() {
    vec2 uv = isf_FragNormCoord;
    vec4 new = IMG_THIS_PIXEL(endImage);
    float x = uv.x * RENDERSIZE.x / RENDERSIZE.y * strands / 1.78;
    float late = straggle * (0.55 * noise(vec2(x * 0.22, 3.0)) + 0.3 * noise(vec2(x * 0.6, 9.0)) + 0.15 * noise(vec2(x * 1.7, 5.0)));
    float own = clamp(progress * (1.0 + straggle) - late, 0.0, 1.0);
    float fall = own * own * 1.2;
    /* The hem: above it the old picture is gone, below it, it is drawn out. */
    float hem = 1.0 - fall + 0.05 * (1.0 - own), under = hem - uv.y;
    vec2 there = vec2(uv.x, uv.y + fall * (1.0 - stretch * 0.6 * clamp(under / max(hem, 0.05), 0.0, 1.0)));
    vec4 old = IMG_NORM_PIXEL(startImage, vec2(there.x, 1.0 - abs(mod(there.y, 2.0) - 1.0)));
    float soft = 2.0 / RENDERSIZE.y, body = smoothstep(-soft, soft, under);
    float bead = exp(-abs(under) * 45.0) * smoothstep(0.02, 0.2, own);
    old.rgb *= 1.0 + shine * bead;
    if (own <= 0.0) { body = 1.0; old = IMG_THIS_PIXEL(startImage); }
    if (progress >= 1.0) body = 0.0;
    gl_FragColor = mix(new, old, body);
}
