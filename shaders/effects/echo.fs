/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Echo: the picture of a moment ago, and of the moments before that, still stand there",
  "CREDIT": "Morphogen; after E.-J. Marey's chronophotographs, 1882",
  "CATEGORIES": ["Time"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Strength of the echoes", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.75, "IDENTITY": 0.0},
    {"NAME": "interval", "TYPE": "float", "LABEL": "Time between them", "MIN": 0.05, "MAX": 4.0, "DEFAULT": 0.5},
    {"NAME": "zoom", "TYPE": "float", "LABEL": "How each grows", "MIN": -0.3, "MAX": 0.3, "DEFAULT": 0.06},
    {"NAME": "turn", "TYPE": "float", "LABEL": "How each is turned", "MIN": -0.1, "MAX": 0.1, "DEFAULT": 0.0},
    {"NAME": "colour", "TYPE": "float", "LABEL": "How each changes colour", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4}
  ],
  "PASSES": [
    {"TARGET": "clock", "WIDTH": "1", "HEIGHT": "1", "PERSISTENT": true, "FLOAT": true},
    {"TARGET": "fourth", "WIDTH": "min($WIDTH, floor(540.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 540.0)", "PERSISTENT": true},
    {"TARGET": "third", "WIDTH": "min($WIDTH, floor(540.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 540.0)", "PERSISTENT": true},
    {"TARGET": "second", "WIDTH": "min($WIDTH, floor(540.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 540.0)", "PERSISTENT": true},
    {"TARGET": "first", "WIDTH": "min($WIDTH, floor(540.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 540.0)", "PERSISTENT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"interval": "s", "turn": "turns"}, "CURVES": {"interval": "log"}}
}*/
/* At each tick every echo hands its picture on, the last one first; between ticks they fade by the
   way to the next one, so that none appears or leaves at once. */

const float TURN = 6.2831853;

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

vec3 ghost(sampler2D kept, float age) {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float angle = TURN * turn * age;
    vec2 off = mat2(cos(angle), sin(angle), -sin(angle), cos(angle)) * ((isf_FragNormCoord - 0.5) * shape);
    vec3 light = IMG_NORM_PIXEL(kept, folded(0.5 + off * exp(-zoom * age) / shape)).rgb;
    vec3 tint = 0.5 + 0.5 * cos(TURN * (0.22 * age + vec3(0.0, 0.33, 0.67)));
    float grey = dot(light, vec3(0.2126, 0.7152, 0.0722));
    light = mix(light, grey * tint * 2.0, colour * (1.0 - exp(-age)));
    return light * pow(amount, 1.0 + 0.6 * age) * smoothstep(4.0, 3.0, age);
}

vec3 lay(vec3 below, vec3 above) {
    return max(below, above) + 0.25 * min(below, above);
}

void main() {
    vec3 tick = IMG_NORM_PIXEL(clock, vec2(0.5)).rgb;
    bool hand_on = tick.g > 0.5;
    if (PASSINDEX == 0) {
        float phase = FRAMEINDEX == 0 ? 1.0 : tick.r + min(TIMEDELTA / interval, 1.0);
        gl_FragColor = vec4(fract(phase), step(1.0, phase), 0.0, 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = hand_on ? IMG_THIS_PIXEL(third) : IMG_THIS_PIXEL(fourth);
    } else if (PASSINDEX == 2) {
        gl_FragColor = hand_on ? IMG_THIS_PIXEL(second) : IMG_THIS_PIXEL(third);
    } else if (PASSINDEX == 3) {
        gl_FragColor = hand_on ? IMG_THIS_PIXEL(first) : IMG_THIS_PIXEL(second);
    } else if (PASSINDEX == 4) {
        gl_FragColor = hand_on ? clamp(IMG_THIS_PIXEL(inputImage), 0.0, 40.0) : IMG_THIS_PIXEL(first);
    } else {
        vec4 now = IMG_THIS_PIXEL(inputImage);
        vec3 past = max(max(ghost(first, tick.r), ghost(second, 1.0 + tick.r)), max(ghost(third, 2.0 + tick.r), ghost(fourth, 3.0 + tick.r)));
        gl_FragColor = vec4(amount <= 0.0 ? now.rgb : lay(max(now.rgb, 0.0), past) / (1.0 + 0.2 * amount), now.a);
    }
}
