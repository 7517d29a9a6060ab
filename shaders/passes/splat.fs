/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Splat: up to 16 touches that draw a model's brush state, or rest, into the field",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: field. splats[i] is x, y (0..1), radius (of the height), amount (-1..1);
   manners[i] is half the power of its edge (1: a Gaussian; more: nearer to a disc), its channel
   (from 1, 0 for all), and what the hand pushes with, across and up, in the model's units. */

void main() {
    vec4 state = texture(field, uv);
    for (int i = 0; i < splat_count; i++) {
        vec4 splat = splats[i];
        vec4 manner = manners[i];
        vec2 away = uv - splat.xy;
        away -= around * round(away);
        away.x *= aspect;
        float share = dot(away, away) / (splat.z * splat.z);
        float touch = splat.w * exp(-min(manner.x > 1.0 ? pow(share, manner.x) : share, 200.0));
        bool single = manner.y > 0.5;
        vec4 goal = single ? single_state : brush_state;
        goal = touch > 0.0 ? goal + push_across * manner.z + push_up * manner.w : rest_state;
        vec4 chosen = single ? vec4(equal(vec4(1.0, 2.0, 3.0, 4.0), vec4(manner.y))) : vec4(1.0);
        state = mix(state, clamp(goal, low_end, high_end), min(abs(touch), 1.0) * chosen);
    }
    gl_FragColor = state;
}
