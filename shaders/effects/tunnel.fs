/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Tunnel: the picture is wound into a shaft that one flies down",
  "CREDIT": "Morphogen; the complex logarithm, which keeps all shapes",
  "CATEGORIES": ["Geometry"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "speed", "TYPE": "float", "LABEL": "Speed", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.12},
    {"NAME": "spin", "TYPE": "float", "LABEL": "Spin", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.02},
    {"NAME": "twist", "TYPE": "float", "LABEL": "Twist", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.15},
    {"NAME": "pictures", "TYPE": "long", "LABEL": "Pictures around", "VALUES": [2, 4, 6, 8, 12], "LABELS": ["2", "4", "6", "8", "12"], "DEFAULT": 4},
    {"NAME": "depth", "TYPE": "float", "LABEL": "Darkness of the depth", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "square", "TYPE": "float", "LABEL": "Round or square", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Where it leads", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]}
  ],
  "PASSES": [
    {"TARGET": "clock", "WIDTH": "1", "HEIGHT": "1", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"speed": "pictures/s", "spin": "turns/s", "twist": "turns"}}
}*/
/* Every second picture is mirrored, so that they meet without a seam. */

const float TURN = 6.2831853;

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

void main() {
    if (PASSINDEX == 0) {
        vec2 gone = FRAMEINDEX == 0 ? vec2(0.0) : IMG_NORM_PIXEL(clock, vec2(0.5)).rg;
        gl_FragColor = vec4(fract(gone + TIMEDELTA * vec2(0.5 * speed, spin)), 0.0, 1.0);
        return;
    }
    vec2 gone = IMG_NORM_PIXEL(clock, vec2(0.5)).rg, shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 off = (isf_FragNormCoord - centre) * shape;
    vec2 fourth = off * off * off * off;
    float far = max(mix(length(off), sqrt(sqrt(fourth.x + fourth.y)), square), 0.0005);
    float inwards = -log(far) / TURN;
    float around = atan(off.y, off.x) / TURN + gone.y + twist * inwards;
    float count = float(pictures);
    /* A picture is as much wider around than it is deep as it is wider than high. */
    vec2 place = vec2(around * count, inwards * count * shape.x + 2.0 * gone.x);
    /* Beyond what texels can show, a mean of four keeps the depth from boiling. */
    vec2 blur = vec2(0.5, 0.5) * min(count / (TURN * far * RENDERSIZE.y), 0.5);
    vec4 sum = vec4(0.0);
    for (int tap = 0; tap < 4; tap++) {
        vec2 aside = vec2(mod(float(tap), 2.0), floor(float(tap) * 0.5)) - 0.5;
        sum += 0.25 * IMG_NORM_PIXEL(inputImage, folded(place + aside * blur));
    }
    float dark = mix(1.0, smoothstep(0.0, 0.42, far), depth);
    gl_FragColor = vec4(max(sum.rgb, 0.0) * dark * smoothstep(0.004, 0.03, far), sum.a);
}
