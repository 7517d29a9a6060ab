/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Finish: glow, vignette, grain, the master's light; then 8 bits without a band",
  "CREDIT": "Tone curve: soft shoulder above 0.8; dither: triangular noise of one 8-bit step, J. Vanderkooy and S. Lipshitz 1984; sRGB by roots, I. Taylor, 'sRGB approximations for HLSL' 2012",
  "INPUTS": [
    {"NAME": "exposure", "TYPE": "float", "LABEL": "Exposure", "MIN": 0.25, "MAX": 4.0, "DEFAULT": 1.0},
    {"NAME": "glow", "TYPE": "float", "LABEL": "Glow", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.35},
    {"NAME": "vignette", "TYPE": "float", "LABEL": "Vignette", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "grain", "TYPE": "float", "LABEL": "Grain", "MIN": 0.0, "MAX": 0.2, "DEFAULT": 0.02}
  ],
  "MORPHOGEN": {"KIND": "pass", "CURVES": {"exposure": "log"}}
}*/
/* Read: image (of the picture's own size), halo, wide_halo; written: sRGB, dithered for 8 bits. */
#include "lib/noise.glsl"

vec3 shoulder(vec3 light) {
    vec3 over = max(light - 0.8, 0.0);
    return min(light, 0.8) + 0.2 * over / (over + 0.2);
}

/* Within 0.001 of the curve, a quarter of an 8-bit step, and only in the darks: three roots cost less
   than a power. */
vec3 encode_srgb(vec3 light) {
    vec3 half_root = sqrt(light);
    vec3 quarter_root = sqrt(half_root);
    vec3 eighth_root = sqrt(quarter_root);
    vec3 curve = 0.662002687 * half_root + 0.684122060 * quarter_root - 0.323583601 * eighth_root - 0.0225411470 * light;
    return mix(curve, 12.92 * light, vec3(lessThan(light, vec3(0.0031308))));
}

void main() {
    vec3 light = texelFetch(image, ivec2(gl_FragCoord.xy), 0).rgb;
    light += glow * (0.6 * texture(halo, uv).rgb + 0.5 * texture(wide_halo, uv).rgb);
    vec2 off = (uv - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    light *= exposure * (1.0 - vignette * smoothstep(0.15, 1.1, dot(off, off)));
    /* One hash: eight bits for the grain, twice twelve for the dither. */
    uint bits = hash_bits(gl_FragCoord.xy, FRAMEINDEX);
    light *= 1.0 + grain * (float(bits >> 24u) * (4.0 / 255.0) - 2.0);
    vec3 shown = encode_srgb(shoulder(max(light, 0.0)) * master_light);
    float dither = float(int(bits & 4095u) + int((bits >> 12u) & 4095u) - 4095) * (1.0 / 4096.0);
    /* True black stays black: a blackout is the wall itself. */
    shown += dither / 255.0 * smoothstep(0.0, 0.004, max(shown.r, max(shown.g, shown.b)));
    gl_FragColor = vec4(shown, 1.0);
}
