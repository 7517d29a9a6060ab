/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Vignette: light gathers in the middle, the edges sink away",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Colour", "Film"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "Amount", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.85, "IDENTITY": 0.0},
    {"NAME": "radius", "TYPE": "float", "LABEL": "Radius", "MIN": 0.1, "MAX": 1.2, "DEFAULT": 0.5},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness", "MIN": 0.02, "MAX": 1.0, "DEFAULT": 0.6},
    {"NAME": "roundness", "TYPE": "float", "LABEL": "Rectangle to circle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Centre", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "shade", "TYPE": "color", "LABEL": "What it sinks into", "DEFAULT": [0.0, 0.0, 0.004, 1.0]},
    {"NAME": "gather", "TYPE": "float", "LABEL": "Light in the middle", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.2, "IDENTITY": 0.0}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"radius": "heights"}}
}*/

void main() {
    vec4 here = IMG_THIS_PIXEL(inputImage);
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 off = (isf_FragNormCoord - centre) * vec2(mix(1.0, aspect, roundness), 1.0);
    float round_far = length(off);
    vec2 square = off * off * off * off;
    float square_far = sqrt(sqrt(square.x + square.y));
    float far = mix(square_far, round_far, roundness);
    /* A cosine's fall, not a line's: no ring where it begins. */
    float fall = smoothstep(radius - 0.5 * softness, radius + softness, far);
    vec3 light = max(here.rgb, 0.0) * (1.0 + gather * (1.0 - fall));
    gl_FragColor = vec4(mix(light, shade.rgb, amount * fall), here.a);
}
