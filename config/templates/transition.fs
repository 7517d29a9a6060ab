/*{
  "ISFVSN": "2",
  "DESCRIPTION": "__TITLE__: a transition of my own",
  "CREDIT": "Me",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "softness", "TYPE": "float", "LABEL": "Softness of the edge", "MIN": 0.01, "MAX": 1.0, "DEFAULT": 0.2}
  ],
  "MORPHOGEN": {"KIND": "transition"}
}*/

/* `progress` goes from 0, where only startImage is seen, to 1, where only endImage is: whatever stands
   between, both ends have to be whole. Here a circle opens. */
void main() {
    vec2 uv = isf_FragNormCoord;
    vec2 from_middle = (uv - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float far = 0.5 * length(vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0));
    float edge = progress * (far + softness);
    float share = 1.0 - smoothstep(edge - softness, edge, length(from_middle));
    gl_FragColor = mix(IMG_NORM_PIXEL(startImage, uv), IMG_NORM_PIXEL(endImage, uv), share);
}
