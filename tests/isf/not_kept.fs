/*{ "ISFVSN": "2", "INPUTS": [], "PASSES": [ { "TARGET": "first" }, { "TARGET": "second" }, { } ] }*/
// The first pass looks for what the second will draw: a target that is not persistent is black till then.
void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(second) + vec4(0.0, 0.5, 0.0, 1.0);
    else if (PASSINDEX == 1) gl_FragColor = vec4(1.0);
    else gl_FragColor = IMG_THIS_PIXEL(first);
}
