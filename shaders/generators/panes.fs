/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Panes: coloured glass in lead, each pane adrift and lit from behind by a light that wanders",
  "CREDIT": "Morphogen; cells after G. Voronoi 1908",
  "CATEGORIES": ["Generator"],
  "INPUTS": [
    {"NAME": "palette_image", "TYPE": "image"},
    {"NAME": "pane_count", "TYPE": "float", "LABEL": "Panes across the height", "MIN": 2.0, "MAX": 24.0, "DEFAULT": 7.0},
    {"NAME": "pane_pace", "TYPE": "float", "LABEL": "Pace of the panes", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.12},
    {"NAME": "pane_stray", "TYPE": "float", "LABEL": "How far they stray", "MIN": 0.0, "MAX": 0.5, "DEFAULT": 0.42},
    {"NAME": "pane_swell", "TYPE": "float", "LABEL": "How their size swells", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7},
    {"NAME": "pane_lead", "TYPE": "float", "LABEL": "Width of the lead", "MIN": 0.0, "MAX": 0.2, "DEFAULT": 0.045},
    {"NAME": "pane_lamp", "TYPE": "float", "LABEL": "Reach of the lamp", "MIN": 0.1, "MAX": 2.0, "DEFAULT": 0.75},
    {"NAME": "pane_grain", "TYPE": "float", "LABEL": "Waves in the glass", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.55},
    {"NAME": "pane_spread", "TYPE": "float", "LABEL": "How unlike they are", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7},
    {"NAME": "pane_flicker", "TYPE": "float", "LABEL": "Panes that light up", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "MORPHOGEN": {
    "KIND": "generator", "CURVES": {"pane_count": "log", "pane_lamp": "log"}, "PHASES": ["pane_pace"],
    "SOURCE": "Voronoi edges: the distance to the bisector of the two nearest points"
  }
}*/
#include "lib/palette.glsl"

const float TURN = 6.2831853;

vec2 chance(vec2 cell) {
    return fract(sin(vec2(dot(cell, vec2(127.1, 311.7)), dot(cell, vec2(269.5, 183.3)))) * 43758.5453);
}

vec2 point_of(vec2 cell) {
    vec2 lot = chance(cell);
    vec2 rounds = floor(1.0 + lot * 3.0);
    return cell + 0.5 + pane_stray * sin(TURN * (pane_pace_phase * rounds + lot));
}

void main() {
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 place = (isf_FragNormCoord - 0.5) * vec2(aspect, 1.0);
    vec2 glass = place * pane_count;
    // Slow swells of the plane: small panes here, wide ones there, never the same.
    vec2 far = place * 2.3 + 1.7 * vec2(sin(place.y * 1.9 + TIME * 0.05), sin(place.x * 1.6 - TIME * 0.04));
    glass += pane_swell * 0.16 * pane_count * vec2(sin(far.x + TIME * 0.03), sin(far.y - TIME * 0.035 + 1.3));
    glass += 0.035 * pane_grain * sin(glass.yx * 7.0 + vec2(TIME * 0.21, -TIME * 0.17));
    vec2 corner = floor(glass), nearest = corner, to_nearest = vec2(0.0);
    float least = 1e9;
    for (int y = -2; y <= 2; y++)
        for (int x = -2; x <= 2; x++) {
            vec2 cell = corner + vec2(x, y), to = point_of(cell) - glass;
            if (dot(to, to) < least) { least = dot(to, to); nearest = cell; to_nearest = to; }
        }
    float edge = 1e9;
    for (int y = -2; y <= 2; y++)
        for (int x = -2; x <= 2; x++) {
            vec2 cell = nearest + vec2(x, y);
            if (cell == nearest) continue;
            vec2 to = point_of(cell) - glass;
            edge = min(edge, dot(0.5 * (to + to_nearest), normalize(to - to_nearest)));
        }
    vec2 lot = chance(nearest + 3.0);
    vec2 lamp = 0.34 * vec2(aspect * sin(TIME * 0.13 + 1.0), sin(TIME * 0.19)) - place;
    float away = dot(lamp, lamp) / (pane_lamp * pane_lamp) * 3.0, shine = 1.0 / (1.0 + away * (1.0 + 0.6 * away));
    vec2 grain = (5.0 + 5.0 * lot.y) * vec2(cos(TURN * lot.x), sin(TURN * lot.x));
    // Thicker toward the lead, wavy, and bright where the lamp stands behind it.
    float thick = smoothstep(0.0, 0.35, edge);
    float wave = 0.5 + 0.5 * sin(dot(glass, grain) + 2.0 * sin(dot(glass, 0.4 * grain.yx) + 9.0 * lot.x));
    float flash = pow(0.5 + 0.5 * sin(TIME * (0.2 + lot.x) + lot.y * TURN), 12.0) * pane_flicker;
    float position = 0.55 + pane_spread * (lot.x - 0.5) * 0.9 + 0.08 * (wave - 0.5) * pane_grain;
    vec3 light = palette(position) * (0.06 + 1.45 * shine * mix(0.55, 1.0, thick)) * mix(1.0, 0.7 + 0.5 * wave, pane_grain);
    light += palette(min(position + 0.25, 1.0)) * flash * thick;
    float width = pane_lead + 1.5 * pane_count / RENDERSIZE.y;
    float lead = 1.0 - smoothstep(pane_lead, width, edge);
    float bead = smoothstep(pane_lead, 0.0, edge);
    light = mix(light, palette_accent() * 0.10 * bead * shine + 0.003, lead);
    light += palette_accent() * 0.05 * shine * exp(-18.0 * max(edge - pane_lead, 0.0)) * (1.0 - lead);
    gl_FragColor = vec4(light, 1.0);
}
