/*{
  "DESCRIPTION": "Palette: a position 0..1 becomes linear light",
  "INPUTS": [
    {"NAME": "palette_shift", "TYPE": "float", "LABEL": "Shift of the palette", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.0},
    {"NAME": "palette_contrast", "TYPE": "float", "LABEL": "Contrast of the palette", "MIN": 0.3, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "palette_cycle", "TYPE": "float", "LABEL": "Turning of the palette", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "palette_hue", "TYPE": "float", "LABEL": "Hue of the palette", "MIN": -180.0, "MAX": 180.0, "DEFAULT": 0.0},
    {"NAME": "palette_saturation", "TYPE": "float", "LABEL": "Saturation of the palette", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "palette_posterise", "TYPE": "long", "LABEL": "Posterise to so many colours", "MIN": 0, "MAX": 16, "DEFAULT": 0},
    {"NAME": "palette_reverse", "TYPE": "bool", "LABEL": "Reverse the palette", "DEFAULT": false}
  ],
  "MORPHOGEN": {
    "UNITS": {"palette_cycle": "turns/s", "palette_hue": "degrees", "palette_posterise": "colours"},
    "CURVES": {"palette_contrast": "log"},
    "PHASES": ["palette_cycle"]
  }
}*/
/* Read: palette_image, 256 colours and, above them, the accent. A turning palette swings there and
   back, so that it never shows the seam between its last colour and its first. Hue, saturation,
   posterise and reverse are in the image already: engine/show/colours/adjust.py. */

vec3 palette(float position) {
    float turned = position;
    if (palette_cycle != 0.0 || palette_cycle_phase != 0.0) {
        turned = abs(2.0 * fract(0.5 * position + palette_cycle_phase) - 1.0);
        turned = 1.0 - turned;
    }
    float stretched = 0.5 + (turned - 0.5) * palette_contrast + palette_shift;
    return texture(palette_image, vec2(clamp(stretched, 0.0, 1.0) * (255.0 / 256.0) + 0.5 / 256.0, 0.25)).rgb;
}

vec3 palette_accent() {
    return texture(palette_image, vec2(0.5, 0.75)).rgb;
}
