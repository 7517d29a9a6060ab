/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Tilt shift: a band is sharp, the rest swims out of focus: the world as a model",
  "CREDIT": "Morphogen; after T. Scheimpflug 1904; a pyramid, enlarged by cubic B-splines",
  "CATEGORIES": ["Blur"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 1.0, "IDENTITY": 0.0},
    {"NAME": "position", "TYPE": "float", "LABEL": "Where it is sharp", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.45},
    {"NAME": "breadth", "TYPE": "float", "LABEL": "Breadth of the band", "MIN": 0.0, "MAX": 0.6, "DEFAULT": 0.08},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Angle", "MIN": -0.25, "MAX": 0.25, "DEFAULT": 0.02},
    {"NAME": "circle", "TYPE": "float", "LABEL": "Band or circle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "chroma", "TYPE": "float", "LABEL": "Strength of the colours", "MIN": 0.5, "MAX": 2.0, "DEFAULT": 1.2, "IDENTITY": 1.0}
  ],
  "PASSES": [
    {"TARGET": "fine", "WIDTH": "min($WIDTH, floor(360.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 360.0)", "FLOAT": true},
    {"TARGET": "middle", "WIDTH": "min($WIDTH, floor(180.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 180.0)", "FLOAT": true},
    {"TARGET": "wide", "WIDTH": "min($WIDTH, floor(90.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 90.0)", "FLOAT": true},
    {"TARGET": "widest", "WIDTH": "min($WIDTH, floor(45.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 45.0)", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"angle": "turns", "breadth": "heights"}}
}*/

const float TURN = 6.2831853;

/* The mean of a texel's own area and a little beyond, in sixteen bilinear taps. */
vec3 down(sampler2D level) {
    vec3 sum = vec3(0.0);
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            vec2 off = (vec2(float(column), float(row)) - 1.5) * 0.4;
            sum += clamp(IMG_NORM_PIXEL(level, isf_FragNormCoord + off / RENDERSIZE).rgb, 0.0, 40.0);
        }
    }
    return sum / 16.0;
}

vec3 cubic(sampler2D level, vec2 size) {
    vec2 place = isf_FragNormCoord * size - 0.5, cell = floor(place), f = place - cell;
    vec2 w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0, w1 = 2.0 / 3.0 - 0.5 * f * f * (2.0 - f);
    vec2 w3 = f * f * f / 6.0, w2 = 1.0 - w0 - w1 - w3, low = w0 + w1, high = w2 + w3;
    vec2 a = (cell - 0.5 + w1 / low) / size, b = (cell + 1.5 + w3 / high) / size;
    return low.y * (low.x * IMG_NORM_PIXEL(level, a).rgb + high.x * IMG_NORM_PIXEL(level, vec2(b.x, a.y)).rgb)
        + high.y * (low.x * IMG_NORM_PIXEL(level, vec2(a.x, b.y)).rgb + high.x * IMG_NORM_PIXEL(level, b).rgb);
}

void main() {
    if (PASSINDEX == 0) { gl_FragColor = vec4(down(inputImage), 1.0); return; }
    if (PASSINDEX == 1) { gl_FragColor = vec4(down(fine), 1.0); return; }
    if (PASSINDEX == 2) { gl_FragColor = vec4(down(middle), 1.0); return; }
    if (PASSINDEX == 3) { gl_FragColor = vec4(down(wide), 1.0); return; }
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec2 off = (isf_FragNormCoord - vec2(0.5, position)) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float band = abs(dot(off, vec2(-sin(TURN * angle), cos(TURN * angle))));
    float far = mix(band, length(off), circle);
    float haze = amount * 4.0 * smoothstep(0.5 * breadth, 0.5 * breadth + 0.45, far);
    vec3 light = mix(max(here.rgb, 0.0), cubic(fine, IMG_SIZE(fine)), smoothstep(0.0, 1.0, haze));
    light = mix(light, cubic(middle, IMG_SIZE(middle)), smoothstep(1.0, 2.0, haze));
    light = mix(light, cubic(wide, IMG_SIZE(wide)), smoothstep(2.0, 3.0, haze));
    light = mix(light, cubic(widest, IMG_SIZE(widest)), smoothstep(3.0, 4.0, haze));
    float grey = dot(light, vec3(0.2126, 0.7152, 0.0722));
    gl_FragColor = vec4(max(mix(vec3(grey), light, chroma), 0.0), here.a);
}
