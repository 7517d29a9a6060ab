/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Sharpen: fine detail and local contrast, without halos",
  "CREDIT": "Morphogen; unsharp mask, held between the neighbours' extremes",
  "CATEGORIES": ["Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Fine detail", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.5, "IDENTITY": 0.0},
    {"NAME": "clarity", "TYPE": "float", "LABEL": "Local contrast", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 1.0, "IDENTITY": 0.0},
    {"NAME": "width", "TYPE": "float", "LABEL": "Width of the detail", "MIN": 0.5, "MAX": 6.0, "DEFAULT": 1.5},
    {"NAME": "halo", "TYPE": "float", "LABEL": "How far it may overshoot", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.2}
  ],
  "PASSES": [
    {"TARGET": "coarse_across", "WIDTH": "min($WIDTH, floor(216.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 216.0)", "FLOAT": true},
    {"TARGET": "coarse", "WIDTH": "min($WIDTH, floor(216.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 216.0)", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"width": "1/1080 of the height"}, "CURVES": {"width": "log"}}
}*/
/* Reckoned in square roots of light, near to how it is seen, so that lights do not outshout darks. */

vec3 root_at(vec2 uv) {
    return sqrt(clamp(IMG_NORM_PIXEL(inputImage, uv).rgb, 0.0, 40.0));
}

vec3 gauss(sampler2D level, vec2 uv, vec2 deviation, bool rooted) {
    vec3 sum = vec3(0.0);
    float weights = 0.0;
    for (int tap = -8; tap <= 8; tap++) {
        float far = float(tap) * 0.35;
        vec3 light = clamp(IMG_NORM_PIXEL(level, uv + deviation * far).rgb, 0.0, 40.0);
        float weight = exp(-0.5 * far * far);
        sum += weight * (rooted ? sqrt(light) : light);
        weights += weight;
    }
    return sum / weights;
}

void main() {
    vec2 uv = isf_FragNormCoord;
    vec2 shape = vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(gauss(inputImage, uv, vec2(0.018 * shape.x, 0.0), true), 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = vec4(gauss(coarse_across, uv, vec2(0.0, 0.018), false), 1.0);
    } else {
        vec4 here = IMG_THIS_PIXEL(inputImage);
        vec3 root = sqrt(clamp(here.rgb, 0.0, 40.0));
        vec2 e = max(width / 1080.0, 0.75 / RENDERSIZE.y) * shape;
        vec3 low = root, high = root, sum = vec3(0.0);
        for (int row = -1; row <= 1; row++) {
            for (int column = -1; column <= 1; column++) {
                vec3 near = root_at(uv + e * vec2(float(column), float(row)));
                low = min(low, near);
                high = max(high, near);
                sum += near / 9.0;
            }
        }
        vec3 room = halo * (high - low) + 0.02 * halo;
        vec3 sharp = clamp(root + amount * (root - sum), low - room, high + room);
        vec3 wide = IMG_NORM_PIXEL(coarse, uv).rgb;
        float lift = dot(root - wide, vec3(0.2126, 0.7152, 0.0722));
        sharp *= clamp(1.0 + clarity * lift * 1.2, 0.25, 1.8);
        sharp = max(sharp, 0.0);
        bool still = amount == 0.0 && clarity == 0.0;
        gl_FragColor = vec4(still ? here.rgb : sharp * sharp, here.a);
    }
}
