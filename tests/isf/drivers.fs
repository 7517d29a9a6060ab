/*{ "ISFVSN": "2", "INPUTS": [ { "NAME": "amount", "TYPE": "float", "DEFAULT": 0.5 } ] }*/
#version 120
#ifdef GL_ES
precision mediump float;
#endif
uniform float amount;
uniform vec2 RENDERSIZE;
float whole(float x) { if (x > 0.4) return 1; return 0; }
#extension GL_OES_standard_derivatives : enable
// What only some drivers want, said anyway.
void main() {
    gl_FragColor = vec4(whole(amount), isf_FragCoord.x / RENDERSIZE.x, dFdx(gl_FragCoord.x) * 0.5, 1.0);
}
