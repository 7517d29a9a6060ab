/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Pulse: the picture swells and a wave runs outwards, with a beat, a hand or its own heart",
  "CREDIT": "Morphogen; how fast light may change: W3C, WCAG 2.2, 2.3.1 (three flashes a second, a tenth of the brightest light)",
  "CATEGORIES": ["Distortion", "Light"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "hit", "TYPE": "float", "LABEL": "Beat (to be moved by one)", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "rate", "TYPE": "float", "LABEL": "Beats of its own heart", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.6},
    {"NAME": "swell", "TYPE": "float", "LABEL": "Swelling", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35, "IDENTITY": 0.0},
    {"NAME": "wave", "TYPE": "float", "LABEL": "Wave", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5, "IDENTITY": 0.0},
    {"NAME": "light", "TYPE": "float", "LABEL": "Light", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.6, "IDENTITY": 0.0},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]}
  ],
  "PASSES": [
    {"TARGET": "heart", "WIDTH": "1", "HEIGHT": "1", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"rate": "1/s"}}
}*/
/* heart: r the phase of its own beat, g the swelling 0..1, b seconds since the last beat, a the push.
   The swelling rises by RISE a second at most and falls by FALL. A swing of A takes A / RISE + A / FALL,
   so that three or more a second are at most 0.38 high, and LIGHT times that is less than a tenth:
   however it is hit, the picture never flashes. A wave waits until the one before it is 0.4 s old. */

const float RISE = 4.0, FALL = 1.6, LIGHT = 0.25;

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

void main() {
    if (PASSINDEX == 0) {
        vec4 old = FRAMEINDEX == 0 ? vec4(0.9, 0.0, 9.0, 0.0) : IMG_NORM_PIXEL(heart, vec2(0.5));
        float dt = min(TIMEDELTA, 0.1), phase = fract(old.r + rate * dt);
        float beat = rate > 0.0 ? exp(-phase * 5.0 / max(rate, 0.3)) : 0.0;
        float push = clamp(max(hit, beat), 0.0, 1.0);
        float swing = clamp(push - old.g, -FALL * dt, RISE * dt);
        float age = push > 0.5 && old.a <= 0.5 && old.b > 0.4 ? 0.0 : min(old.b + dt, 9.0);
        gl_FragColor = vec4(phase, clamp(old.g + swing, 0.0, 1.0), age, push);
        return;
    }
    vec4 beat = IMG_NORM_PIXEL(heart, vec2(0.5));
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0), off = (isf_FragNormCoord - centre) * shape;
    float far = length(off), front = 1.4 * beat.b;
    float ring = exp(-pow((far - front) / 0.11, 2.0)) * exp(-1.6 * beat.b) * smoothstep(0.0, 0.08, beat.b);
    float zoom = 1.0 + 0.22 * swell * beat.g;
    vec2 uv = centre + (off / zoom - 0.07 * wave * ring * off / max(far, 0.02)) / shape;
    vec4 here = IMG_NORM_PIXEL(inputImage, folded(uv));
    float lit = 1.0 + light * LIGHT * beat.g + 0.6 * wave * light * ring * smoothstep(0.0, 0.2, far);
    gl_FragColor = vec4(max(here.rgb, 0.0) * lit, here.a);
}
