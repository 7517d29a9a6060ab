/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Lay: one picture over another, by a blend and an amount, in linear light",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/

void main() {
    vec3 under = texture(below, uv).rgb;
    vec3 over = texture(above, uv).rgb;
    vec3 both = over;
    if (blend_mode == 1) both = under + over;
    else if (blend_mode == 2) both = under + over - min(under, 1.0) * min(over, 1.0);
    else if (blend_mode == 3) both = under * over;
    else if (blend_mode == 4) both = abs(under - over);
    else if (blend_mode == 5) both = max(under, over);
    gl_FragColor = vec4(mix(under, both, amount), 1.0);
}
