/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Tap: a field's body or light as one number 0..1, to drive another field with",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: field. weights: of its first two channels, and an offset. Written: red. */

void main() {
    float value = dot(weights.xy, texture(field, uv).rg) + weights.z;
    bool broken = (floatBitsToUint(value) & 0x7f800000u) == 0x7f800000u;
    gl_FragColor = vec4(broken ? 0.0 : clamp(value, 0.0, 1.0), 0.0, 0.0, 1.0);
}
