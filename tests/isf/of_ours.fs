/*{ "ISFVSN": "2", "INPUTS": [ { "NAME": "inputImage", "TYPE": "image" },
    { "NAME": "rate", "TYPE": "float", "DEFAULT": 1.0, "MAX": 4.0 } ],
    "MORPHOGEN": { "KIND": "effect", "PHASES": [ "rate" ] } }*/
// One of ours: light in, light out, and a rate's integral.
void main() { gl_FragColor = vec4(IMG_THIS_PIXEL(inputImage).rg * 2.0, rate_phase, 1.0); }
