/*{ "ISFVSN": "2", "INPUTS": [], "IMPORTED": { "flag": { "PATH": "flag.png" } } }*/
// A picture that lies beside the file: red below, blue above.
void main() { gl_FragColor = IMG_THIS_PIXEL(flag); }
