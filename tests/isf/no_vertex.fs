/*{ "ISFVSN": "2", "INPUTS": [] }*/
#if __VERSION__ <= 120
varying vec2 left_coord;
#else
in vec2 left_coord;
#endif

void main() { gl_FragColor = vec4(left_coord, 0.0, 1.0); }
