/*{ "ISFVSN": "2", "INPUTS": [
    { "NAME": "mix", "TYPE": "float", "DEFAULT": 0.25 },
    { "NAME": "step", "TYPE": "float", "DEFAULT": 0.5 },
    { "NAME": "length", "TYPE": "float", "DEFAULT": 0.75 },
    { "NAME": "clamp", "TYPE": "bool", "DEFAULT": true }
] }*/
// Inputs called like functions that it calls as well.
void main() {
    vec4 c = mix(vec4(0.0), vec4(1.0), mix);
    c.g = step(step, length(vec2(0.3, 0.4)) + 0.01) * length;
    c.b = clamp ? clamp(2.0, 0.0, step) : 0.0;
    gl_FragColor = vec4(c.rgb, 1.0);
}
