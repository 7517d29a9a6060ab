/*{ "ISFVSN": "2", "INPUTS": [], "PASSES": [ { "TARGET": "kept", "PERSISTENT": true, "FLOAT": true }, { } ] }*/
// Half of the picture is not written, the other would be no number.
void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(sqrt(-1.0 - isf_FragNormCoord.y));
    else if (isf_FragNormCoord.x < 0.5) gl_FragColor = vec4(IMG_THIS_PIXEL(kept).rgb + 0.5, 1.0);
}
