/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Multi-scale Turing: stripes on stripes, six sizes at once, each place led by the calmest of them",
  "CREDIT": "J. McCabe, Cyclic Symmetric Multi-Scale Turing Patterns, Bridges 2010; octaves of a Gaussian pyramid in place of discs",
  "CATEGORIES": ["Generator", "Turing patterns"],
  "INPUTS": [
    {"NAME": "octaves", "TYPE": "long", "LABEL": "How many sizes", "MIN": 1, "MAX": 6, "DEFAULT": 6},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Growth a step of the largest", "MIN": 0.002, "MAX": 0.15, "DEFAULT": 0.04},
    {"NAME": "finer", "TYPE": "float", "LABEL": "Growth of each finer size", "MIN": 0.4, "MAX": 1.3, "DEFAULT": 0.75},
    {"NAME": "favour", "TYPE": "float", "LABEL": "Favour for the large", "MIN": 0.5, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "snow", "TYPE": "float", "LABEL": "Snow thrown in", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.004},
    {"NAME": "hue_speed", "TYPE": "float", "LABEL": "How fast sizes take their colour", "MIN": 0.005, "MAX": 0.5, "DEFAULT": 0.05}
  ],
  "PASSES": [
    {"TARGET": "level_1", "FLOAT": true, "CHANNELS": 1, "WIDTH": "ceil($WIDTH / 2)", "HEIGHT": "ceil($HEIGHT / 2)"},
    {"TARGET": "level_2", "FLOAT": true, "CHANNELS": 1, "WIDTH": "ceil($WIDTH / 4)", "HEIGHT": "ceil($HEIGHT / 4)"},
    {"TARGET": "level_3", "FLOAT": true, "CHANNELS": 1, "WIDTH": "ceil($WIDTH / 8)", "HEIGHT": "ceil($HEIGHT / 8)"},
    {"TARGET": "level_4", "FLOAT": true, "CHANNELS": 1, "WIDTH": "ceil($WIDTH / 16)", "HEIGHT": "ceil($HEIGHT / 16)"},
    {"TARGET": "level_5", "FLOAT": true, "CHANNELS": 1, "WIDTH": "ceil($WIDTH / 32)", "HEIGHT": "ceil($HEIGHT / 32)"},
    {"TARGET": "level_6", "FLOAT": true, "CHANNELS": 1, "WIDTH": "ceil($WIDTH / 64)", "HEIGHT": "ceil($HEIGHT / 64)"},
    {"TARGET": "ends_16", "FLOAT": true, "CHANNELS": 2, "WIDTH": "ceil($WIDTH / 16)", "HEIGHT": "ceil($HEIGHT / 16)"},
    {"TARGET": "ends", "FLOAT": true, "CHANNELS": 2, "WIDTH": "1", "HEIGHT": "1"},
    {}
  ],
  "MORPHOGEN": {
    "KIND": "rule",
    "CHANNELS": ["height", "size"],
    "REST": [0.0, 0.5],
    "BRUSH": [1.0, 1.0],
    "SHOWN": [[0.5, 0.0, 0.5], [0.0, 1.0]],
    "RANGE": [[-2.0, 2.0], [-0.5, 1.5]],
    "DT": 1.0,
    "STEPS": 20,
    "SEED": {"kind": "noise", "amplitude": 1.0, "grow": 60},
    "CURVES": {"amount": "log", "hue_speed": "log"},
    "UNITS": {"amount": "1/step", "snow": "1/step"}
  }
}*/
#include "lib/noise.glsl"

/* Octave k has the field blurred over 2^k cells for its activator, over 2^(k+1) for its inhibitor.
   At each place the octave whose two differ least leads: up by its amount where the activator is
   the greater, else down. Then all is stretched to -1..1: by the least and greatest value, gathered
   in two small passes and read at the next step, so that nothing waits for them. Octaves are counted
   in cells at any scale; one whose inhibitor has fewer than 3 texels a side is left out. */

#if PASSINDEX < 6
#if PASSINDEX == 0
#define FINER state
#define BEYOND outside.r
#elif PASSINDEX == 1
#define FINER level_1
#elif PASSINDEX == 2
#define FINER level_2
#elif PASSINDEX == 3
#define FINER level_3
#elif PASSINDEX == 4
#define FINER level_4
#else
#define FINER level_5
#endif
#ifndef BEYOND
#define BEYOND 0.0
#endif

