/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Push: the new picture pushes the old one out, or slides over it",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Slide"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "way", "TYPE": "long", "LABEL": "Which way", "VALUES": [0, 1, 2, 3], "LABELS": ["left", "right", "up", "down"], "DEFAULT": 0},
    {"NAME": "over", "TYPE": "float", "LABEL": "Pushes, or slides over", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "streak", "TYPE": "float", "LABEL": "Streaks of speed", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "shade", "TYPE": "float", "LABEL": "Shadow on the old one", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4}
  ],
  "MORPHOGEN": {"KIND": "transition"}
}*/
void main() {
    float part = progress * progress * (3.0 - 2.0 * progress);
    vec2 along = way == 0 ? vec2(-1.0, 0.0) : way == 1 ? vec2(1.0, 0.0) : way == 2 ? vec2(0.0, 1.0) : vec2(0.0, -1.0);
    float speed = 6.0 * progress * (1.0 - progress) * 0.02 * streak;
    vec4 sum = vec4(0.0);
    for (int tap = 0; tap < 9; tap++) {
        vec2 uv = isf_FragNormCoord + along * speed * (float(tap) - 4.0) / 4.0;
        /* Where the new picture's own place lies, entering from the side it comes from. */
        vec2 entered = uv + along * (1.0 - part);
        float outside = dot(abs(step(0.0, entered) - step(entered, vec2(1.0))), vec2(1.0));
        bool is_new = progress > 0.0 && outside == 0.0;
        if (progress >= 1.0) is_new = true;
        float edge = way == 0 ? uv.x - 1.0 + part : way == 1 ? part - uv.x : way == 2 ? part - uv.y : uv.y - 1.0 + part;
        vec4 old = IMG_NORM_PIXEL(startImage, clamp(uv - along * part * (1.0 - over), 0.0, 1.0));
        old.rgb *= 1.0 - shade * min(2.0 * part, 1.0) * over * exp(6.0 * min(edge, 0.0));
        sum += is_new ? IMG_NORM_PIXEL(endImage, clamp(entered, 0.0, 1.0)) : old;
    }
    vec4 both = sum / 9.0;
    if (progress <= 0.0) both = IMG_THIS_PIXEL(startImage);
    if (progress >= 1.0) both = IMG_THIS_PIXEL(endImage);
    gl_FragColor = both;
}
