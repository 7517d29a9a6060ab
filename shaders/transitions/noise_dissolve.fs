/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Noise dissolve: the new picture comes in clouds",
  "CREDIT": "Morphogen; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Transition", "Dissolve"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "size", "TYPE": "float", "LABEL": "Size of the clouds", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 0.28},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.01, "MAX": 1.0, "DEFAULT": 0.12},
    {"NAME": "glow", "TYPE": "float", "LABEL": "Light at the edge", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 0.6},
    {"NAME": "own", "TYPE": "float", "LABEL": "How much it follows the new picture", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"size": "heights"}, "CURVES": {"size": "log", "softness": "log"}}
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
    float key = sqrt(clamp(dot(new.rgb, vec3(0.2126, 0.7152, 0.0722)), 0.0, 1.0));
    float when = mix(clouds(place + 40.0), 1.0 - key, 0.6 * own);
    float part = smoothstep(0.0, 1.0, (progress * (1.0 + softness) - when) / softness);
    vec4 both = mix(old, new, part);
    float edge = 4.0 * part * (1.0 - part);
    gl_FragColor = vec4(both.rgb * (1.0 + glow * edge) + 0.02 * glow * edge * new.rgb, both.a);
}
