/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Grain: the silver of a film, alive in the middle tones, silent in black",
  "CREDIT": "Morphogen; noise of the density, as film has it; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Film"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3, "IDENTITY": 0.0},
    {"NAME": "size", "TYPE": "float", "LABEL": "Size", "MIN": 1.0, "MAX": 8.0, "DEFAULT": 2.0},
    {"NAME": "colour", "TYPE": "float", "LABEL": "Silver, or dyes of three colours", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25},
    {"NAME": "pictures", "TYPE": "float", "LABEL": "Pictures a second", "MIN": 0.0, "MAX": 30.0, "DEFAULT": 24.0},
    {"NAME": "fade", "TYPE": "float", "LABEL": "Warm and faded", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0, "IDENTITY": 0.0}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"size": "1/1080 of the height"}, "CURVES": {"size": "log"}}
}*/
/* It multiplies: black stays black, nothing becomes negative, and the mean of the light is kept. */

vec3 hash(vec3 place) {
    place = fract(place * vec3(0.1031, 0.1030, 0.0973));
    place += dot(place, place.yxz + 33.33);
    return fract((place.xxy + place.yxx) * place.zyx);
}

vec3 grains(vec2 place, float frame) {
    vec2 cell = floor(place), part = place - cell;
    part = part * part * (3.0 - 2.0 * part);
    vec3 low = mix(hash(vec3(cell, frame)), hash(vec3(cell + vec2(1.0, 0.0), frame)), part.x);
    vec3 high = mix(hash(vec3(cell + vec2(0.0, 1.0), frame)), hash(vec3(cell + 1.0, frame)), part.x);
    return mix(low, high, part.y) - 0.5;
}

void main() {
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec3 light = max(here.rgb, 0.0);
    float frame = mod(floor(TIME * pictures), 997.0);
    vec2 place = isf_FragNormCoord * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) * 1080.0 / size;
    /* Two grids, turned against each other, so that neither is seen. */
    vec3 noise = grains(place, frame) + grains(mat2(0.8, 0.6, -0.6, 0.8) * place * 1.63 + 71.7, frame + 0.5);
    noise = mix(noise.ggg, noise, colour);
    float grey = dot(light, vec3(0.2126, 0.7152, 0.0722));
    float most = 1.0 / (1.0 + 1.5 * grey);
    light *= max(1.0 + 1.8 * amount * most * noise, 0.0);
    vec3 faded = light * vec3(1.06, 0.98, 0.82) + fade * vec3(0.010, 0.007, 0.009);
    gl_FragColor = vec4(mix(light, faded, fade), here.a);
}
