/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Dissolve: one picture becomes the other, everywhere at once",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Transition", "Dissolve"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "seen", "TYPE": "float", "LABEL": "Mixed as light, or as it is seen", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "lights", "TYPE": "float", "LABEL": "Lights come first and leave last", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.15}
  ],
  "MORPHOGEN": {"KIND": "transition"}
}*/
/* As light, a mix is bright early; as it is seen (square roots of light), darks give way evenly. */

void main() {
    vec4 old = IMG_THIS_PIXEL(startImage), new = IMG_THIS_PIXEL(endImage);
    float over = max(new.r, max(new.g, new.b)) - max(old.r, max(old.g, old.b));
    float lean = exp2(-2.5 * lights * clamp(over, -1.0, 1.0));
    float part = pow(clamp(progress, 0.0, 1.0), lean);
    vec3 light = mix(old.rgb, new.rgb, part);
    vec3 root = mix(sqrt(max(old.rgb, 0.0)), sqrt(max(new.rgb, 0.0)), part);
    float inside = step(0.0001, part) * step(part, 0.9999);
    gl_FragColor = vec4(mix(light, root * root, seen * inside), mix(old.a, new.a, part));
}
