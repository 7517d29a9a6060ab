/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Lay: one picture over another, by a blend and an amount, in linear light",
  "CREDIT": "Where there is nothing below, a blend has nothing to work on: W3C, Compositing and Blending Level 1, 5.8.3",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: below, premultiplied by its alpha (how much there is of it; all of it where `whole` is set);
   above, opaque. Written: the two, premultiplied. */

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

vec3 blend(vec3 under, vec3 over) {
    if (blend_mode == 1) return under + over;
    if (blend_mode == 2) return under + over - min(under, 1.0) * min(over, 1.0);
    if (blend_mode == 3) return under * over;
    if (blend_mode == 4) return abs(under - over);
    if (blend_mode == 5) return max(under, over);
    if (blend_mode == 6) return min(under, over);
    if (blend_mode == 7) return overlay(under, over);
    if (blend_mode == 8) return under * clamp(dot(over, vec3(0.2126, 0.7152, 0.0722)), 0.0, 1.0);
    return over;
}

void main() {
    vec4 lower = texture(below, uv);
    float there = whole ? 1.0 : clamp(lower.a, 0.0, 1.0);
    vec3 over = texture(above, uv).rgb;
    vec3 both = over;
    if (blend_mode != 0 && there > 0.0) both = mix(over, blend(lower.rgb / there, over), there);
    gl_FragColor = vec4(mix(lower.rgb, both, amount), mix(there, 1.0, amount));
}
