/*{ "ISFVSN": "2", "INPUTS": [], "PASSES": [ { "TARGET": "sum" }, { "TARGET": "sum" }, { "TARGET": "sum" }, { } ] }*/
// One target in several passes: each finds what the one before it drew.
void main() {
    if (PASSINDEX == 3) gl_FragColor = vec4(IMG_THIS_PIXEL(sum).rgb, 1.0);
    else gl_FragColor = IMG_THIS_PIXEL(sum) + vec4(0.25);
}
