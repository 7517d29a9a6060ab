/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Feedback: the picture sees itself a moment ago, a little nearer and turned",
  "CREDIT": "Morphogen; video feedback after J. P. Crutchfield, Physica D 10 (1984), doi:10.1016/0167-2789(84)90264-7; hue turned about the grey axis",
  "CATEGORIES": ["Feedback"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "keep", "TYPE": "float", "LABEL": "How long it stays (half-life)", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 0.5, "IDENTITY": 0.0},
    {"NAME": "zoom", "TYPE": "float", "LABEL": "Zoom", "MIN": -2.0, "MAX": 2.0, "DEFAULT": 0.35},
    {"NAME": "turn", "TYPE": "float", "LABEL": "Turning", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.035},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "drift", "TYPE": "point2D", "LABEL": "Drift", "MIN": [-1.0, -1.0], "MAX": [1.0, 1.0], "DEFAULT": [0.0, 0.0]},
    {"NAME": "hue_turn", "TYPE": "float", "LABEL": "Turning of the hue", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.04},
    {"NAME": "deepen", "TYPE": "float", "LABEL": "Deeper colours as it ages", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 0.5},
    {"NAME": "swirl", "TYPE": "float", "LABEL": "Bending by its own light", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "lay", "TYPE": "long", "LABEL": "How the past is laid", "VALUES": [0, 1, 2], "LABELS": ["lighten", "mean", "behind"], "DEFAULT": 0}
  ],
  "PASSES": [
    {"TARGET": "past", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"keep": "s", "zoom": "1/s", "turn": "turns/s", "drift": "heights/s", "hue_turn": "turns/s", "deepen": "1/s"}}
}*/
/* All rates are a second's, so that it looks alike at 50 and at 120 frames. The past is never laid
   on by adding: what is kept is at most what was shown, so it cannot run away. */

const float TURN = 6.2831853;

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

vec3 turn_hue(vec3 light, float turns) {
    float angle = TURN * turns;
    vec3 axis = vec3(0.57735027);
    vec3 turned = light * cos(angle) + cross(axis, light) * sin(angle) + axis * dot(axis, light) * (1.0 - cos(angle));
    turned = max(turned, 0.0);
    /* No channel may end brighter than the brightest was. */
    float peak = max(light.r, max(light.g, light.b)), most = max(turned.r, max(turned.g, turned.b));
    return turned * min(1.0, peak / max(most, 0.00001));
}

/* Where what is seen here was this long ago. */
vec2 origin(vec2 uv, float dt) {
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec3 here = IMG_NORM_PIXEL(past, uv).rgb;
    float bend = 0.5 * swirl * dt * (2.0 * max(here.r, max(here.g, here.b)) / (1.0 + max(here.r, max(here.g, here.b))) - 0.3);
    vec2 off = (uv - centre) * vec2(aspect, 1.0);
    float angle = TURN * (turn * dt + bend);
    off = mat2(cos(angle), sin(angle), -sin(angle), cos(angle)) * off * exp(-zoom * dt) - drift * dt;
    return folded(centre + off / vec2(aspect, 1.0));
}

/* The lesser channels fade sooner, so that what is pale turns into a colour and not into grey. */
vec3 aged(vec3 light, float dt) {
    float peak = max(light.r, max(light.g, max(light.b, 0.00001)));
    return turn_hue(peak * pow(light / peak, vec3(1.0 + deepen * dt)), hue_turn * dt);
}

vec3 before(vec2 uv) {
    float dt = min(TIMEDELTA, 0.1);
    return aged(clamp(IMG_NORM_PIXEL(past, origin(uv, dt)).rgb, 0.0, 20.0), dt);
}

/* What was shown between the last frame and this one, so that arms are no ladders of copies. */
vec3 between(vec2 uv, vec3 now) {
    float dt = min(TIMEDELTA, 0.1);
    vec3 most = now;
    for (int part = 1; part < 4; part++)
        most = max(most, IMG_NORM_PIXEL(inputImage, origin(uv, dt * float(part) * 0.25)).rgb);
    return most;
}

void main() {
    vec4 now = IMG_THIS_PIXEL(inputImage);
    if (PASSINDEX == 0) {
        vec3 old = FRAMEINDEX == 0 ? vec3(0.0) : before(isf_FragNormCoord);
        float peak = max(now.r, max(now.g, now.b));
        float share = keep <= 0.0 ? 0.0 : exp2(-TIMEDELTA / max(0.25 * keep, 0.001));
        /* What the past has more than the present fades, not all of it: a threshold between the two
           would pin slow motion to the rows and columns of texels. */
        float left = keep <= 0.0 ? 0.0 : exp2(-TIMEDELTA / max(keep, 0.001));
        vec3 shown = lay == 0 ? between(isf_FragNormCoord, now.rgb) : now.rgb;
        vec3 both = shown + left * max(old - shown, 0.0);
        if (lay == 1) both = mix(now.rgb, old, share);
        else if (lay == 2) both = mix(old * left, now.rgb, smoothstep(0.0, 0.35, peak));
        if (keep <= 0.0) both = now.rgb;
        gl_FragColor = vec4(both, 1.0);
    } else {
        gl_FragColor = vec4(IMG_THIS_PIXEL(past).rgb, now.a);
    }
}
