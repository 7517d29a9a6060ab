/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Shrink: a quarter of the size, each texel the mean of 4 x 4, for the glow",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: image, linear filter: four taps between texels see sixteen. */

void main() {
    vec2 texel = 1.0 / vec2(textureSize(image, 0));
    vec3 sum = texture(image, uv + texel * vec2(-1.0, -1.0)).rgb + texture(image, uv + texel * vec2(1.0, -1.0)).rgb
        + texture(image, uv + texel * vec2(-1.0, 1.0)).rgb + texture(image, uv + texel * vec2(1.0, 1.0)).rgb;
    gl_FragColor = vec4(min(0.25 * sum, 8.0), 1.0);
}
