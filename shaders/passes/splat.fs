/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Splat: up to 16 soft touches that draw a model's brush state, or rest, into the field",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: field. splats[i] is x, y (0..1), radius (of the height), amount (-1..1). */

void main() {
    vec4 state = texture(field, uv);
    for (int i = 0; i < splat_count; i++) {
        vec4 splat = splats[i];
        vec2 away = uv - splat.xy;
        away -= around * round(away);
        away.x *= aspect;
        float touch = splat.w * exp(-dot(away, away) / (splat.z * splat.z));
        state = mix(state, touch > 0.0 ? brush_state : rest_state, min(abs(touch), 1.0));
    }
    gl_FragColor = state;
}
