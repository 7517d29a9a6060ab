/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Glitch: slices and blocks slip aside, their colours part; nothing ever flashes",
  "CREDIT": "Morphogen; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Glitch"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.45, "IDENTITY": 0.0},
    {"NAME": "rate", "TYPE": "float", "LABEL": "How often", "MIN": 0.1, "MAX": 2.0, "DEFAULT": 1.2},
    {"NAME": "size", "TYPE": "float", "LABEL": "Size of the blocks", "MIN": 0.02, "MAX": 0.5, "DEFAULT": 0.14},
    {"NAME": "slip", "TYPE": "float", "LABEL": "How far they slip", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
    {"NAME": "colour", "TYPE": "float", "LABEL": "How far colours part", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "tear", "TYPE": "float", "LABEL": "Fine tearing", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "PASSES": [
    {"TARGET": "clock", "WIDTH": "1", "HEIGHT": "1", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"rate": "1/s", "size": "heights"}, "CURVES": {"rate": "log", "size": "log"}}
}*/
/* Every row of blocks has a moment of its own, so that the picture never jumps as a whole. Only
   places are moved: the light is the picture's own. */

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

vec3 hash(vec3 place) {
    place = fract(place * vec3(0.1031, 0.1030, 0.0973));
    place += dot(place, place.yxz + 33.33);
    return fract((place.xxy + place.yxx) * place.zyx);
}

void main() {
    if (PASSINDEX == 0) {
        float gone = FRAMEINDEX == 0 ? 0.0 : IMG_NORM_PIXEL(clock, vec2(0.5)).r;
        gl_FragColor = vec4(mod(gone + min(TIMEDELTA, 0.1) * rate, 512.0), 0.0, 0.0, 1.0);
        return;
    }
    vec2 uv = isf_FragNormCoord;
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    float gone = IMG_NORM_PIXEL(clock, vec2(0.5)).r;
    vec2 shift = vec2(0.0);
    float part = 0.0;
    for (int layer = 0; layer < 3; layer++) {
        float number = float(layer);
        float high = size / (1.0 + 1.7 * number);
        float row = floor(uv.y / high + hash(vec3(number, 3.0, 5.0)).x);
        float moment = floor(gone + hash(vec3(row, number, 11.0)).x);
        vec3 own = hash(vec3(row, moment, 17.0 + number));
        float wide = high * (2.0 + 6.0 * own.z);
        float column = floor(uv.x * aspect / wide + own.y);
        vec3 block = hash(vec3(column + 31.0, row, moment + 101.0 * number));
        float hit = step(1.0 - 0.55 * amount * amount - 0.12 * amount, block.x);
        shift.x += hit * slip * (own.x - 0.5) * 0.6;
        shift.y += hit * slip * (block.y - 0.5) * 0.15 * step(0.6, own.y);
        part = max(part, hit * (0.4 + block.z));
    }
    float line = floor(uv.y * 270.0);
    vec3 torn = hash(vec3(line, floor(gone + hash(vec3(floor(uv.y * 9.0), 7.0, 1.0)).x), 41.0));
    shift.x += tear * amount * 0.05 * (torn.x - 0.5) * step(1.0 - 0.3 * amount, torn.y);
    float apart = colour * part * 0.03 * smoothstep(0.0, 0.1, amount);
    vec4 middle = IMG_NORM_PIXEL(inputImage, folded(uv + shift));
    float left = IMG_NORM_PIXEL(inputImage, folded(uv + shift + vec2(apart, 0.0))).r;
    float right = IMG_NORM_PIXEL(inputImage, folded(uv + shift - vec2(apart, 0.0))).b;
    gl_FragColor = amount == 0.0 ? IMG_THIS_PIXEL(inputImage) : max(vec4(left, middle.g, right, middle.a), 0.0);
}