/* Half the size: the binomial 1 3 3 1 both ways. The nudge settles where a pair's middle falls on an edge. */
void main() {
    vec2 size = vec2(textureSize(FINER, 0));
    vec2 corner = floor(gl_FragCoord.xy * size / RENDERSIZE - 0.49);
    vec4 weights = vec4(0.125, 0.375, 0.375, 0.125);
    float sum = 0.0;
    for (int y = 0; y < 4; y++)
        for (int x = 0; x < 4; x++)
            sum += weights[x] * weights[y] * (texture(FINER, (corner + vec2(float(x), float(y)) - 0.5) / size).r - BEYOND);
    gl_FragColor = vec4(sum);
}

#elif PASSINDEX == 6

void main() {
    ivec2 first = 16 * ivec2(gl_FragCoord.xy), last = min(first + 16, textureSize(state, 0));
    vec2 found = vec2(1e9, -1e9);
    for (int y = first.y; y < last.y; y++)
        for (int x = first.x; x < last.x; x++) {
            float here = texelFetch(state, ivec2(x, y), 0).r;
            found = vec2(min(found.x, here), max(found.y, here));
        }
    gl_FragColor = vec4(found, 0.0, 0.0);
}

#elif PASSINDEX == 7

void main() {
    ivec2 size = textureSize(ends_16, 0);
    vec2 found = vec2(1e9, -1e9);
    for (int y = 0; y < size.y; y++)
        for (int x = 0; x < size.x; x++) {
            vec2 here = texelFetch(ends_16, ivec2(x, y), 0).rg;
            found = vec2(min(found.x, here.x), max(found.y, here.y));
        }
    gl_FragColor = vec4(found, 0.0, 0.0);
}

#else

vec4 spline(float t) {
    float s = 1.0 - t, t2 = t * t, s2 = s * s;
    return vec4(s2 * s, 4.0 + t2 * (3.0 * t - 6.0), 4.0 + s2 * (3.0 * s - 6.0), t2 * t) * 0.16666667;
}

/* A level at this place, by a cubic B-spline: smooth however coarse it is. */
float level_at(sampler2D level) {
    vec2 size = vec2(textureSize(level, 0));
    vec2 cell = uv * size - 0.5, corner = floor(cell);
    vec4 wx = spline(cell.x - corner.x), wy = spline(cell.y - corner.y);
    float sum = 0.0;
    for (int y = 0; y < 4; y++) {
        vec2 place = (corner + vec2(-0.5, float(y) - 0.5)) / size;
        float step = 1.0 / size.x;
        sum += wy[y] * (wx.x * texture(level, place).r + wx.y * texture(level, place + vec2(step, 0.0)).r
            + wx.z * texture(level, place + vec2(2.0 * step, 0.0)).r + wx.w * texture(level, place + vec2(3.0 * step, 0.0)).r);
    }
    return sum;
}

float activator, calmest, sign_of_calmest, leader;

void try_octave(int octave, sampler2D level) {
    ivec2 size = textureSize(level, 0);
    if (octave >= octaves || min(size.x, size.y) < 3) return;
    float inhibitor = level_at(level);
    float differs = abs(activator - inhibitor) * pow(favour, -float(octave));
    if (differs < calmest) {
        calmest = differs;
        leader = float(octave);
        sign_of_calmest = activator > inhibitor ? 1.0 : -1.0;
    }
    activator = inhibitor;
}

void main() {
    vec2 here = texture(state, uv).rg;
    activator = here.r - outside.r;
    calmest = 1e9;
    sign_of_calmest = 0.0;
    leader = 0.0;
    try_octave(0, level_1);
    try_octave(1, level_2);
    try_octave(2, level_3);
    try_octave(3, level_4);
    try_octave(4, level_5);
    try_octave(5, level_6);
    vec2 found = texture(ends, vec2(0.5)).rg;
    float room = found.y - found.x;
    float height = room > 1e-3 ? 2.0 * (here.r - found.x) / room - 1.0 : here.r;
    height += sign_of_calmest * amount * pow(finer, 5.0 - leader);
    height += snow * (2.0 * hash_noise(gl_FragCoord.xy, step_index) - 1.0);
    gl_FragColor = vec4(height, mix(here.g, leader / 5.0, hue_speed), 0.0, 0.0);
}

#endif
