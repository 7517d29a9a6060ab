/*{ "ISFVSN": "2", "INPUTS": [] }*/
void main() { gl_FragData[0] = vec4(0.25, 0.5, 0.75, 1.0); }
