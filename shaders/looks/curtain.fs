/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Curtain: light stands upward from every fold of the field, as polar light does",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "curtain_length", "TYPE": "float", "LABEL": "Height of the curtains", "MIN": 0.02, "MAX": 0.6, "DEFAULT": 0.25},
    {"NAME": "curtain_width", "TYPE": "float", "LABEL": "Width of a fold", "MIN": 0.05, "MAX": 0.6, "DEFAULT": 0.2},
    {"NAME": "curtain_rays", "TYPE": "float", "LABEL": "Rays", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "curtain_light", "TYPE": "float", "LABEL": "Brightness", "MIN": 0.2, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "curtain_hem", "TYPE": "float", "LABEL": "Light of the hem", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5}
  ],
  "MORPHOGEN": {"KIND": "look", "UNITS": {"curtain_length": "heights"}}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/noise.glsl"

/* Read: field. A fold is where the body passes its middle while the light is up: a wave front, of
   a turning medium. Light at a place comes from the folds below it, weaker with their distance. */

const int SAMPLES = 12;

/* Linear across, nearest up: the sum over the height smooths that way by itself. */
float fold_at(vec2 base, float across) {
    vec2 state = mix(texture(field, base).rg, textureOffset(field, base, ivec2(1, 0)).rg, across);
    float body = dot(shown_body.xy, state) + shown_body.z - 0.5;
    float light = dot(shown_light.xy, state) + shown_light.z;
    float near = 2.0 * body / curtain_width;
    return smoothstep(0.4, 0.9, light) / (1.0 + near * near * near * near);
}

/* Fine rays side by side: smooth noise along the width, 0..1. */
float ray_at(float place) {
    float t = fract(place);
    float from = hash_noise(vec2(floor(place), 7.0), 3);
    float to = hash_noise(vec2(floor(place) + 1.0, 7.0), 3);
    return mix(from, to, t * t * (3.0 - 2.0 * t));
}

void main() {
    Surface here = surface_at(uv);
    vec2 size = vec2(textureSize(field, 0));
    float cell = uv.x * size.x - 0.5;
    float across = fract(cell);
    float column = (floor(cell) + 0.5) / size.x;
    float drawn = uv.x * 90.0 + 2.0 * here.light;
    float ray = 0.6 * ray_at(drawn) + 0.4 * ray_at(2.7 * drawn + 40.0);
    float length_here = curtain_length * mix(1.0, 0.15 + 1.7 * ray, curtain_rays);
    /* Interleaved gradient noise (J. Jimenez 2014): neighbours differ most, so grain is finest. */
    float jitter = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    float light = 0.0;
    float total = 0.0;
    for (int i = 0; i < SAMPLES; i++) {
        float far = (float(i) + jitter) / float(SAMPLES);
        float weight = exp(-3.0 * far);
        light += weight * fold_at(vec2(column, uv.y - far * length_here), across);
        total += weight;
    }
    light = curtain_light * 1.6 * light / total * mix(1.0, 0.15 + 1.7 * ray, curtain_rays);
    float hem = 2.0 * (here.body - 0.5) / curtain_width;
    hem = smoothstep(0.4, 0.9, here.light) / (1.0 + hem * hem * hem * hem);
    vec3 colour = palette(1.0 - exp(-1.4 * light));
    colour += palette_accent() * (hem * hem * curtain_hem * 0.35 * smoothstep(0.1, 0.5, light));
    gl_FragColor = vec4(colour, 1.0);
}
