/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Raster: body and light printed as dots in two inks, as a poster is",
  "CREDIT": "Morphogen; halftone by a cosine screen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "raster_dots", "TYPE": "float", "LABEL": "Dots over the height", "MIN": 20.0, "MAX": 160.0, "DEFAULT": 64.0},
    {"NAME": "raster_body", "TYPE": "float", "LABEL": "First ink", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "raster_light", "TYPE": "float", "LABEL": "Second ink", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.8},
    {"NAME": "raster_height", "TYPE": "float", "LABEL": "Height of the folds", "MIN": 0.0, "MAX": 30.0, "DEFAULT": 8.0},
    {"NAME": "raster_wash", "TYPE": "float", "LABEL": "Wash below the dots", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.2},
    {"NAME": "raster_turn", "TYPE": "float", "LABEL": "Turning of the second raster", "MIN": -0.1, "MAX": 0.1, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {"KIND": "look", "CURVES": {"raster_dots": "log"}, "UNITS": {"raster_turn": "turns/s"}, "PHASES": ["raster_turn"]}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* Read: field, palette_image; written: linear light. The screen rises from 0 in a dot's middle to 1
   between four of them; ink lies where the tone is above it, with an edge of one pixel. */

float ink_at(float tone, float turn) {
    vec2 off = (uv - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) * raster_dots;
    float c = cos(6.2831853 * turn), s = sin(6.2831853 * turn);
    vec2 place = 6.2831853 * vec2(c * off.x - s * off.y, s * off.x + c * off.y);
    float screen = 0.5 - 0.25 * (cos(place.x) + cos(place.y));
    float pixel = 2.2 * raster_dots / RENDERSIZE.y;
    return clamp((tone - screen) / max(pixel, 0.02) + 0.5, 0.0, 1.0);
}

void main() {
    Surface here = surface_at(uv);
    vec3 normal = normalize(vec3(-here.body_slope * raster_height, 1.0));
    float lit = 0.85 + 0.6 * dot(normal.xy, vec2(-0.64, 0.77));
    float body = clamp(here.body * raster_body, 0.0, 1.0);
    float light = clamp(here.light * raster_light, 0.0, 1.0);
    float first = ink_at(clamp(1.1 * body * lit - 0.05, 0.0, 1.05), 0.0417);
    float second = ink_at(1.05 * light * light - 0.02, 0.2083 + raster_turn_phase);
    /* Black, or the paper of a palette that prints, dimmed to leave room for the glow. */
    vec3 ground = 0.72 * palette(0.0);
    vec3 colour = mix(ground, palette(0.7 * body * lit), raster_wash);
    colour = mix(colour, palette(clamp(0.25 + 0.7 * body * lit, 0.0, 1.0)), first);
    colour = mix(colour, palette_accent(), 0.85 * second);
    gl_FragColor = vec4(colour, 1.0);
}
