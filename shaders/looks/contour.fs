/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Contour: the body drawn in lines of equal height, one pixel fine, that may wander",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "contour_lines", "TYPE": "float", "LABEL": "Lines from valley to top", "MIN": 1.0, "MAX": 24.0, "DEFAULT": 7.0},
    {"NAME": "contour_width", "TYPE": "float", "LABEL": "Width of a line", "MIN": 0.5, "MAX": 6.0, "DEFAULT": 1.5},
    {"NAME": "contour_flow", "TYPE": "float", "LABEL": "Wandering of the lines", "MIN": -2.0, "MAX": 2.0, "DEFAULT": 0.1},
    {"NAME": "contour_fill", "TYPE": "float", "LABEL": "Light between the lines", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.12},
    {"NAME": "contour_under", "TYPE": "float", "LABEL": "Lines of the light, below", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
    {"NAME": "contour_glow", "TYPE": "float", "LABEL": "Glow of what moves", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 0.6}
  ],
  "MORPHOGEN": {
    "KIND": "look",
    "UNITS": {"contour_width": "pixels of 720", "contour_flow": "lines/s"},
    "CURVES": {"contour_lines": "log", "contour_width": "log"},
    "PHASES": ["contour_flow"]
  }
}*/
/* Read: field, trail (what moves), palette_image; written: linear light.
   A line's width comes from the surface's own slope, so it is as fine on a cliff as on a plain;
   where lines would touch, or where the ground is level, they fade instead of smearing. */
#include "lib/surface.glsl"
#include "lib/palette.glsl"

/* Coverage of the nearest line of `level` (one a unit), rising by `rise` over a pixel. */
float contour_line(float level, float rise, float width) {
    float off = abs(fract(level) - 0.5) / max(rise, 1e-5);
    float line = clamp(0.5 * width + 0.5 - off, 0.0, 1.0);
    return line * smoothstep(0.0, 0.012, rise) * (1.0 - smoothstep(0.25, 0.7, rise * width));
}

void main() {
    Surface here = surface_at(uv);
    float pixel = 256.0 / RENDERSIZE.y;
    float width = max(contour_width * RENDERSIZE.y / 720.0, 0.8);
    float body = clamp(here.body, 0.0, 1.0);
    float level = here.body * contour_lines + contour_flow_phase;
    float rise = length(here.body_slope) * pixel * contour_lines;
    float line = contour_line(level, rise, width);
    float low = here.light * contour_lines - contour_flow_phase;
    float lower = contour_line(low, length(here.light_slope) * pixel * contour_lines, 0.7 * width);

    float moves = texture(trail, uv).g;
    vec3 tone = palette(0.5 + 0.45 * body);
    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    vec3 colour = tone * (contour_fill * min(rise * 8.0 / contour_lines, 1.0));
    colour += tone * (line * (0.5 + 1.3 * body));
    colour = max(colour, tone * (lower * contour_under * (1.0 - body)));
    colour += accent * (moves * moves * contour_glow * line);
    /* Black, or the paper of a palette that prints, dimmed to leave room for the glow. */
    vec3 ground = 0.72 * texelFetch(palette_image, ivec2(0, 0), 0).rgb;
    colour += ground * (1.0 - clamp(line + lower * contour_under, 0.0, 1.0));
    gl_FragColor = vec4(colour, 1.0);
}
