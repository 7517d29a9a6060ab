/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Kaleidoscope: one slice of the picture, mirrored round a centre",
  "CREDIT": "Morphogen; D. Brewster, A Treatise on the Kaleidoscope, 1819",
  "CATEGORIES": ["Geometry", "Tile"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "slices", "TYPE": "long", "LABEL": "Mirrors", "VALUES": [2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24], "LABELS": ["2", "3", "4", "5", "6", "7", "8", "10", "12", "16", "24"], "DEFAULT": 6},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Angle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "spin", "TYPE": "float", "LABEL": "Spin", "MIN": -0.25, "MAX": 0.25, "DEFAULT": 0.01},
    {"NAME": "glide", "TYPE": "float", "LABEL": "Wandering of the slice", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.02},
    {"NAME": "zoom", "TYPE": "float", "LABEL": "Zoom", "MIN": 0.25, "MAX": 4.0, "DEFAULT": 0.9},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "rings", "TYPE": "float", "LABEL": "Rings", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0}
  ],
  "PASSES": [
    {"TARGET": "clock", "WIDTH": "1", "HEIGHT": "1", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"angle": "turns", "spin": "turns/s"}, "CURVES": {"zoom": "log"}}
}*/
/* Every edge is a mirror, the picture's own too: there is no seam and nothing black. */

const float TURN = 6.2831853;

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

vec2 rotate(vec2 place, float turns) {
    float c = cos(TURN * turns), s = sin(TURN * turns);
    return mat2(c, s, -s, c) * place;
}

void main() {
    if (PASSINDEX == 0) {
        vec2 gone = FRAMEINDEX == 0 ? vec2(0.0) : IMG_NORM_PIXEL(clock, vec2(0.5)).rg;
        gl_FragColor = vec4(fract(gone + TIMEDELTA * vec2(spin, 0.5 * glide)), 0.0, 1.0);
        return;
    }
    vec2 gone = IMG_NORM_PIXEL(clock, vec2(0.5)).rg;
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 off = rotate((isf_FragNormCoord - centre) * vec2(aspect, 1.0), angle + gone.x);
    float reach = length(off);
    float slice = TURN / float(slices);
    float turned = abs(mod(atan(off.y, off.x) + 0.5 * slice, slice) - 0.5 * slice);
    /* Mirrors across as well: rings that fold outwards, from wide to narrow. */
    float ring = 0.5 / (1.0 + 5.0 * rings);
    reach = mix(reach, ring - abs(mod(reach, 2.0 * ring) - ring), smoothstep(0.0, 0.05, rings));
    vec2 seen = reach / zoom * vec2(cos(turned), sin(turned));
    seen = rotate(seen, -angle) + vec2(0.0, 2.0 * gone.y);
    gl_FragColor = IMG_NORM_PIXEL(inputImage, folded(centre + seen / vec2(aspect, 1.0)));
}
