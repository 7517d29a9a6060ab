/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Edge: only the outlines glow, over what is left of the picture",
  "CREDIT": "Morphogen; H. Scharr's gradient, Heidelberg 2000, doi:10.11588/heidok.00000962",
  "CATEGORIES": ["Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "strength", "TYPE": "float", "LABEL": "Strength of the lines", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 2.2},
    {"NAME": "width", "TYPE": "float", "LABEL": "Width of the lines", "MIN": 0.5, "MAX": 8.0, "DEFAULT": 2.2},
    {"NAME": "threshold", "TYPE": "float", "LABEL": "Smallest slope", "MIN": 0.0, "MAX": 0.5, "DEFAULT": 0.02},
    {"NAME": "ground", "TYPE": "float", "LABEL": "How much of the picture stays", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.03, "IDENTITY": 1.0},
    {"NAME": "own_colour", "TYPE": "float", "LABEL": "Ink, or the picture's own colour", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.8},
    {"NAME": "ink", "TYPE": "color", "LABEL": "Ink", "DEFAULT": [0.75, 0.9, 1.0, 1.0]}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"width": "1/1080 of the height"}, "CURVES": {"width": "log"}}
}*/
/* Slopes are taken of lightness as it is seen (the cube root), so that the darks have outlines too. */

vec3 light_at(vec2 uv) {
    return max(IMG_NORM_PIXEL(inputImage, uv).rgb, 0.0);
}

float lightness(vec2 uv) {
    float grey = dot(light_at(uv), vec3(0.2126, 0.7152, 0.0722));
    return pow(grey + 0.0005, 0.3333333);
}

void main() {
    vec2 uv = isf_FragNormCoord;
    vec2 e = max(width / 1080.0, 0.6 / RENDERSIZE.y) / vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float a = lightness(uv + e * vec2(-1.0, 1.0)), b = lightness(uv + e * vec2(0.0, 1.0)), c = lightness(uv + e);
    float d = lightness(uv + e * vec2(-1.0, 0.0)), f = lightness(uv + e * vec2(1.0, 0.0));
    float g = lightness(uv - e), h = lightness(uv + e * vec2(0.0, -1.0)), i = lightness(uv + e * vec2(1.0, -1.0));
    vec2 slope = vec2(3.0 * (c + i - a - g) + 10.0 * (f - d), 3.0 * (a + c - g - i) + 10.0 * (b - h)) / 16.0;
    float line = smoothstep(threshold, threshold + 0.22, length(slope));
    /* The colour of the brighter side, brought up to full light. */
    vec3 near = max(max(light_at(uv + e), light_at(uv - e)), max(light_at(uv + vec2(e.x, -e.y)), light_at(uv + vec2(-e.x, e.y))));
    float peak = max(near.r, max(near.g, near.b));
    vec3 own = near / max(peak, 0.02) * min(peak + 0.35, 1.5);
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec3 lines = strength * line * mix(ink.rgb, own, own_colour);
    gl_FragColor = vec4(max(here.rgb, 0.0) * ground + lines * (1.0 - ground), here.a);
}
