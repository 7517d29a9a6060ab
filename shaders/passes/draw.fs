/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Draw: up to 16 soft marks laid on what was drawn before, which fades",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: before. marks[i] is x, y (0..1), radius (of the height), amount (-1..1: negative wipes).
   keep is exp(-seconds / fade). Written: 0..1 in red. */

void main() {
    float drawn = texture(before, uv).r * keep;
    for (int i = 0; i < mark_count; i++) {
        vec4 mark = marks[i];
        vec2 away = uv - mark.xy;
        away.x *= aspect;
        float touch = mark.w * exp(-dot(away, away) / (mark.z * mark.z));
        drawn = mix(drawn, touch > 0.0 ? 1.0 : 0.0, min(abs(touch), 1.0));
    }
    gl_FragColor = vec4(drawn, 0.0, 0.0, 1.0);
}
