/*{ "ISFVSN": "2", "INPUTS": [
    { "NAME": "filter", "TYPE": "float", "DEFAULT": 0.5 },
    { "NAME": "input", "TYPE": "float", "DEFAULT": 0.5 },
    { "NAME": "texture", "TYPE": "image" },
    { "NAME": "buffer", "TYPE": "image" }
] }*/
// Names that were nobody's in GLSL 1.20, and are words of GLSL now.
void main() {
    vec4 sample = texture2D(texture, isf_FragNormCoord);
    float shared = IMG_THIS_PIXEL(buffer).g;
    gl_FragColor = vec4(filter * input, sample.r, shared, 1.0);
}
