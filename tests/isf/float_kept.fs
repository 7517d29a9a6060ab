/*{ "ISFVSN": "2", "INPUTS": [], "PASSES": [ { "TARGET": "big", "FLOAT": true }, { "TARGET": "small" }, { } ] }*/
// FLOAT holds what eight bits cannot.
void main() {
    if (PASSINDEX < 2) gl_FragColor = vec4(-300.25);
    else gl_FragColor = vec4(IMG_THIS_PIXEL(big).r < -300.0 ? 1.0 : 0.0, IMG_THIS_PIXEL(small).r, 0.0, 1.0);
}
