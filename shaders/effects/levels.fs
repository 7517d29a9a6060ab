/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Levels: black, white and middle, contrast, and what comes out at either end",
  "CREDIT": "Morphogen; contrast as a power about mid-grey, which clips nothing",
  "CATEGORIES": ["Colour"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "black", "TYPE": "float", "LABEL": "Black from", "MIN": 0.0, "MAX": 0.3, "DEFAULT": 0.01, "IDENTITY": 0.0},
    {"NAME": "white", "TYPE": "float", "LABEL": "White from", "MIN": 0.2, "MAX": 3.0, "DEFAULT": 0.9, "IDENTITY": 1.0},
    {"NAME": "gamma", "TYPE": "float", "LABEL": "Middle", "MIN": 0.5, "MAX": 2.0, "DEFAULT": 1.1, "IDENTITY": 1.0},
    {"NAME": "contrast", "TYPE": "float", "LABEL": "Contrast", "MIN": 0.4, "MAX": 2.5, "DEFAULT": 1.35, "IDENTITY": 1.0},
    {"NAME": "floor_light", "TYPE": "float", "LABEL": "Darkest that comes out", "MIN": 0.0, "MAX": 0.3, "DEFAULT": 0.0, "IDENTITY": 0.0},
    {"NAME": "top_light", "TYPE": "float", "LABEL": "What white becomes", "MIN": 0.1, "MAX": 2.0, "DEFAULT": 1.0, "IDENTITY": 1.0}
  ],
  "MORPHOGEN": {"KIND": "effect", "CURVES": {"white": "log", "gamma": "log", "contrast": "log", "top_light": "log"}}
}*/
/* Half by the brightness, which keeps colours, half by each channel, which lets lights go pale. */

float bend(float light) {
    float bent = pow(max(light, 0.000001), 1.0 / gamma);
    float curved = 0.18 * pow(bent / 0.18, contrast);
    /* Beyond white the curve goes on as a straight line would: lights are not flung out. */
    float top = 0.18 * pow(1.0 / 0.18, contrast);
    return light > 1.0 ? top * light : curved;
}

void main() {
    vec4 here = IMG_THIS_PIXEL(inputImage);
    vec3 light = max(here.rgb - black, 0.0) / max(white - black, 0.02);
    if (gamma != 1.0 || contrast != 1.0) {
        float grey = max(dot(light, vec3(0.2126, 0.7152, 0.0722)), 0.000001);
        vec3 whole = light * min(bend(grey) / grey, 60.0);
        light = mix(whole, vec3(bend(light.r), bend(light.g), bend(light.b)), 0.5);
    }
    gl_FragColor = vec4(floor_light + light * (top_light - floor_light * min(top_light, 1.0)), here.a);
}
