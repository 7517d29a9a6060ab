/*{ "ISFVSN": "2", "INPUTS": [],
    "PASSES": [ { "TARGET": "count", "PERSISTENT": true, "FLOAT": true, "WIDTH": "1", "HEIGHT": "1" }, {} ] }*/
// Counts frames: the second pass must see what the first wrote in the same frame.
void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(count) + vec4(0.1);
    else gl_FragColor = vec4(IMG_NORM_PIXEL(count, vec2(0.5)).rgb, 1.0);
}
