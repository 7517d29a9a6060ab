/*{ "ISFVSN": "2", "INPUTS": [], "PASSES": [ { "TARGET": "kept", "PERSISTENT": "1", "FLOAT": 1 } ] }*/
// The last pass has a target: it is seen, and kept.
void main() { gl_FragColor = vec4(IMG_THIS_PIXEL(kept).rgb + vec3(0.25), 1.0); }
