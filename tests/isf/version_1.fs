/*{ "CREDIT": "version 1", "INPUTS": [],
    "PERSISTENT_BUFFERS": { "kept": { "WIDTH": 1, "HEIGHT": 1, "FLOAT": true } },
    "PASSES": [ { "TARGET": "kept" }, { } ] }*/
varying vec2 moved;
void main() {
    if (PASSINDEX == 0) gl_FragColor = texture2D(kept, vec2(0.5)) + vec4(0.25);
    else gl_FragColor = vec4(IMG_NORM_PIXEL(kept, vec2(0.5)).r, vv_FragNormCoord.x, moved.x, 1.0);
}
