/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Trail: what the body has been (red, a slow mean) and how much it moves (green)",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: field, before (the trail one frame ago). slow and fade are 1 - exp(-seconds / tau); slow is 1
   in the first frame: there is nothing before, and what a field begins with has not moved. */

void main() {
    vec2 state = texture(field, uv).rg;
    float body = clamp(dot(shown_body.xy, state) + shown_body.z, -0.5, 1.5);
    vec2 was = texture(before, uv).rg;
    if (any(equal(floatBitsToUint(vec3(body, was)) & 0x7f800000u, uvec3(0x7f800000u)))) {
        was = vec2(0.0);
        body = 0.0;
    }
    if (slow >= 1.0) was = vec2(body, 0.0);
    float mean = mix(was.r, body, slow);
    float motion = min(abs(body - was.r) * 1.5, 1.0);
    gl_FragColor = vec4(mean, max(motion, was.g * (1.0 - fade)), 0.0, 1.0);
}
