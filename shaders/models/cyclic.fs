/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Cyclic cellular automaton: each colour is eaten by the next; droplets, defects, demons that turn",
  "CREDIT": "D. Griffeath; R. Fisch, J. Gravner and D. Griffeath, Threshold-range scaling of excitable cellular automata, Statistics and Computing 1 (1991), doi:10.1007/BF01890834",
  "CATEGORIES": ["Generator", "Cellular automaton"],
  "INPUTS": [
    {"NAME": "states", "TYPE": "long", "LABEL": "Colours in the circle", "MIN": 3, "MAX": 24, "DEFAULT": 8},
    {"NAME": "range", "TYPE": "long", "LABEL": "Range of the neighbours", "MIN": 1, "MAX": 5, "DEFAULT": 3},
    {"NAME": "threshold", "TYPE": "long", "LABEL": "Neighbours it takes", "MIN": 1, "MAX": 30, "DEFAULT": 5},
    {"NAME": "diamond", "TYPE": "bool", "LABEL": "Only neighbours along the streets", "DEFAULT": false},
    {"NAME": "pause", "TYPE": "long", "LABEL": "Steps from turn to turn", "MIN": 1, "MAX": 16, "DEFAULT": 4},
    {"NAME": "ease", "TYPE": "float", "LABEL": "How fast the hand follows", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 0.2},
    {"NAME": "bleed", "TYPE": "float", "LABEL": "Bleeding of the hands", "MIN": 0.0, "MAX": 0.8, "DEFAULT": 0.3},
    {"NAME": "decay", "TYPE": "float", "LABEL": "Cells that go astray", "MIN": 0.0, "MAX": 0.02, "DEFAULT": 0.0}
  ],
  "PASSES": [{}],
  "MORPHOGEN": {
    "KIND": "rule",
    "CHANNELS": ["hand_x", "hand_y", "colour", "touched"],
    "REST": [0.0, 0.0, 0.0, 1.0],
    "BRUSH": [0.0, 0.0, 0.0, 1.0],
    "SHOWN": [[0.5, 0.0, 0.5], [0.0, 0.5, 0.5]],
    "RANGE": [[-1.5, 1.5], [-1.5, 1.5], [-0.5, 23.5], [-0.5, 1.5]],
    "DT": 1.0,
    "STEPS": 60,
    "SEED": {"kind": "noise", "amplitude": 0.0, "grow": 240},
    "UNITS": {"range": "cells", "pause": "steps", "decay": "1/turn"}
  }
}*/
#include "lib/noise.glsl"

/* A cell of colour c becomes c + 1 (mod states) if at least `threshold` cells within `range` are.
   Range counts cells whatever their size: on a coarser field the pattern is larger.
   Read: state. A hand follows the colour round the circle, so that a look sees no jumps; what is
   touched (all of a cleared field, and wherever a finger was) is thrown anew. */

const float TURN = 6.2831853;

void main() {
    vec4 here = texture(state, uv);
    vec2 texel = 1.0 / vec2(textureSize(state, 0));
    float count = float(states);
    float colour = mod(floor(here.z + 0.5), count);
    if (step_index % pause == 0) {
        float next = mod(colour + 1.0, count);
        int found = 0;
        for (int y = -range; y <= range; y++) {
            int reach = diamond ? range - abs(y) : range;
            for (int x = -reach; x <= reach; x++) {
                float other = texture(state, uv + vec2(float(x), float(y)) * texel).z;
                found += mod(floor(other + 0.5), count) == next ? 1 : 0;
            }
        }
        if (found >= threshold) colour = next;
        if (hash_noise(gl_FragCoord.xy, 2 * step_index) < decay) here.w = 1.0;
    }
    if (here.w > 0.5) colour = floor(hash_noise(gl_FragCoord.xy, 2 * step_index + 1) * count);
    vec2 around = texture(state, uv + vec2(texel.x, 0.0)).xy + texture(state, uv - vec2(texel.x, 0.0)).xy
                + texture(state, uv + vec2(0.0, texel.y)).xy + texture(state, uv - vec2(0.0, texel.y)).xy;
    vec2 hand = mix(here.xy, 0.25 * around, bleed);
    float angle = TURN * colour / count;
    gl_FragColor = vec4(mix(hand, vec2(cos(angle), sin(angle)), ease), colour, 0.0);
}
