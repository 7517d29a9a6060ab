/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Blur: a Gaussian of nine texels along one direction, for the glow",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: image, linear filter, so that five taps weigh nine texels (1 8 28 56 70 56 28 8 1 / 256). */

void main() {
    vec2 texel = along / vec2(textureSize(image, 0));
    vec3 sum = texture(image, uv).rgb * 0.2734375
        + (texture(image, uv + texel * 1.3333333).rgb + texture(image, uv - texel * 1.3333333).rgb) * 0.328125
        + (texture(image, uv + texel * 3.1111111).rgb + texture(image, uv - texel * 3.1111111).rgb) * 0.03515625;
    gl_FragColor = vec4(sum, 1.0);
}
