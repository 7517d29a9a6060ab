/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Trails: light stays a while where it was, and cools as it goes",
  "CREDIT": "Morphogen; phosphors of three colours that decay each at its own pace",
  "CATEGORIES": ["Feedback", "Time"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "half_life", "TYPE": "float", "LABEL": "How long (half-life)", "MIN": 0.0, "MAX": 8.0, "DEFAULT": 0.7, "IDENTITY": 0.0},
    {"NAME": "cooling", "TYPE": "float", "LABEL": "Colder or warmer as they fade", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "spread", "TYPE": "float", "LABEL": "How they widen", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25},
    {"NAME": "rise", "TYPE": "float", "LABEL": "How they rise or sink", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.0},
    {"NAME": "dark", "TYPE": "bool", "LABEL": "Trails of dark", "DEFAULT": false}
  ],
  "PASSES": [
    {"TARGET": "past", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"half_life": "s", "rise": "heights/s"}}
}*/
/* What stays is at most what was there: it cannot grow. Widening is a diffusion of fixed speed. */

vec3 light_at(vec2 uv) {
    return clamp(IMG_NORM_PIXEL(past, uv).rgb, 0.0, 40.0);
}

void main() {
    vec4 now = max(IMG_THIS_PIXEL(inputImage), 0.0);
    if (PASSINDEX == 1) {
        gl_FragColor = vec4(IMG_THIS_PIXEL(past).rgb, now.a);
        return;
    }
    float dt = min(TIMEDELTA, 0.1);
    vec2 shape = vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    vec2 uv = isf_FragNormCoord - vec2(0.0, rise * dt);
    /* Four places at a distance of sqrt(4 D dt): their mean diffuses at D heights squared a second. */
    vec2 e = sqrt(4.0 * 0.0008 * spread * spread * dt) * shape;
    vec3 old = 0.25 * (light_at(uv + vec2(e.x, 0.0)) + light_at(uv - vec2(e.x, 0.0)) + light_at(uv + vec2(0.0, e.y)) + light_at(uv - vec2(0.0, e.y)));
    vec3 lives = max(half_life, 0.0001) * exp2(cooling * vec3(-1.0, 0.0, 0.8));
    vec3 left = exp2(-TIMEDELTA / lives);
    vec3 both;
    if (dark) both = min(now.rgb, mix(now.rgb, old, left));
    else both = max(now.rgb, old * left);
    if (half_life <= 0.0 || FRAMEINDEX == 0) both = now.rgb;
    gl_FragColor = vec4(min(both, 40.0), 1.0);
}
