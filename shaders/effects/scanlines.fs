/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Scanlines: a tube's curved glass, its lines and its three phosphors",
  "CREDIT": "Morphogen; lines that widen where they are bright, as an electron beam does",
  "CATEGORIES": ["Film", "Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "lines", "TYPE": "float", "LABEL": "Lines", "MIN": 60.0, "MAX": 540.0, "DEFAULT": 180.0},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Strength of the lines", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.75, "IDENTITY": 0.0},
    {"NAME": "phosphor", "TYPE": "float", "LABEL": "Strength of the phosphors", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4, "IDENTITY": 0.0},
    {"NAME": "curve", "TYPE": "float", "LABEL": "Curve of the glass", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4, "IDENTITY": 0.0},
    {"NAME": "fringe", "TYPE": "float", "LABEL": "Colours apart", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3, "IDENTITY": 0.0},
    {"NAME": "roll", "TYPE": "float", "LABEL": "Slow roll of light", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.25, "IDENTITY": 0.0}
  ],
  "MORPHOGEN": {"KIND": "effect", "CURVES": {"lines": "log"}}
}*/
/* Lines finer than three texels would beat with them: there they fade away. */

const float TURN = 6.2831853;

void main() {
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec2 off = isf_FragNormCoord - 0.5;
    vec2 bent = off * (1.0 + curve * 0.5 * dot(off, off)) / (1.0 + 0.25 * curve) + 0.5;
    vec2 apart = vec2(0.0035 * fringe, 0.0);
    vec3 light = vec3(IMG_NORM_PIXEL(inputImage, bent + apart).r, IMG_NORM_PIXEL(inputImage, bent).g, IMG_NORM_PIXEL(inputImage, bent - apart).b);
    light = max(light, 0.0);
    float peak = max(light.r, max(light.g, light.b));
    float texels = RENDERSIZE.y / lines;
    float beam = 0.5 + 0.5 * cos(TURN * bent.y * lines);
    float wide = 1.0 / (1.0 + 1.6 * peak), mean = 0.42 + 0.3 * peak / (1.0 + peak);
    float line = pow(beam, 0.4 + 1.8 * wide) / mean;
    light *= mix(1.0, min(line, 2.2), amount * smoothstep(2.0, 3.5, texels));
    float third = bent.x * lines * RENDERSIZE.x / RENDERSIZE.y * 1.5;
    vec3 mask = 1.0 + 0.9 * cos(TURN * (third - vec3(0.0, 0.3333, 0.6667)));
    light *= mix(vec3(1.0), mask, phosphor * smoothstep(2.0, 4.0, texels / 1.5));
    light *= 1.0 + 0.25 * roll * sin(TURN * (bent.y * 0.7 - TIME * 0.12));
    /* Thick glass is darker where it is looked through aslant. */
    light *= 1.0 - 0.9 * curve * dot(off, off);
    bool plain = amount == 0.0 && phosphor == 0.0 && curve == 0.0 && fringe == 0.0 && roll == 0.0;
    gl_FragColor = plain ? here : vec4(light, here.a);
}
