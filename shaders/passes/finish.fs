/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Finish: glow, vignette, grain, the master's light; then 8 bits without a band",
  "CREDIT": "Tone curve: soft shoulder above 0.8; dither: triangular noise of one 8-bit step, J. Vanderkooy and S. Lipshitz 1984",
  "INPUTS": [
    {"NAME": "exposure", "TYPE": "float", "LABEL": "Exposure", "MIN": 0.25, "MAX": 4.0, "DEFAULT": 1.0},
    {"NAME": "glow", "TYPE": "float", "LABEL": "Glow", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.35},
    {"NAME": "vignette", "TYPE": "float", "LABEL": "Vignette", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "grain", "TYPE": "float", "LABEL": "Grain", "MIN": 0.0, "MAX": 0.2, "DEFAULT": 0.02}
  ],
  "MORPHOGEN": {"KIND": "pass", "CURVES": {"exposure": "log"}}
}*/
#include "lib/noise.glsl"

vec3 shoulder(vec3 light) {
    vec3 over = max(light - 0.8, 0.0);
    return min(light, 0.8) + 0.2 * over / (over + 0.2);
}

vec3 encode_srgb(vec3 light) {
    return mix(12.92 * light, 1.055 * pow(max(light, 1e-6), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, light));
}

void main() {
    vec3 light = texture(image, uv).rgb;
    light += glow * (0.6 * texture(halo, uv).rgb + 0.5 * texture(wide_halo, uv).rgb);
    vec2 off = (uv - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    light *= exposure * (1.0 - vignette * smoothstep(0.15, 1.1, dot(off, off)));
    float speck = hash_noise(gl_FragCoord.xy, FRAMEINDEX) - 0.5;
    light *= 1.0 + grain * 4.0 * speck;
    vec3 shown = encode_srgb(shoulder(max(light, 0.0)) * master_light);
    float dither = hash_noise(gl_FragCoord.xy + 57.0, FRAMEINDEX) + hash_noise(gl_FragCoord.yx + 113.0, FRAMEINDEX) - 1.0;
    /* True black stays black: a blackout is the wall itself. */
    shown += dither / 255.0 * smoothstep(0.0, 0.004, max(shown.r, max(shown.g, shown.b)));
    gl_FragColor = vec4(shown, 1.0);
}
