/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Colour: hue, saturation, warmth and brightness, as the eye counts them",
  "CREDIT": "Morphogen; OKLab by B. Ottosson, 2020 (public domain)",
  "CATEGORIES": ["Colour"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "hue", "TYPE": "float", "LABEL": "Hue", "MIN": -0.5, "MAX": 0.5, "DEFAULT": 0.03, "IDENTITY": 0.0},
    {"NAME": "saturation", "TYPE": "float", "LABEL": "Saturation", "MIN": 0.0, "MAX": 2.5, "DEFAULT": 1.15, "IDENTITY": 1.0},
    {"NAME": "vibrance", "TYPE": "float", "LABEL": "Saturation of what is pale", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.25, "IDENTITY": 0.0},
    {"NAME": "temperature", "TYPE": "float", "LABEL": "Cold to warm", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.15, "IDENTITY": 0.0},
    {"NAME": "tint", "TYPE": "float", "LABEL": "Green to magenta", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0, "IDENTITY": 0.0},
    {"NAME": "exposure", "TYPE": "float", "LABEL": "Exposure", "MIN": -3.0, "MAX": 3.0, "DEFAULT": 0.0, "IDENTITY": 0.0},
    {"NAME": "spread", "TYPE": "float", "LABEL": "Hue by brightness", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0, "IDENTITY": 0.0}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"hue": "turns", "exposure": "stops"}}
}*/

const float TURN = 6.2831853;

vec3 root3(vec3 value) {
    return pow(max(value, 0.0), vec3(0.3333333));
}

/* Linear sRGB to the cones' answers, and back; matrices by columns. */
vec3 cones(vec3 light) {
    return mat3(0.4122214708, 0.2119034982, 0.0883024619, 0.5363325363, 0.6806995451, 0.2817188376, 0.0514459929, 0.1073969566, 0.6299787005) * light;
}

vec3 from_cones(vec3 lms) {
    return mat3(4.0767416621, -1.2684380046, -0.0041960863, -3.3077115913, 2.6097574011, -0.7034186147, 0.2309699292, -0.3413193965, 1.7076147010) * lms;
}

vec3 to_lab(vec3 lms) {
    return mat3(0.2104542553, 1.9779984951, 0.0259040371, 0.7936177850, -2.4285922050, 0.7827717662, -0.0040720468, 0.4505937099, -0.8086757660) * root3(lms);
}

vec3 from_lab(vec3 lab) {
    vec3 root = mat3(1.0, 1.0, 1.0, 0.3963377774, -0.1055613458, -0.0894841775, 0.2158037573, -0.0638541728, -1.2914855480) * lab;
    return from_cones(root * root * root);
}

void main() {
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec3 light = max(here.rgb, 0.0) * exp2(exposure);
    vec3 shade = light * exp(vec3(0.3, 0.0, -0.6) * temperature + vec3(0.12, -0.22, 0.12) * tint);
    shade *= clamp(dot(light, vec3(0.2126, 0.7152, 0.0722)) / max(dot(shade, vec3(0.2126, 0.7152, 0.0722)), 0.00001), 0.5, 2.0);
    vec3 lab = to_lab(cones(shade));
    float pale = 1.0 - smoothstep(0.0, 0.22, length(lab.yz));
    lab.yz *= max(saturation * (1.0 + vibrance * pale), 0.0);
    float angle = TURN * (hue + spread * (min(lab.x, 1.5) - 0.5));
    lab.yz = mat2(cos(angle), sin(angle), -sin(angle), cos(angle)) * lab.yz;
    vec3 turned = from_lab(lab);
    /* What no lamp can show is paled at its own brightness, not clipped. */
    float grey = lab.x * lab.x * lab.x;
    float least = min(turned.r, min(turned.g, turned.b));
    if (least < 0.0) turned = mix(vec3(grey), turned, clamp(grey / max(grey - least, 0.00001), 0.0, 1.0));
    bool plain = hue == 0.0 && saturation == 1.0 && vibrance == 0.0 && temperature == 0.0 && tint == 0.0 && spread == 0.0;
    gl_FragColor = vec4(plain ? light : max(turned, 0.0), here.a);
}
