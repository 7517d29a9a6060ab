/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Vein: up to three kinds of trail as wet cords of their own colours, lit, over the dark",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "vein_gain", "TYPE": "float", "LABEL": "Brightness of a trail", "MIN": 0.1, "MAX": 8.0, "DEFAULT": 1.5},
    {"NAME": "vein_core", "TYPE": "float", "LABEL": "Light of the core", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 0.8},
    {"NAME": "vein_wet", "TYPE": "float", "LABEL": "Wetness", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "vein_height", "TYPE": "float", "LABEL": "Roundness", "MIN": 0.0, "MAX": 30.0, "DEFAULT": 8.0},
    {"NAME": "vein_stain", "TYPE": "float", "LABEL": "Stain of where they were", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5},
    {"NAME": "vein_flash", "TYPE": "float", "LABEL": "Flash of what is new", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 0.8}
  ],
  "MORPHOGEN": {"KIND": "look", "CURVES": {"vein_gain": "log"}}
}*/
/* Read: field (three channels by themselves, whatever SHOWN says), trail (what has been, what moves),
   palette_image; written: linear light. */
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* The three kinds here, smooth, and the slope of their sum per 1/256 of the height: the spline of
   surface.glsl, for one channel more. */
vec3 kinds_at(vec2 place, out vec2 slope) {
    vec2 size = vec2(textureSize(field, 0));
    vec2 cell = place * size - 0.5;
    vec2 corner = floor(cell);
    vec2 t = cell - corner;
    vec4 wx = spline_weights(t.x), wy = spline_weights(t.y);
    vec4 sx = spline_slopes(t.x), sy = spline_slopes(t.y);
    vec3 value = vec3(0.0);
    slope = vec2(0.0);
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            vec3 texel = texture(field, (corner + vec2(column, row) - 0.5) / size).rgb;
            float sum = texel.r + texel.g + texel.b;
            value += texel * (wx[column] * wy[row]);
            slope += sum * vec2(sx[column] * wy[row], wx[column] * sy[row]);
        }
    }
    if (any(equal(floatBitsToUint(vec4(value, slope.x)) & 0x7f800000u, uvec4(0x7f800000u)))) {
        value = vec3(0.0);
        slope = vec2(0.0);
    }
    slope *= size.y / 256.0;
    return max(value, 0.0);
}

void main() {
    vec2 slope;
    vec3 kinds = kinds_at(uv, slope) * vein_gain;
    float all = kinds.r + kinds.g + kinds.b;
    vec3 share = kinds / max(all, 1e-4);
    /* Much is not more than bright: a crossing of ten cords is no white hole. */
    float body = 1.0 - exp(-all);
    float fall = vein_gain * (1.0 - body);
    vec3 normal = normalize(vec3(-slope * fall * vein_height, 1.0));
    vec2 past = texture(trail, uv).rg;

    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    float deep = 0.12 + 0.75 * body;
    vec3 tone = share.r * palette(deep) + share.b * palette(0.92) * (0.15 + 0.85 * body);
    tone += share.g * accent * (0.08 + 0.75 * body);
    float lit = 0.45 + 0.75 * max(dot(normal, vec3(-0.46, 0.58, 0.67)), 0.0);
    float gloss = max(dot(normal, normalize(vec3(-0.30, 0.46, 1.0))), 0.0);
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    vec3 colour = tone * (body * lit);
    colour += tone * (body * body * body * vein_core);
    colour += (0.3 + tone) * (gloss * gloss * smoothstep(0.25, 0.8, body) * (1.0 - normal.z) * 6.0 * vein_wet);
    colour += (tone + 0.35 * palette(0.9)) * (past.g * past.g * body * vein_flash);
    /* What withered leaves a stain of the palette's darks. */
    colour += palette(0.28) * (clamp(past.r, 0.0, 1.0) * (1.0 - body) * vein_stain * 0.5);
    /* Black, or the paper of a palette that prints, dimmed to leave room for the glow. */
    vec3 ground = 0.72 * texelFetch(palette_image, ivec2(0, 0), 0).rgb;
    colour += ground * (1.0 - body);
    gl_FragColor = vec4(colour, 1.0);
}
