/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Splat: a touch that draws a model's brush state, or rest, into its box of the field",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* splats[which] is x, y (0..1), radius (of the height), amount (-1..1);
   manners[which] is half the power of its edge (1: a Gaussian; more: nearer to a disc), its channel
   (from 1, 0 for all), and what the hand pushes with, across and up, in the model's units.
   Written: what is added to the state, and the part of it that is kept. */

void main() {
    vec4 splat = splats[which];
    vec4 manner = manners[which];
    vec2 away = uv - splat.xy;
    away.x *= aspect;
    float share = dot(away, away) / (splat.z * splat.z);
    float touch = splat.w * exp(-min(manner.x > 1.0 ? pow(share, manner.x) : share, 200.0));
    bool single = manner.y > 0.5;
    vec4 goal = single ? single_state : brush_state;
    goal = touch > 0.0 ? goal + push_across * manner.z + push_up * manner.w : rest_state;
    vec4 chosen = single ? vec4(equal(vec4(1.0, 2.0, 3.0, 4.0), vec4(manner.y))) : vec4(1.0);
    vec4 taken = min(abs(touch), 1.0) * chosen;
    added = clamp(goal, low_end, high_end) * taken;
    kept = 1.0 - taken;
}
