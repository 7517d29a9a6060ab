/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Slices: strips of the old picture slide out, strips of the new one in",
  "CREDIT": "Morphogen; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Transition", "Slide"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "strips", "TYPE": "float", "LABEL": "Strips", "MIN": 2.0, "MAX": 60.0, "DEFAULT": 12.0},
    {"NAME": "upright", "TYPE": "bool", "LABEL": "Upright strips", "DEFAULT": false},
    {"NAME": "scatter", "TYPE": "float", "LABEL": "How they straggle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.6},
    {"NAME": "streak", "TYPE": "float", "LABEL": "Streaks of speed", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5}
  ],
  "MORPHOGEN": {"KIND": "transition", "CURVES": {"strips": "log"}}
}*/
float hash(vec2 place) {
    vec3 q = fract(vec3(place.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

void main() {
    vec2 uv = isf_FragNormCoord;
    float count = floor(strips), place = upright ? uv.x : uv.y;
    float number = min(floor(place * count), count - 1.0);
    float late = scatter * hash(vec2(number, 7.0));
    float own = clamp(progress * (1.0 + scatter) - late, 0.0, 1.0);
    float part = own * own * (3.0 - 2.0 * own);
    float way = mod(number, 2.0) * 2.0 - 1.0, speed = 6.0 * own * (1.0 - own) * 0.025 * streak;
    vec2 along = upright ? vec2(0.0, way) : vec2(way, 0.0);
    vec4 sum = vec4(0.0);
    for (int tap = 0; tap < 9; tap++) {
        vec2 moved = uv + along * (part + speed * (float(tap) - 4.0) / 4.0);
        float ahead = upright ? moved.y : moved.x;
        bool is_new = way > 0.0 ? ahead > 1.0 : ahead < 0.0;
        sum += is_new ? IMG_NORM_PIXEL(endImage, clamp(moved - along, 0.0, 1.0)) : IMG_NORM_PIXEL(startImage, clamp(moved, 0.0, 1.0));
    }
    vec4 both = sum / 9.0;
    if (progress <= 0.0) both = IMG_THIS_PIXEL(startImage);
    if (progress >= 1.0) both = IMG_THIS_PIXEL(endImage);
    gl_FragColor = both;
}
