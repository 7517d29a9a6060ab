/*{
  "ISFVSN": "2",
  "DESCRIPTION": "__TITLE__: an effect of my own",
  "CREDIT": "Me",
  "CATEGORIES": ["Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "LABEL": "How far the colours part", "MIN": 0.0, "MAX": 0.03, "DEFAULT": 0.008},
    {"NAME": "waves", "TYPE": "float", "LABEL": "Waves across", "MIN": 0.0, "MAX": 20.0, "DEFAULT": 3.0},
    {"NAME": "speed", "TYPE": "float", "LABEL": "Speed", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 0.5}
  ],
  "MORPHOGEN": {"KIND": "effect"}
}*/

/* Plain ISF 2.0, as other hosts play it: isf.video has the whole specification. What stands before the
   effect is `inputImage`, in linear light. TIME, RENDERSIZE, PASSES and PERSISTENT buffers are there. */
void main() {
    vec2 uv = isf_FragNormCoord;
    float wave = sin(6.2831853 * (waves * uv.y + speed * TIME));
    vec2 way = vec2(amount * (0.6 + 0.4 * wave), 0.0);
    vec4 here = IMG_NORM_PIXEL(inputImage, uv);
    float red = IMG_NORM_PIXEL(inputImage, uv + way).r;
    float blue = IMG_NORM_PIXEL(inputImage, uv - way).b;
    gl_FragColor = vec4(red, here.g, blue, here.a);
}
