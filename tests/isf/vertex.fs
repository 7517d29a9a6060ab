/*{ "ISFVSN": "2", "INPUTS": [ { "NAME": "shift", "TYPE": "float", "DEFAULT": 0.25, "MIN": 0.0, "MAX": 1.0 } ] }*/
#if __VERSION__ <= 120
varying vec2 moved;
#else
in vec2 moved;
#endif
void main() { gl_FragColor = vec4(moved, 0.0, 1.0); }
