/*{ "ISFVSN": "2", "INPUTS": [] }*/
// What GLSL 3.30 does not turn by itself, and 4.10 does: whole numbers into unsigned ones.
uvec2 glyph = uvec2(8, 16);
uint code(int digit) { uint found = 0; ivec2 both = ivec2(digit, 1); found = both[0]; return found; }
void main() {
    uint line = uint(0xff0) >> (4 * code(1)) & uint(0xff);
    gl_FragColor = vec4(mod(gl_FragCoord.xy, glyph) / 16.0, line == 255 ? 1 : 0, 1);
}
