/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Orbits: sparks on winding paths, drawn into a mirror that turns, swells and slowly forgets",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Generator", "Feedback"],
  "INPUTS": [
    {"NAME": "palette_image", "TYPE": "image"},
    {"NAME": "orbit_pace", "TYPE": "float", "LABEL": "Pace of the sparks", "MIN": -2.0, "MAX": 2.0, "DEFAULT": 0.14},
    {"NAME": "orbit_zoom", "TYPE": "float", "LABEL": "Swelling", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.16},
    {"NAME": "orbit_turn", "TYPE": "float", "LABEL": "Turning", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.22},
    {"NAME": "orbit_memory", "TYPE": "float", "LABEL": "Memory", "MIN": 0.1, "MAX": 8.0, "DEFAULT": 2.2},
    {"NAME": "orbit_fold", "TYPE": "float", "LABEL": "Petals", "MIN": 1.0, "MAX": 9.0, "DEFAULT": 5.0},
    {"NAME": "orbit_size", "TYPE": "float", "LABEL": "Size of a spark", "MIN": 0.002, "MAX": 0.06, "DEFAULT": 0.006},
    {"NAME": "orbit_wind", "TYPE": "float", "LABEL": "Wind in the mirror", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "orbit_sparks", "TYPE": "long", "LABEL": "Sparks", "MIN": 1, "MAX": 12, "DEFAULT": 5}
  ],
  "PASSES": [
    {"TARGET": "mirror", "PERSISTENT": true},
    {}
  ],
  "MORPHOGEN": {
    "KIND": "generator",
    "UNITS": {"orbit_memory": "s", "orbit_size": "heights"},
    "CURVES": {"orbit_size": "log", "orbit_memory": "log"},
    "PHASES": ["orbit_pace"]
  }
}*/
/* mirror: red is how bright, green what colour (times red, so that they fade together), blue how young. */
#include "lib/palette.glsl"

const float TURN = 6.2831853;

vec2 spark_at(int n, float phase) {
    float own = float(n) * 0.618034;
    float at = TURN * (phase + own);
    float reach = 0.26 + 0.23 * sin(at * 2.0 + own * 9.0 + TIME * 0.11);
    float angle = at * (1.0 + mod(float(n), 3.0)) + 0.5 * sin(TIME * 0.17 + own * TURN);
    return reach * vec2(cos(angle), sin(angle));
}

/* One petal for all, mirrored, so that paths meet at the seams. */
vec2 folded(vec2 place) {
    float petals = max(floor(orbit_fold), 1.0);
    float angle = atan(place.y, place.x) / TURN * petals;
    angle = abs(fract(angle) - 0.5) / petals * TURN;
    return length(place) * vec2(cos(angle), sin(angle));
}

vec4 mirrored() {
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 place = (isf_FragNormCoord - 0.5) * vec2(aspect, 1.0);
    float away = length(place);
    float spin = -orbit_turn * TIMEDELTA * (0.4 + 1.2 * away);
    vec2 from = mat2(cos(spin), sin(spin), -sin(spin), cos(spin)) * place * exp(-orbit_zoom * TIMEDELTA);
    from += orbit_wind * 0.05 * TIMEDELTA
        * vec2(sin(place.y * 11.0 + TIME * 0.7), cos(place.x * 9.0 - TIME * 0.6));
    vec4 kept = IMG_NORM_PIXEL(mirror, from / vec2(aspect, 1.0) + 0.5);
    kept *= FRAMEINDEX == 0 ? vec4(0.0) : exp(-TIMEDELTA * vec4(1.0, 1.0, 5.0, 0.0) / orbit_memory);
    vec2 petal = folded(place);
    for (int n = 0; n < orbit_sparks; n++) {
        vec2 now = folded(spark_at(n, orbit_pace_phase));
        vec2 before = folded(spark_at(n, orbit_pace_phase - orbit_pace * TIMEDELTA)) - now;
        float along = clamp(dot(petal - now, before) / max(dot(before, before), 1e-9), 0.0, 1.0);
        vec2 to = petal - now - along * before;
        float bright = exp(-dot(to, to) / (orbit_size * orbit_size));
        float colour = fract(float(n) * 0.381966 + 0.05 * TIME);
        // The brighter of the two: laid over one another, the ends of each stroke would be beads.
        if (bright > kept.r) kept = vec4(1.0, abs(2.0 * colour - 1.0), 1.0, 1.0) * bright;
    }
    return kept;
}

void main() {
    if (PASSINDEX == 0) {
        gl_FragColor = mirrored();
        return;
    }
    vec4 here = IMG_THIS_PIXEL(mirror);
    float colour = here.g / max(here.r, 1e-4);
    vec2 texel = 1.5 / RENDERSIZE;
    float slope = IMG_NORM_PIXEL(mirror, isf_FragNormCoord + vec2(texel.x, texel.y)).r
        - IMG_NORM_PIXEL(mirror, isf_FragNormCoord - vec2(texel.x, texel.y)).r;
    vec3 light = palette(0.12 + 0.85 * colour * sqrt(here.r) ) * here.r * (1.0 + 3.0 * max(slope, 0.0));
    light += palette(0.0) * 0.2 + palette_accent() * (here.b * here.b * 0.35 + 0.5 * max(-slope, 0.0));
    gl_FragColor = vec4(light, 1.0);
}
