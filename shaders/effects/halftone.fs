/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Halftone: the picture printed in points or lines of light, larger where it is brighter",
  "CREDIT": "Morphogen; after W. H. F. Talbot's screen, 1852",
  "CATEGORIES": ["Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "kind", "TYPE": "long", "LABEL": "Screen", "VALUES": [0, 1, 2, 3], "LABELS": ["points", "lines", "diamonds", "rings"], "DEFAULT": 0},
    {"NAME": "size", "TYPE": "float", "LABEL": "Distance of the points", "MIN": 4.0, "MAX": 80.0, "DEFAULT": 14.0},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Angle", "MIN": 0.0, "MAX": 0.25, "DEFAULT": 0.125},
    {"NAME": "weight", "TYPE": "float", "LABEL": "Weight of the points", "MIN": 0.3, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "ground", "TYPE": "float", "LABEL": "How much of the picture stays", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.08, "IDENTITY": 1.0},
    {"NAME": "three", "TYPE": "float", "LABEL": "One screen, or three for three colours", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"size": "1/1080 of the height", "angle": "turns"}, "CURVES": {"size": "log", "weight": "log"}}
}*/
/* A point covers as much of its cell as the picture is light there, as the eye counts it. */

const float TURN = 6.2831853;

vec3 mean_at(vec2 uv, vec2 reach) {
    vec3 sum = max(IMG_NORM_PIXEL(inputImage, uv).rgb, 0.0);
    sum += max(IMG_NORM_PIXEL(inputImage, uv + reach * vec2(0.25, 0.1)).rgb, 0.0) + max(IMG_NORM_PIXEL(inputImage, uv - reach * vec2(0.25, 0.1)).rgb, 0.0);
    sum += max(IMG_NORM_PIXEL(inputImage, uv + reach * vec2(-0.1, 0.25)).rgb, 0.0) + max(IMG_NORM_PIXEL(inputImage, uv - reach * vec2(-0.1, 0.25)).rgb, 0.0);
    return 0.2 * sum;
}

/* The middle's light (rgb) and how far inside its point this place is (a, in cells). */
vec4 screen(vec2 uv, float turns, vec3 weights) {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float pitch = size / 1080.0;
    float c = cos(TURN * turns), s = sin(TURN * turns);
    mat2 turned = mat2(c, s, -s, c), back = mat2(c, -s, s, c);
    vec2 place = turned * ((uv - 0.5) * shape) / pitch;
    vec2 cell = floor(place) + 0.5, off = place - cell;
    if (kind == 1) cell.x = place.x;
    if (kind == 3) {
        float ring = floor(length(place)) + 0.5;
        cell = ring * normalize(place + 0.00001);
        off = vec2(0.0, length(place) - ring);
    }
    vec3 light = mean_at(0.5 + back * cell * pitch / shape, pitch / shape);
    float seen = pow(clamp(dot(light, weights), 0.0, 1.0), 0.45) * weight;
    float inside;
    if (kind == 0) inside = 0.76 * sqrt(min(seen, 1.15)) - length(off);
    else if (kind == 2) inside = 0.98 * sqrt(min(seen, 1.1)) - (abs(off.x) + abs(off.y));
    else inside = 0.52 * seen - abs(off.y);
    return vec4(light, inside);
}

void main() {
    vec2 uv = isf_FragNormCoord;
    vec4 here = IMG_THIS_PIXEL(inputImage);
    float soft = max(540.0 / (size * RENDERSIZE.y) * 1.4, 0.02);
    vec4 one = screen(uv, angle, vec3(0.2126, 0.7152, 0.0722));
    float peak = max(one.r, max(one.g, one.b));
    vec3 ink = one.rgb / max(peak, 0.02) * clamp(peak * 1.6 + 0.1, 0.0, 1.5);
    vec3 points = ink * smoothstep(-soft, soft, one.a) * smoothstep(0.0, 0.02, peak);
    if (three > 0.0) {
        vec3 inside = vec3(
            screen(uv, angle - 0.0417, vec3(1.0, 0.0, 0.0)).a,
            screen(uv, angle + 0.0417, vec3(0.0, 1.0, 0.0)).a,
            screen(uv, angle + 0.125, vec3(0.0, 0.0, 1.0)).a);
        points = mix(points, 0.95 * smoothstep(-soft, soft, inside) * smoothstep(0.0, 0.02, one.rgb), three);
    }
    /* Points finer than three texels would beat with them: the picture itself is what they would be. */
    float seen = max(ground, 1.0 - smoothstep(2.0, 4.0, size * RENDERSIZE.y / 1080.0));
    gl_FragColor = vec4(mix(points, max(here.rgb, 0.0), seen), here.a);
}
