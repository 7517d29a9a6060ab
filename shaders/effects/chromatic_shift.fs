/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Chromatic shift: red, green and blue part, as through a lens or a torn film",
  "CREDIT": "Morphogen; a lens's lateral colour, drawn as a spectrum of eleven",
  "CATEGORIES": ["Colour", "Distortion"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.016, "IDENTITY": 0.0},
    {"NAME": "lens", "TYPE": "float", "LABEL": "In one direction, or outwards", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 1.0},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Direction", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "spectrum", "TYPE": "float", "LABEL": "Three colours, or all of the rainbow", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"amount": "heights", "angle": "turns"}}
}*/
/* The weights of each channel add up to 1: grey stays grey, light is neither lost nor made. */

const float TURN = 6.2831853;

void main() {
    vec2 uv = isf_FragNormCoord;
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 off = (uv - centre) * shape;
    vec2 outwards = off * length(off) * 2.5;
    vec2 aside = vec2(cos(TURN * angle), sin(TURN * angle));
    vec2 way = amount * mix(aside, outwards, lens) / shape;
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec3 sum = vec3(0.0), weights = vec3(0.0);
    for (int tap = 0; tap < 11; tap++) {
        float at = float(tap) * 0.2 - 1.0;
        vec3 far = abs(at - vec3(1.0, 0.0, -1.0));
        vec3 sharp = max(1.0 - 5.0 * far, 0.0), wide = max(1.0 - 1.1 * far, 0.0);
        vec3 weight = mix(sharp, wide, spectrum);
        sum += weight * max(IMG_NORM_PIXEL(inputImage, uv - way * at).rgb, 0.0);
        weights += weight;
    }
    gl_FragColor = vec4(amount == 0.0 ? here.rgb : sum / weights, here.a);
}
