/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Take: a field begins where the scene before stood",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: field (the new one's own start), before (the other's, smoothly enlarged).
   The brush's state wherever the old body stood above cover_edge. */

void main() {
    vec4 old = texture(before, uv);
    if (any(equal(floatBitsToUint(old) & 0x7f800000u, uvec4(0x7f800000u)))) old = vec4(0.0);
    float body = dot(shown_body.xy, old.rg) + shown_body.z;
    float cover = cover_amount * smoothstep(cover_edge - cover_softness, cover_edge + cover_softness, body);
    gl_FragColor = mix(texture(field, uv), brush_state, cover);
}
