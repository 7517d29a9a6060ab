/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Lay: one picture over another, by a blend and an amount, in linear light",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/

/* Hard light of the lower picture on the upper, in roots of light: its middle is the eye's. What is
   brighter than white stays so. */
vec3 overlay(vec3 under, vec3 over) {
    vec3 below_root = sqrt(clamp(under, 0.0, 1.0));
    vec3 above_root = sqrt(clamp(over, 0.0, 1.0));
    vec3 dark = 2.0 * below_root * above_root;
    vec3 light = 1.0 - 2.0 * (1.0 - below_root) * (1.0 - above_root);
    vec3 root = mix(dark, light, vec3(greaterThanEqual(below_root, vec3(0.5))));
    return root * root + max(under - 1.0, 0.0);
}

void main() {
    vec3 under = texture(below, uv).rgb;
    vec3 over = texture(above, uv).rgb;
    vec3 both = over;
    if (blend_mode == 1) both = under + over;
    else if (blend_mode == 2) both = under + over - min(under, 1.0) * min(over, 1.0);
    else if (blend_mode == 3) both = under * over;
    else if (blend_mode == 4) both = abs(under - over);
    else if (blend_mode == 5) both = max(under, over);
    else if (blend_mode == 6) both = min(under, over);
    else if (blend_mode == 7) both = overlay(under, over);
    else if (blend_mode == 8) both = under * clamp(dot(over, vec3(0.2126, 0.7152, 0.0722)), 0.0, 1.0);
    gl_FragColor = vec4(mix(under, both, amount), 1.0);
}
