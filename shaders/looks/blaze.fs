/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Blaze: warmth that rises, licks and cools; a glowing brim, sparks, smoke",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "blaze_rise", "TYPE": "float", "LABEL": "Rising", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.08},
    {"NAME": "blaze_lick", "TYPE": "float", "LABEL": "Licking", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 1.0},
    {"NAME": "blaze_heat", "TYPE": "float", "LABEL": "Heat", "MIN": 0.3, "MAX": 4.0, "DEFAULT": 1.4},
    {"NAME": "blaze_brim", "TYPE": "float", "LABEL": "Glow of the brim", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "blaze_spark", "TYPE": "float", "LABEL": "Light of the sparks", "MIN": 0.0, "MAX": 3.0, "DEFAULT": 1.0},
    {"NAME": "blaze_smoke", "TYPE": "float", "LABEL": "Smoke", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "blaze_flicker", "TYPE": "float", "LABEL": "Pace of the licking", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.15}
  ],
  "MORPHOGEN": {
    "KIND": "look",
    "UNITS": {"blaze_rise": "heights/s", "blaze_flicker": "turns/s"},
    "CURVES": {"blaze_heat": "log"},
    "PHASES": ["blaze_rise", "blaze_flicker"]
  }
}*/
/* Read: field, trail (what has been, what moves), palette_image; written: linear light.
   The field is seen through air that shimmers: its place is bent by three turns of sines, and
   scrolls upwards. The field must be periodic. */
#include "lib/surface.glsl"
#include "lib/palette.glsl"
#include "lib/noise.glsl"
#include "lib/wave.glsl"

vec2 blaze_air(vec2 place) {
    float turn = blaze_flicker_phase;
    float scroll = blaze_rise_phase;
    vec2 bent = place;
    bent += 0.050 * wave(vec2(0.95, 0.48) * place.yx + vec2(0.16 - scroll, turn));
    bent += 0.028 * wave(vec2(2.10, 1.70) * bent.yx + vec2(turn - 2.0 * scroll, 0.32 - turn) + 0.5 * bent);
    bent += 0.013 * wave(vec2(5.30, 4.10) * bent.yx + vec2(-5.0 * scroll, turn + scroll) + 1.5 * bent);
    return bent - place;
}

/* Sparks: a few squares of a rising grid hold one, drawn out upwards, each dying in its time. */
float blaze_mote(vec2 place) {
    vec2 grid = (place - vec2(0.0, 3.0 * blaze_rise_phase)) * 24.0;
    float chance = hash_noise(mod(floor(grid), 24.0 * vec2(64.0, 3.0)) + 8.0, 5);
    float other = fract(chance * 977.0);
    vec2 off = fract(grid) - 0.25 - 0.5 * vec2(other, fract(chance * 3571.0));
    float near = max(1.0 - dot(off * off, vec2(220.0, 90.0)), 0.0);
    float left = fract(other - TIME * (0.25 + 0.2 * chance));
    return chance > 0.8 ? near * left * (1.2 - place.y) : 0.0;
}

void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 bend = blaze_air(uv * shape) * blaze_lick / shape;
    vec2 place = uv + bend - vec2(0.0, blaze_rise_phase);
    Surface here = surface_at(place);
    vec2 past = texture(trail, place - bend * 0.4).rg;
    /* A bed of fire below: hotter there, and its tongues are the air's own bends. */
    float tongue = max(0.42 - uv.y + 5.0 * bend.y + 3.0 * bend.x, 0.0);
    float warmth = (max(here.body, 0.0) * (1.5 - 0.9 * uv.y) + tongue * tongue * 1.6) * blaze_heat;
    float steep = length(here.body_slope) * blaze_heat;
    float hot = warmth / (0.35 + warmth);
    /* Flames: filaments that the air draws out, sharp where it is hot. */
    vec2 drawn = (uv + 2.0 * bend - vec2(0.0, blaze_rise_phase)) * shape;
    float ridge = abs(fract(drawn.x * 5.0 + 0.35 * wave(drawn.y + 1.43 * drawn.x)) - 0.5) * 2.0;
    ridge *= ridge;
    float brim = smoothstep(0.06, 0.16, warmth) * (1.0 - smoothstep(0.16, 0.42, warmth));
    float spark = clamp(past.g - 0.15, 0.0, 1.0);
    float mote = blaze_mote((uv + 0.7 * bend) * shape);

    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    vec3 colour = palette(hot * (0.55 + 0.5 * ridge)) * (0.15 + hot * (0.5 + 0.9 * ridge + 1.6 * hot * hot));
    colour += palette(0.35 + 0.4 * hot) * (brim * min(steep * 14.0, 1.0) * blaze_brim);
    colour += accent * (clamp(past.r * blaze_heat, 0.0, 0.5) * (1.0 - hot) * 0.12 * blaze_smoke);
    colour += texelFetch(palette_image, ivec2(238, 0), 0).rgb * ((spark * spark * hot * hot * hot + 1.3 * mote) * blaze_spark);
    /* Black, or the paper of a palette that prints, dimmed to leave room for the glow. */
    vec3 ground = 0.72 * texelFetch(palette_image, ivec2(0, 0), 0).rgb;
    colour += ground * (0.85 * (1.0 - hot));
    gl_FragColor = vec4(colour, 1.0);
}
