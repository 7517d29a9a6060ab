/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Relief: the body is a landscape, lit low from one side, with a rim",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "relief_height", "TYPE": "float", "LABEL": "Height", "MIN": 0.0, "MAX": 40.0, "DEFAULT": 14.0},
    {"NAME": "relief_angle", "TYPE": "float", "LABEL": "Where the light stands", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.37},
    {"NAME": "relief_gloss", "TYPE": "float", "LABEL": "Gloss", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "relief_rim", "TYPE": "float", "LABEL": "Rim light", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.4},
    {"NAME": "relief_glow", "TYPE": "float", "LABEL": "Glow of what moves", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 0.6}
  ],
  "MORPHOGEN": {"KIND": "look", "UNITS": {"relief_angle": "turns"}}
}*/
#include "lib/surface.glsl"
#include "lib/palette.glsl"

void main() {
    Surface here = surface_at(uv);
    float body = clamp(here.body, 0.0, 1.0);
    vec3 normal = normalize(vec3(-here.body_slope * relief_height, 1.0));
    float turn = 6.2831853 * relief_angle;
    vec3 key = normalize(vec3(cos(turn), sin(turn), 0.75));
    float lit = clamp(dot(normal, key), 0.0, 1.0);
    float gloss = pow(clamp(normalize(key + vec3(0.0, 0.0, 1.0)).z * normal.z + dot(normal.xy, key.xy) * 0.5, 0.0, 1.0), 48.0);
    float rim = (1.0 - normal.z) * smoothstep(0.0, 0.25, body);
    vec3 colour = palette(body) * (0.25 + 1.1 * lit);
    colour += palette(0.92) * gloss * relief_gloss * smoothstep(0.05, 0.3, body);
    colour += palette_accent() * rim * rim * relief_rim;
    colour += palette_accent() * texture(trail, uv).g * relief_glow;
    gl_FragColor = vec4(colour, 1.0);
}
