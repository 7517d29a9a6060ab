/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Relief: the body is a landscape under a low lamp, with gloss, rim and hollows",
  "CREDIT": "Morphogen; gloss by the half vector, J. F. Blinn, SIGGRAPH 1977, doi:10.1145/563858.563893",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "relief_height", "TYPE": "float", "LABEL": "Height", "MIN": 0.0, "MAX": 40.0, "DEFAULT": 14.0},
    {"NAME": "relief_angle", "TYPE": "float", "LABEL": "Where the lamp stands", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.37},
    {"NAME": "relief_turn", "TYPE": "float", "LABEL": "Turning of the lamp", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.0},
    {"NAME": "relief_reach", "TYPE": "float", "LABEL": "Reach of the lamp", "MIN": 0.2, "MAX": 4.0, "DEFAULT": 1.2},
    {"NAME": "relief_depth", "TYPE": "float", "LABEL": "Depth of the hollows", "MIN": 0.3, "MAX": 4.0, "DEFAULT": 1.3},
    {"NAME": "relief_gloss", "TYPE": "float", "LABEL": "Gloss", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "relief_rim", "TYPE": "float", "LABEL": "Rim light", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.4},
    {"NAME": "relief_glow", "TYPE": "float", "LABEL": "Glow of what moves", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 0.3}
  ],
  "MORPHOGEN": {
    "KIND": "look",
    "UNITS": {"relief_angle": "turns", "relief_turn": "turns/s", "relief_reach": "heights"},
    "CURVES": {"relief_depth": "log", "relief_reach": "log"},
    "PHASES": ["relief_turn"]
  }
}*/
/* Read: field, trail (what moves), palette_image; written: linear light. */
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/wave.glsl"

void main() {
    Surface here = surface_at(uv);
    float body = clamp(here.body, 0.0, 1.0);
    vec3 normal = normalize(vec3(-here.body_slope * relief_height, 1.0));

    /* A lamp near the wall: light falls off over the picture, and dark is left for the far side. */
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 stand = wave(relief_angle + relief_turn_phase + vec2(0.25, 0.0));
    vec2 away = 0.5 * stand * vec2(aspect, 1.0) - (uv - 0.5) * vec2(aspect, 1.0);
    float reach = dot(away, away) / (relief_reach * relief_reach);
    float lamp = 1.0 / (1.0 + reach);
    vec3 key = normalize(vec3(away, 0.45));
    float lit = max(dot(normal, key), 0.0);
    float gloss = max(dot(normal, normalize(key + vec3(0.0, 0.0, 1.0))), 0.0);
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;

    float skin = smoothstep(0.04, 0.3, body);
    float steep = 1.0 - normal.z;
    float moves = texture(trail, uv).g;
    vec3 base = palette(pow(body, relief_depth));
    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    vec3 colour = base * (0.10 + 0.12 * normal.z + 1.5 * lit) * lamp;
    colour += (0.35 + base) * (gloss * relief_gloss * skin * lamp);
    colour += accent * (skin * (0.12 + 1.1 * lamp) * (steep * steep * relief_rim + moves * moves * relief_glow));
    gl_FragColor = vec4(colour, 1.0);
}
