/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Bleed: the new picture soaks in from drops, as ink into wet paper",
  "CREDIT": "Morphogen; S. Worley's cells, SIGGRAPH 1996, doi:10.1145/237170.237267; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Transition", "Dissolve"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "size", "TYPE": "float", "LABEL": "Distance of the drops", "MIN": 0.1, "MAX": 1.5, "DEFAULT": 0.55},
    {"NAME": "fringe", "TYPE": "float", "LABEL": "Fringes", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.6},
    {"NAME": "wet", "TYPE": "float", "LABEL": "Dark wet edge", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.01, "MAX": 0.5, "DEFAULT": 0.07}
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
    vec2 place = isf_FragNormCoord * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) / size + 31.0;
    vec2 bent = place + fringe * 0.5 * (vec2(clouds(place * 2.5), clouds(place * 2.5 + 57.0)) - 0.5);
    bent += fringe * 0.12 * (vec2(clouds(place * 11.0 + 7.0), clouds(place * 11.0 + 77.0)) - 0.5);
    vec2 cell = floor(bent);
    float when = 1.0;
    for (int row = -1; row <= 1; row++) {
        for (int column = -1; column <= 1; column++) {
            vec2 at = cell + vec2(float(column), float(row));
            vec2 drop = at + 0.5 + 0.7 * (vec2(hash(at + 3.0), hash(at + 61.0)) - 0.5);
            /* Drops fall one after the other, and all of the paper is wet in the end. */
            when = min(when, 0.4 * hash(at + 17.0) + 0.62 * length(bent - drop));
        }
    }
    when = smoothstep(0.0, 0.66, when);
    float part = smoothstep(0.0, 1.0, (progress * (1.0 + softness) - when) / softness);
    float shore = part * (1.0 - smoothstep(0.0, 0.14, progress * (1.0 + softness) - when - 0.6 * softness));
    vec4 both = mix(old, new, part);
    shore *= smoothstep(1.0, 0.85, progress);
    gl_FragColor = vec4(both.rgb * (1.0 - 0.75 * wet * shore), both.a);
}
