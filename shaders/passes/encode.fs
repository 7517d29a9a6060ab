/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Light as a screen is sent it, for ISF files that are not ours: they know of nothing else",
  "CREDIT": "Morphogen",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass", "SOURCE": "sRGB: IEC 61966-2-1"}
}*/
// Reads `image`, in linear light and, where it can be seen through, weakened by that; `over_black`: it
// stays so, and is opaque.

void main() {
    vec4 light = texture(image, uv);
    float share = over_black ? 1.0 : max(light.a, 1.0 / 255.0);
    vec3 c = clamp(light.rgb / share, 0.0, 1.0);
    vec3 sent = mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
    gl_FragColor = vec4(sent, over_black ? 1.0 : clamp(light.a, 0.0, 1.0));
}
