/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Take: a field begins as the field of the scene before, translated, or where that one stood",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: field (the new one's own start), before (the other's, smoothly enlarged).
   By translation: each channel is the old one's times translate_scale plus translate_shift.
   By its body: the brush's state wherever the old body stood above cover_edge. */

void main() {
    vec4 old = texture(before, uv);
    if (any(equal(floatBitsToUint(old) & 0x7f800000u, uvec4(0x7f800000u)))) old = vec4(0.0);
    float body = dot(shown_body.xy, old.rg) + shown_body.z;
    float cover = cover_amount * smoothstep(cover_edge - cover_softness, cover_edge + cover_softness, body);
    vec4 grown = mix(texture(field, uv), brush_state, cover);
    gl_FragColor = by_translation ? old * translate_scale + translate_shift : grown;
}
