/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Blur: a Gaussian, from a breath to a haze, alike in all directions or drawn out in one",
  "CREDIT": "Morphogen; two separable Gaussians, the wide one in fewer lines",
  "CATEGORIES": ["Blur"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "radius", "TYPE": "float", "LABEL": "Radius", "MIN": 0.0, "MAX": 0.12, "DEFAULT": 0.02, "IDENTITY": 0.0},
    {"NAME": "stretch", "TYPE": "float", "LABEL": "Drawn out", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "angle", "TYPE": "float", "LABEL": "In what direction", "MIN": 0.0, "MAX": 0.5, "DEFAULT": 0.0},
    {"NAME": "highlights", "TYPE": "float", "LABEL": "How much the lights stay alive", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "PASSES": [
    {"TARGET": "fine_across", "WIDTH": "min($WIDTH, floor(540.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 540.0)", "FLOAT": true},
    {"TARGET": "fine", "WIDTH": "min($WIDTH, floor(540.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 540.0)", "FLOAT": true},
    {"TARGET": "wide_across", "WIDTH": "min($WIDTH, floor(108.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 108.0)", "FLOAT": true},
    {"TARGET": "wide", "WIDTH": "min($WIDTH, floor(108.0 * $WIDTH / $HEIGHT))", "HEIGHT": "min($HEIGHT, 108.0)", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"radius": "heights", "angle": "turns"}}
}*/
/* radius is the standard deviation. The fine stage takes up to FINE of it, the wide one the rest:
   variances add. highlights weighs bright light more, as a lens out of focus does. */

const float FINE = 0.012;
const float TURN = 6.2831853;

vec3 light_at(sampler2D level, vec2 uv) {
    return clamp(IMG_NORM_PIXEL(level, uv).rgb, 0.0, 40.0);
}

/* 41 taps over three deviations, along a direction given in heights. */
vec3 gauss(sampler2D level, vec2 uv, vec2 deviation, float lift) {
    vec3 sum = vec3(0.0);
    float weights = 0.0;
    for (int tap = -20; tap <= 20; tap++) {
        float far = float(tap) * 0.15;
        vec3 light = light_at(level, uv + deviation * far);
        float weight = exp(-0.5 * far * far) * (1.0 + lift * dot(light, vec3(1.0)));
        sum += weight * light;
        weights += weight;
    }
    return sum / weights;
}

/* A cubic B-spline in four bilinear taps: no squares when few lines are enlarged. */
vec3 cubic(sampler2D level, vec2 uv, vec2 size) {
    vec2 place = uv * size - 0.5, cell = floor(place), f = place - cell;
    vec2 w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0, w1 = 2.0 / 3.0 - 0.5 * f * f * (2.0 - f);
    vec2 w3 = f * f * f / 6.0, w2 = 1.0 - w0 - w1 - w3;
    vec2 a = (cell - 0.5 + w1 / (w0 + w1)) / size, b = (cell + 1.5 + w3 / (w2 + w3)) / size;
    vec2 low = w0 + w1, high = w2 + w3;
    return low.y * (low.x * light_at(level, a) + high.x * light_at(level, vec2(b.x, a.y)))
        + high.y * (low.x * light_at(level, vec2(a.x, b.y)) + high.x * light_at(level, b));
}

void main() {
    vec2 uv = isf_FragNormCoord;
    vec2 along = vec2(cos(TURN * angle), sin(TURN * angle));
    vec2 across = vec2(-along.y, along.x) * (1.0 - stretch);
    vec2 shape = vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    float small = min(radius, FINE), large = sqrt(max(radius * radius - FINE * FINE, 0.0));
    float lift = 2.0 * highlights;
    vec3 light;
    if (PASSINDEX == 0) light = gauss(inputImage, uv, small * along * shape, lift);
    else if (PASSINDEX == 1) light = gauss(fine_across, uv, small * across * shape, 0.0);
    else if (PASSINDEX == 2) light = gauss(fine, uv, large * along * shape, lift);
    else if (PASSINDEX == 3) light = gauss(wide_across, uv, large * across * shape, 0.0);
    else {
        vec4 here = IMG_THIS_PIXEL(inputImage);
        light = mix(here.rgb, light_at(fine, uv), smoothstep(0.0, 0.0015, radius));
        light = mix(light, cubic(wide, uv, IMG_SIZE(wide)), smoothstep(FINE, 2.0 * FINE, radius));
        gl_FragColor = vec4(light, here.a);
        return;
    }
    gl_FragColor = vec4(light, 1.0);
}
