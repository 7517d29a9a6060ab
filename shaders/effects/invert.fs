/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Invert: light becomes dark and dark becomes light; colours stay, or turn to their opposites",
  "CREDIT": "Morphogen; lightness as in OKLab, B. Ottosson 2020 (public domain)",
  "CATEGORIES": ["Colour"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 1.0, "IDENTITY": 0.0},
    {"NAME": "opposite", "TYPE": "float", "LABEL": "Colours kept, or their opposites", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "solarise", "TYPE": "float", "LABEL": "Only the lights (solarised)", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "paper", "TYPE": "float", "LABEL": "Light of the paper", "MIN": 0.2, "MAX": 1.0, "DEFAULT": 0.75}
  ],
  "MORPHOGEN": {"KIND": "effect"}
}*/

vec3 to_lab(vec3 light) {
    vec3 lms = mat3(0.4122214708, 0.2119034982, 0.0883024619, 0.5363325363, 0.6806995451, 0.2817188376, 0.0514459929, 0.1073969566, 0.6299787005) * light;
    lms = pow(max(lms, 0.0), vec3(0.3333333));
    return mat3(0.2104542553, 1.9779984951, 0.0259040371, 0.7936177850, -2.4285922050, 0.7827717662, -0.0040720468, 0.4505937099, -0.8086757660) * lms;
}

vec3 from_lab(vec3 lab) {
    vec3 root = mat3(1.0, 1.0, 1.0, 0.3963377774, -0.1055613458, -0.0894841775, 0.2158037573, -0.0638541728, -1.2914855480) * lab;
    return mat3(4.0767416621, -1.2684380046, -0.0041960863, -3.3077115913, 2.6097574011, -0.7034186147, 0.2309699292, -0.3413193965, 1.7076147010) * (root * root * root);
}

void main() {
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec3 light = max(here.rgb, 0.0), lab = to_lab(light);
    float seen = min(lab.x, 1.0);
    float turned = 1.0 - seen;
    float sun = seen < 0.5 ? 2.0 * seen : 2.0 - 2.0 * seen;
    lab.x = paper * mix(turned, sun, solarise);
    lab.yz *= mix(1.0, -1.0, opposite) * (0.4 + 1.6 * sqrt(max(lab.x * (1.0 - lab.x), 0.0))) * 1.1;
    vec3 other = from_lab(lab);
    float grey = lab.x * lab.x * lab.x, least = min(other.r, min(other.g, other.b));
    if (least < 0.0) other = mix(vec3(grey), other, clamp(grey / max(grey - least, 0.00001), 0.0, 1.0));
    gl_FragColor = vec4(mix(light, max(other, 0.0), amount), here.a);
}
