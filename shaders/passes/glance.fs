/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Glance: the light of a picture as one number 0..1, small, to drive a field with",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: image, linear filter, in 4 x 4 taps over what a texel covers. Written: red. */

void main() {
    vec2 tap = 0.25 * vec2(dFdx(uv.x), dFdy(uv.y));
    float sum = 0.0;
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
            vec3 light = texture(image, uv + tap * (vec2(x, y) - 1.5)).rgb;
            sum += clamp(dot(weights.rgb, light), 0.0, 1.0);
        }
    }
    bool broken = (floatBitsToUint(sum) & 0x7f800000u) == 0x7f800000u;
    gl_FragColor = vec4(broken ? 0.0 : sum / 16.0, 0.0, 0.0, 1.0);
}
