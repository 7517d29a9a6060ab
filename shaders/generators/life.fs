/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Life: Conway's cells as lights that kindle, age and leave an afterglow, with gliders let loose now and then",
  "CREDIT": "Morphogen; the rule by J. H. Conway, in M. Gardner, Scientific American 223 (1970)",
  "CATEGORIES": ["Generator"],
  "INPUTS": [
    {"NAME": "palette_image", "TYPE": "image"},
    {"NAME": "life_rate", "TYPE": "float", "LABEL": "Generations a second", "MIN": 0.5, "MAX": 30.0, "DEFAULT": 6.0},
    {"NAME": "life_cells", "TYPE": "float", "LABEL": "Cells across the height", "MIN": 16.0, "MAX": 160.0, "DEFAULT": 54.0},
    {"NAME": "life_size", "TYPE": "float", "LABEL": "Size of a light", "MIN": 0.2, "MAX": 1.4, "DEFAULT": 0.85},
    {"NAME": "life_glow", "TYPE": "float", "LABEL": "Afterglow", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.6},
    {"NAME": "life_age", "TYPE": "float", "LABEL": "How fast colours age", "MIN": 0.01, "MAX": 1.0, "DEFAULT": 0.2},
    {"NAME": "life_gliders", "TYPE": "float", "LABEL": "Sparks of new life", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "life_anew", "TYPE": "event", "LABEL": "Begin anew"}
  ],
  "PASSES": [
    {"TARGET": "beat", "PERSISTENT": true, "FLOAT": true, "WIDTH": "1", "HEIGHT": "1"},
    {"TARGET": "cells", "PERSISTENT": true, "FLOAT": true, "WIDTH": "floor(160 * $WIDTH / $HEIGHT)", "HEIGHT": "160"},
    {}
  ],
  "MORPHOGEN": {"KIND": "generator", "CURVES": {"life_rate": "log", "life_cells": "log", "life_age": "log"}}
}*/
/* beat: how far the generation has come, whether one is due now, its number. cells: alive, alive before,
   age, afterglow. Of 160 rows of cells only as many live as are asked for, around the corner at 0. */
#include "lib/palette.glsl"
#include "lib/noise.glsl"

const ivec2 GLIDER[5] = ivec2[5](ivec2(0, 0), ivec2(1, 0), ivec2(2, 0), ivec2(2, 1), ivec2(1, 2));

ivec2 grid() {
    int rows = int(life_cells);
    return ivec2(max(int(life_cells * float(textureSize(cells, 0).x) / 160.0), 4), rows);
}

vec4 cell_at(ivec2 cell) {
    ivec2 size = grid();
    return texelFetch(cells, (cell % size + size) % size, 0);
}

/* Whether a glider that was let loose in this generation covers the cell; which way it flies is chance. */
bool is_spark(ivec2 cell, int generation) {
    vec2 size = vec2(grid());
    for (int spark = 0; spark < 2; spark++) {
        vec2 lot = vec2(float(spark) + 11.0, 3.0);
        if (hash_noise(lot, generation * 4) > life_gliders * 0.5) continue;
        ivec2 at = ivec2(size * vec2(hash_noise(lot, generation * 4 + 1), hash_noise(lot, generation * 4 + 2)));
        int way = int(hash_noise(lot, generation * 4 + 3) * 4.0);
        for (int n = 0; n < 5; n++) {
            ivec2 part = GLIDER[n];
            if (way % 2 == 1) part.x = 2 - part.x;
            if (way / 2 == 1) part.y = 2 - part.y;
            if (cell == at + part) return true;
        }
    }
    return false;
}

vec4 next_cell() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 beat_now = texelFetch(beat, ivec2(0), 0);
    vec4 here = cell_at(cell);
    if (FRAMEINDEX == 0 || life_anew) {
        // In islands: the dark between them is what they grow into.
        int lot = int(beat_now.b) + 7;
        vec2 wave = vec2(cell) * mat2(0.16, -0.07, 0.09, 0.19) + 6.0 * vec2(hash_noise(vec2(1.0), lot), hash_noise(vec2(2.0), lot));
        float island = smoothstep(-0.3, 1.2, sin(wave.x) + sin(wave.y + 0.7 * sin(0.31 * wave.x)));
        float born = hash_noise(vec2(cell), lot) < 0.36 * island ? 1.0 : 0.0;
        return vec4(born, 0.0, 0.0, 0.0);
    }
    float fade = exp(-TIMEDELTA * mix(8.0, 0.5, life_glow));
    float ageing = 1.0 - exp(-TIMEDELTA * life_age * 4.0);
    here.a = max(here.a * fade, here.r);
    here.b = here.r > 0.5 ? here.b + (1.0 - here.b) * ageing : here.b;
    if (beat_now.g < 0.5) return here;
    float around = -here.r;
    for (int y = -1; y <= 1; y++)
        for (int x = -1; x <= 1; x++) around += cell_at(cell + ivec2(x, y)).r;
    bool lives = around > 2.5 && around < 3.5 || here.r > 0.5 && around > 1.5 && around < 2.5;
    lives = lives || is_spark(cell, int(beat_now.b));
    return vec4(lives ? 1.0 : 0.0, here.r, lives && here.r < 0.5 ? 0.0 : here.b, here.a);
}

vec3 picture() {
    vec2 size = vec2(grid());
    vec2 place = isf_FragNormCoord * size;
    float way = smoothstep(0.0, 0.6, texelFetch(beat, ivec2(0), 0).r);
    vec3 light = palette(0.0) * 0.15;
    ivec2 middle = ivec2(floor(place));
    for (int y = -1; y <= 1; y++) {
        for (int x = -1; x <= 1; x++) {
            ivec2 cell = middle + ivec2(x, y);
            vec4 here = cell_at(cell);
            float bright = mix(here.g, here.r, way);
            float away = length(place - vec2(cell) - 0.5) / life_size;
            float disc = exp(-3.5 * away * away * away * away);
            float halo = exp(-2.5 * away * away) * here.a;
            // Young ones are bright and warm, old ones deep; what is gone glows on as a shadow's colour.
            vec3 colour = palette(mix(0.85, 0.45, here.b)) * mix(0.85, 0.45, here.b);
            light += colour * bright * disc + 0.4 * life_glow * halo * palette(mix(0.3, 0.5, here.a));
            light += palette_accent() * (0.8 * max(here.r - here.g, 0.0) * (1.0 - way) * disc);
        }
    }
    return light;
}

void main() {
    if (PASSINDEX == 0) {
        vec4 before = texelFetch(beat, ivec2(0), 0);
        float gone = before.r + life_rate * TIMEDELTA;
        float due = step(1.0, gone);
        gl_FragColor = vec4(fract(gone), due, mod(before.b + due, 65536.0), 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = next_cell();
    } else {
        gl_FragColor = vec4(picture(), 1.0);
    }
}
