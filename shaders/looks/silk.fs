/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Silk: a fluid's dye in folds under a raking light, its warmth in the accent's colour",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "silk_dye", "TYPE": "float", "LABEL": "Strength of the dye", "MIN": 0.1, "MAX": 4.0, "DEFAULT": 1.2},
    {"NAME": "silk_warmth", "TYPE": "float", "LABEL": "Strength of the warmth", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.0},
    {"NAME": "silk_fold", "TYPE": "float", "LABEL": "Depth of the folds", "MIN": 0.0, "MAX": 40.0, "DEFAULT": 12.0},
    {"NAME": "silk_edge", "TYPE": "float", "LABEL": "Light of the edges", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 0.8},
    {"NAME": "silk_sheen", "TYPE": "float", "LABEL": "Sheen of what flows", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.5}
  ],
  "MORPHOGEN": {"KIND": "look", "CURVES": {"silk_dye": "log"}}
}*/
/* Read: field (velocity, dye and warmth by themselves, whatever SHOWN says), palette_image; written:
   linear light. */
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* Velocity, dye and warmth here, smooth, and the slopes of the last two per 1/256 of the height: the
   spline of surface.glsl, for four channels. */
vec4 fluid_at(vec2 place, out vec2 dye_slope, out vec2 warmth_slope) {
    vec2 size = vec2(textureSize(field, 0));
    vec2 cell = place * size - 0.5;
    vec2 corner = floor(cell);
    vec2 t = cell - corner;
    vec4 wx = spline_weights(t.x), wy = spline_weights(t.y);
    vec4 sx = spline_slopes(t.x), sy = spline_slopes(t.y);
    vec4 value = vec4(0.0);
    dye_slope = warmth_slope = vec2(0.0);
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            vec4 texel = texture(field, (corner + vec2(column, row) - 0.5) / size);
            vec2 steep = vec2(sx[column] * wy[row], wx[column] * sy[row]);
            value += texel * (wx[column] * wy[row]);
            dye_slope += texel.z * steep;
            warmth_slope += texel.w * steep;
        }
    }
    if ((floatBitsToUint(dot(abs(value), vec4(1.0))) & 0x7f800000u) == 0x7f800000u) {
        value = vec4(0.0);
        dye_slope = warmth_slope = vec2(0.0);
    }
    dye_slope *= size.y / 256.0;
    warmth_slope *= size.y / 256.0;
    return value;
}

void main() {
    vec2 dye_slope, warmth_slope;
    vec4 here = fluid_at(uv, dye_slope, warmth_slope);
    float dye = 1.0 - exp(-silk_dye * max(here.z, 0.0));
    float warmth = 1.0 - exp(-silk_warmth * max(here.w, 0.0));
    vec2 slope = silk_dye * dye_slope * (1.0 - dye) + silk_warmth * warmth_slope * (1.0 - warmth);
    vec3 normal = normalize(vec3(-slope * silk_fold, 1.0));
    float lit = 0.5 + 0.7 * max(dot(normal, vec3(-0.55, 0.55, 0.63)), 0.0);
    float steep = length(slope) * 6.0;
    float edge = steep * steep / (1.0 + steep * steep);
    float speed = length(here.xy);

    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    vec3 tone = palette(clamp(0.08 + 0.85 * dye + 0.1 * (lit - 0.8), 0.0, 1.0));
    vec3 colour = tone * (0.25 + 0.75 * lit);
    /* Where both are they are mixed, not added: neither bleaches the other. */
    float veil = warmth * warmth * (1.0 - 0.5 * dye);
    colour = mix(colour, accent * (0.25 + 0.75 * warmth) * lit, 0.85 * veil);
    colour += mix(palette(0.85), accent, veil) * (edge * silk_edge * 0.3 * (0.15 + dye + veil));
    float lean = max(dot(normal, normalize(vec3(here.xy * vec2(-1.0, 1.0), 0.8))), 0.0);
    colour += palette(0.7) * (silk_sheen * 0.12 * (dye + veil) * speed / (0.6 + speed) * lean);
    gl_FragColor = vec4(colour, 1.0);
}
