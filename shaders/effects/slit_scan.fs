/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Slit scan: a slit wanders over the picture and leaves behind what it saw: time laid out in space",
  "CREDIT": "Morphogen; after D. Trumbull's slit camera, 1968",
  "CATEGORIES": ["Time"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "seconds", "TYPE": "float", "LABEL": "Time of a sweep", "MIN": 0.5, "MAX": 30.0, "DEFAULT": 4.0},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Direction", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.75},
    {"NAME": "slits", "TYPE": "float", "LABEL": "Slits", "MIN": 1.0, "MAX": 12.0, "DEFAULT": 3.0},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness of the slit", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "light", "TYPE": "float", "LABEL": "Light of the slit", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.2}
  ],
  "PASSES": [
    {"TARGET": "clock", "WIDTH": "1", "HEIGHT": "1", "PERSISTENT": true, "FLOAT": true},
    {"TARGET": "kept", "PERSISTENT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"seconds": "s", "angle": "turns"}, "CURVES": {"seconds": "log", "slits": "log"}}
}*/
/* kept.a says whether a place has been swept already; until then the picture shows itself. */

const float TURN = 6.2831853;

/* How far behind the nearest slit this place is, 0..1 of the distance between two. */
float behind(float phase) {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), along = vec2(cos(TURN * angle), sin(TURN * angle));
    float way = dot((isf_FragNormCoord - 0.5) * shape, along) / dot(abs(along), shape) + 0.5;
    return fract(phase - way * floor(slits));
}

void main() {
    vec2 time = IMG_NORM_PIXEL(clock, vec2(0.5)).rg;
    if (PASSINDEX == 0) {
        float part = min(TIMEDELTA, 0.1) * floor(slits) / (seconds * floor(slits));
        gl_FragColor = vec4(FRAMEINDEX == 0 ? 0.0 : fract(time.r + part), part, 0.0, 1.0);
    } else if (PASSINDEX == 1) {
        vec4 old = FRAMEINDEX == 0 ? vec4(0.0) : IMG_THIS_PIXEL(kept);
        vec3 now = clamp(IMG_THIS_PIXEL(inputImage).rgb, 0.0, 40.0);
        float far = behind(time.r), width = time.g + 0.12 * softness;
        float share = far <= time.g ? 1.0 : 1.0 - smoothstep(time.g, width + 0.0001, far);
        share = 1.0 - pow(1.0 - share, 1.0 + 60.0 * TIMEDELTA);
        if (old.a < 0.5) share = 1.0;
        gl_FragColor = vec4(mix(old.rgb, now, share), far <= time.g + 0.01 ? 1.0 : old.a);
    } else {
        vec4 now = IMG_THIS_PIXEL(inputImage);
        float far = behind(time.r);
        float glow = exp(-far * 30.0) + exp(-(1.0 - far) * 120.0);
        vec3 held = IMG_THIS_PIXEL(kept).rgb;
        gl_FragColor = vec4(held * (1.0 + light * glow) + 0.05 * light * glow * now.rgb, now.a);
    }
}
