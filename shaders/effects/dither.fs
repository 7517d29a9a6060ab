/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Dither: few tones, mixed from a woven pattern of cells, as on the first screens",
  "CREDIT": "Morphogen; B. E. Bayer, ICC 1973; the woven one: J. Jimenez, SIGGRAPH 2014",
  "CATEGORIES": ["Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "tones", "TYPE": "float", "LABEL": "Tones", "MIN": 2.0, "MAX": 8.0, "DEFAULT": 2.0},
    {"NAME": "size", "TYPE": "float", "LABEL": "Size of a cell", "MIN": 1.0, "MAX": 24.0, "DEFAULT": 5.0},
    {"NAME": "kind", "TYPE": "long", "LABEL": "Pattern", "VALUES": [0, 1, 2], "LABELS": ["crosses", "woven", "lines"], "DEFAULT": 0},
    {"NAME": "own_colour", "TYPE": "float", "LABEL": "Ink, or the picture's own colour", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 1.0},
    {"NAME": "ink", "TYPE": "color", "LABEL": "Ink", "DEFAULT": [0.55, 0.95, 0.7, 1.0]},
    {"NAME": "lift", "TYPE": "float", "LABEL": "Brightness", "MIN": 0.25, "MAX": 4.0, "DEFAULT": 1.3}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"size": "1/1080 of the height"}, "CURVES": {"tones": "log", "size": "log", "lift": "log"}}
}*/

/* Bayer's matrix by halves: the order in which a square's four quarters fill, three times over. */
float cross_order(vec2 cell) {
    float order = 0.0, weight = 0.25;
    for (int level = 0; level < 3; level++) {
        vec2 bit = mod(cell, 2.0);
        order += weight * (bit.x == bit.y ? (bit.x < 0.5 ? 0.0 : 1.0) : (bit.x > 0.5 ? 2.0 : 3.0));
        cell = floor(cell * 0.5);
        weight *= 0.25;
    }
    return order + 0.0078125;
}

void main() {
    float texels = max(floor(size * RENDERSIZE.y / 1080.0 + 0.5), 1.0);
    vec2 cell = floor(isf_FragNormCoord * RENDERSIZE / texels);
    vec2 middle = (cell + 0.5) * texels / RENDERSIZE, e = 0.25 * texels / RENDERSIZE;
    vec3 light = max(IMG_NORM_PIXEL(inputImage, middle + e).rgb, 0.0) + max(IMG_NORM_PIXEL(inputImage, middle - e).rgb, 0.0);
    light += max(IMG_NORM_PIXEL(inputImage, middle + e * vec2(1.0, -1.0)).rgb, 0.0) + max(IMG_NORM_PIXEL(inputImage, middle - e * vec2(1.0, -1.0)).rgb, 0.0);
    light *= 0.25 * lift;
    float order = kind == 0 ? cross_order(cell) : kind == 1 ? fract(52.9829189 * fract(dot(cell, vec2(0.06711056, 0.00583715)))) : fract((cell.x + 3.0 * cell.y) * 0.2 + 0.1);
    /* Tones lie evenly in light: two cells, one lit, are as bright as what they stand for. */
    float peak = max(light.r, max(light.g, light.b)), grey = min(mix(dot(light, vec3(0.2126, 0.7152, 0.0722)), peak, own_colour), 1.0);
    float steps = floor(tones + 0.5) - 1.0;
    float tone = floor(grey * steps + order) / steps;
    vec3 own = light / max(peak, 0.01);
    gl_FragColor = vec4(tone * mix(ink.rgb, own, own_colour), IMG_THIS_PIXEL(inputImage).a);
}
