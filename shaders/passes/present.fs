/*{
  "ISFVSN": "2",
  "DESCRIPTION": "What the last pass of an ISF file keeps in a target of its own, as the picture",
  "CREDIT": "Morphogen",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass", "SOURCE": "sRGB: IEC 61966-2-1"}
}*/
// Reads `image`; `as_it_is`: it holds light already. What is seen through is laid over black.

void main() {
    vec4 c = texture(image, uv);
    if (!as_it_is) {
        c = clamp(c, 0.0, 1.0);
        vec3 light = mix(c.rgb / 12.92, pow((c.rgb + 0.055) / 1.055, vec3(2.4)), step(0.04045, c.rgb));
        c = vec4(light * c.a, c.a);
    }
    gl_FragColor = c;
}
