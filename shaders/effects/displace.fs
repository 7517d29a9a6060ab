/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Displace: the picture is pushed about by a slow flow, or by its own light",
  "CREDIT": "Morphogen; curl of a noise: R. Bridson, SIGGRAPH 2007, doi:10.1145/1276377.1276435; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Distortion"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5, "IDENTITY": 0.0},
    {"NAME": "own_light", "TYPE": "float", "LABEL": "By noise, or by its own light", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25},
    {"NAME": "size", "TYPE": "float", "LABEL": "Size of the swirls", "MIN": 0.05, "MAX": 1.5, "DEFAULT": 0.45},
    {"NAME": "speed", "TYPE": "float", "LABEL": "Speed", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.25},
    {"NAME": "fine", "TYPE": "float", "LABEL": "Fine swirls in the large", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35}
  ],
  "PASSES": [
    {"TARGET": "clock", "WIDTH": "1", "HEIGHT": "1", "PERSISTENT": true, "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"size": "heights"}, "CURVES": {"size": "log"}}
}*/

vec2 folded(vec2 uv) {
    return 1.0 - abs(mod(uv, 2.0) - 1.0);
}

float hash(vec3 place) {
    place = fract(place * 0.1031);
    place += dot(place, place.zyx + 31.32);
    return fract((place.x + place.y) * place.z);
}

/* Value noise, smooth to the second derivative; the third axis repeats every 64. */
float noise(vec3 place) {
    vec3 cell = floor(place), part = place - cell;
    part = part * part * part * (part * (part * 6.0 - 15.0) + 10.0);
    float low = mod(cell.z, 64.0), high = mod(cell.z + 1.0, 64.0);
    vec2 a = cell.xy + 100.0;
    vec4 back = vec4(hash(vec3(a, low)), hash(vec3(a + vec2(1.0, 0.0), low)), hash(vec3(a + vec2(0.0, 1.0), low)), hash(vec3(a + 1.0, low)));
    vec4 front = vec4(hash(vec3(a, high)), hash(vec3(a + vec2(1.0, 0.0), high)), hash(vec3(a + vec2(0.0, 1.0), high)), hash(vec3(a + 1.0, high)));
    vec4 both = mix(back, front, part.z);
    return mix(mix(both.x, both.y, part.x), mix(both.z, both.w, part.x), part.y);
}

vec2 swirl(vec3 place) {
    float e = 0.15;
    float across = noise(place + vec3(e, 0.0, 0.0)) - noise(place - vec3(e, 0.0, 0.0));
    float along = noise(place + vec3(0.0, e, 0.0)) - noise(place - vec3(0.0, e, 0.0));
    return vec2(along, -across) / (2.0 * e);
}

float height(vec2 uv) {
    vec3 light = max(IMG_NORM_PIXEL(inputImage, folded(uv)).rgb, 0.0);
    float grey = dot(light, vec3(0.2126, 0.7152, 0.0722));
    return sqrt(grey / (1.0 + grey));
}

void main() {
    if (PASSINDEX == 0) {
        float gone = FRAMEINDEX == 0 ? 0.0 : IMG_NORM_PIXEL(clock, vec2(0.5)).r;
        gl_FragColor = vec4(mod(gone + TIMEDELTA * speed, 64.0), 0.0, 0.0, 1.0);
        return;
    }
    vec2 uv = isf_FragNormCoord;
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float gone = IMG_NORM_PIXEL(clock, vec2(0.5)).r;
    vec3 place = vec3(uv * shape / size, gone);
    vec2 push = swirl(place) + fine * 0.5 * swirl(vec3(place.xy * 2.7 + 17.3, mod(2.0 * gone, 64.0)));
    push *= 0.12 * min(size, 0.8);
    /* Its own slope, over a wide stencil, so that the picture bends as through glass. */
    vec2 e = vec2(0.012) / shape;
    vec2 slope = vec2(0.0);
    for (int ring = 1; ring <= 3; ring++) {
        vec2 far = e * float(ring);
        slope.x += height(uv + vec2(far.x, 0.0)) - height(uv - vec2(far.x, 0.0));
        slope.y += height(uv + vec2(0.0, far.y)) - height(uv - vec2(0.0, far.y));
    }
    push = mix(push, -0.03 * slope, own_light);
    gl_FragColor = IMG_NORM_PIXEL(inputImage, folded(uv + amount * push * 3.0 / shape));
}
