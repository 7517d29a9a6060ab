/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Burn: the old picture is burnt away, embers along the edge",
  "CREDIT": "Morphogen; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Transition", "Dissolve"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "size", "TYPE": "float", "LABEL": "Size of the holes", "MIN": 0.05, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "ember", "TYPE": "float", "LABEL": "Light of the embers", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.1},
    {"NAME": "char_width", "TYPE": "float", "LABEL": "Width of the charred edge", "MIN": 0.01, "MAX": 0.4, "DEFAULT": 0.14},
    {"NAME": "fire", "TYPE": "color", "LABEL": "Fire", "DEFAULT": [1.0, 0.32, 0.06, 1.0]},
    {"NAME": "own", "TYPE": "float", "LABEL": "Lights burn first", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"size": "heights"}, "CURVES": {"size": "log"}}
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
    vec4 old = IMG_THIS_PIXEL(startImage), new = IMG_THIS_PIXEL(endImage);
    vec2 place = isf_FragNormCoord * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) / size;
    float key = sqrt(clamp(dot(old.rgb, vec3(0.2126, 0.7152, 0.0722)), 0.0, 1.0));
    float when = mix(clouds(place + 11.0), 1.0 - key, 0.5 * own);
    when = mix(when, clouds(place * 6.0 + 90.0), 0.12);
    /* The edge begins before 0 and leaves behind 1, char and embers and all. */
    float far = when - mix(-0.12, 1.02 + char_width, progress) + char_width;
    float gone = smoothstep(0.0, -0.02, far);
    float coal = 1.0 - smoothstep(0.0, char_width, far);
    float hot = exp(-pow(far / (0.12 * char_width), 2.0)) + 0.12 * exp(-pow((far - 0.2 * char_width) / (0.3 * char_width), 2.0));
    float live = 0.6 + 0.8 * noise(place * 22.0 + 5.0 * progress);
    hot *= smoothstep(0.0, 0.06, progress) * smoothstep(1.0, 0.94, progress);
    vec3 light = mix(old.rgb * (1.0 - 0.92 * coal * smoothstep(0.0, 0.06, progress)), new.rgb, gone);
    light += ember * fire.rgb * hot * live * (1.0 + hot);
    if (progress <= 0.0) light = old.rgb;
    if (progress >= 1.0) light = new.rgb;
    gl_FragColor = vec4(light, mix(old.a, new.a, gone));
}
