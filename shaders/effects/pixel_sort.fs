/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Pixel sort: runs of middling light are put in order, strand by strand",
  "CREDIT": "Morphogen; after K. Asendorf's pixel sorting, 2010; here the order is drawn from samples of each run",
  "CATEGORIES": ["Glitch", "Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "low", "TYPE": "float", "LABEL": "Runs begin above", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.15},
    {"NAME": "high", "TYPE": "float", "LABEL": "Runs end above", "MIN": 0.0, "MAX": 1.5, "DEFAULT": 1.2},
    {"NAME": "reach", "TYPE": "float", "LABEL": "Longest run", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Direction", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25},
    {"NAME": "strand", "TYPE": "float", "LABEL": "Width of a strand", "MIN": 1.0, "MAX": 24.0, "DEFAULT": 3.0},
    {"NAME": "ragged", "TYPE": "float", "LABEL": "Raggedness", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5}
  ],
  "PASSES": [
    {"TARGET": "runs", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"reach": "heights", "angle": "turns", "strand": "1/1080 of the height"}, "CURVES": {"reach": "log", "strand": "log"}}
}*/
/* First pass: how far a place's run goes on before it and behind it. Second: what part of the run
   lies behind says what light belongs here; the samples nearest to that light are laid there. */

const float TURN = 6.2831853;

float hash(float place) {
    place = fract(place * 0.1031);
    place *= place + 33.33;
    return fract(2.0 * place * place);
}

float key(vec3 light) {
    return sqrt(max(dot(light, vec3(0.2126, 0.7152, 0.0722)), 0.0));
}

vec3 light_at(vec2 place) {
    return clamp(IMG_NORM_PIXEL(inputImage, place / vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0)).rgb, 0.0, 40.0);
}

bool inside(vec2 place) {
    vec2 uv = place / vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float value = key(light_at(place));
    return value > low && value < max(high, low) && uv == clamp(uv, 0.0, 1.0);
}

void main() {
    vec2 along = vec2(cos(TURN * angle), sin(TURN * angle)), across = vec2(-along.y, along.x);
    vec2 place = isf_FragNormCoord * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float wide = max(strand / 1080.0, 1.0 / RENDERSIZE.y);
    float number = floor(dot(place, across) / wide);
    vec2 middle = dot(place, along) * along + (number + 0.5) * wide * across;
    float longest = reach * mix(1.0, 0.15 + 1.2 * hash(number + 4096.0), ragged);
    if (PASSINDEX == 0) {
        float before = 0.0, behind = 0.0;
        bool go_on = inside(middle), go_back = go_on;
        for (int tap = 1; tap <= 40; tap++) {
            float far = longest * 0.5 * float(tap) / 40.0;
            go_on = go_on && inside(middle + far * along);
            go_back = go_back && inside(middle - far * along);
            if (go_on) before = far;
            if (go_back) behind = far;
        }
        gl_FragColor = vec4(before, behind, 0.0, 1.0);
        return;
    }
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec2 run = IMG_THIS_PIXEL(runs).rg;
    float whole = run.x + run.y;
    if (whole < 2.0 / RENDERSIZE.y) {
        gl_FragColor = here;
        return;
    }
    float least = 100.0, most = 0.0;
    for (int tap = 0; tap < 24; tap++) {
        float value = key(light_at(middle + along * (whole * (float(tap) + 0.5) / 24.0 - run.y)));
        least = min(least, value);
        most = max(most, value);
    }
    float wanted = mix(least, most, run.y / whole);
    float narrow = 9.0 / max(most - least, 0.02);
    vec3 sum = vec3(0.0);
    float weights = 0.0;
    for (int tap = 0; tap < 24; tap++) {
        vec3 light = light_at(middle + along * (whole * (float(tap) + 0.5) / 24.0 - run.y));
        float off = (key(light) - wanted) * narrow;
        float weight = exp(-off * off) + 0.00001;
        sum += weight * light;
        weights += weight;
    }
    gl_FragColor = vec4(sum / weights, here.a);
}
