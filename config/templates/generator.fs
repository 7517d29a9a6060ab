/*{
  "ISFVSN": "2",
  "DESCRIPTION": "__TITLE__: a generator of my own",
  "CREDIT": "Me",
  "CATEGORIES": ["Generator"],
  "INPUTS": [
    {"NAME": "rings", "TYPE": "float", "LABEL": "Rings", "MIN": 1.0, "MAX": 40.0, "DEFAULT": 9.0},
    {"NAME": "speed", "TYPE": "float", "LABEL": "Speed", "MIN": -4.0, "MAX": 4.0, "DEFAULT": 0.4},
    {"NAME": "centre", "TYPE": "point2D", "LABEL": "Middle", "MIN": [0.0, 0.0], "MAX": [1.0, 1.0], "DEFAULT": [0.5, 0.5]},
    {"NAME": "tint", "TYPE": "color", "LABEL": "Colour", "DEFAULT": [1.0, 0.55, 0.2, 1.0]}
  ],
  "MORPHOGEN": {"KIND": "generator"}
}*/

/* Plain ISF 2.0, as other hosts play it: a picture out of nothing but time and its parameters. */
void main() {
    vec2 place = (isf_FragNormCoord - centre) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float wave = 0.5 + 0.5 * cos(6.2831853 * (rings * length(place) - speed * TIME));
    gl_FragColor = vec4(tint.rgb * wave * wave, 1.0);
}
