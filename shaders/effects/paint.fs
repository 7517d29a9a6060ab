/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Paint: brush strokes that follow the forms, with the relief of thick colour",
  "CREDIT": "Morphogen; M. Kuwahara 1976, in eight sectors after G. Papari, IEEE TIP 16 (2007), doi:10.1109/TIP.2007.903912",
  "CATEGORIES": ["Stylise"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "radius", "TYPE": "float", "LABEL": "Size of the brush", "MIN": 1.0, "MAX": 30.0, "DEFAULT": 15.0},
    {"NAME": "sharpness", "TYPE": "float", "LABEL": "Sharpness of the strokes", "MIN": 1.0, "MAX": 16.0, "DEFAULT": 8.0},
    {"NAME": "relief", "TYPE": "float", "LABEL": "Thickness of the colour", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "chroma", "TYPE": "float", "LABEL": "Strength of the colours", "MIN": 0.5, "MAX": 2.0, "DEFAULT": 1.15}
  ],
  "PASSES": [
    {"TARGET": "painted", "FLOAT": true},
    {}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"radius": "1/1080 of the height"}, "CURVES": {"radius": "log", "sharpness": "log"}}
}*/
/* Of eight sectors round a place the most even ones give it its colour. */

const float TURN = 6.2831853;

vec3 root_at(vec2 uv) {
    return sqrt(clamp(IMG_NORM_PIXEL(inputImage, uv).rgb, 0.0, 40.0));
}

float height(vec2 uv) {
    return dot(IMG_NORM_PIXEL(painted, uv).rgb, vec3(0.3, 0.55, 0.15));
}

void main() {
    vec2 uv = isf_FragNormCoord, shape = vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
    float reach = max(radius / 1080.0, 1.0 / RENDERSIZE.y);
    if (PASSINDEX == 0) {
        vec3 whole = vec3(0.0), here = root_at(uv);
        float weights = 0.0;
        for (int sector = 0; sector < 8; sector++) {
            vec3 sum = here, squares = here * here;
            for (int tap = 0; tap < 7; tap++) {
                float ring = tap == 0 ? 0.35 : tap < 3 ? 0.65 : 1.0;
                float spread = tap == 0 ? 0.0 : tap < 3 ? float(tap) * 2.0 - 3.0 : (float(tap) - 4.5) * 0.6667;
                float angle = TURN * (float(sector) + 0.45 * spread) / 8.0;
                vec3 light = root_at(uv + ring * reach * vec2(cos(angle), sin(angle)) * shape);
                sum += light;
                squares += light * light;
            }
            sum /= 8.0;
            float uneven = dot(max(squares / 8.0 - sum * sum, 0.0), vec3(1.0));
            float weight = 1.0 / pow(0.02 + sqrt(uneven), sharpness);
            whole += weight * sum;
            weights += weight;
        }
        gl_FragColor = vec4(whole / weights, 1.0);
        return;
    }
    vec4 alpha = IMG_THIS_PIXEL(inputImage);
    vec3 root = IMG_THIS_PIXEL(painted).rgb;
    vec2 e = 0.25 * reach * shape;
    vec2 slope = vec2(height(uv + vec2(e.x, 0.0)) - height(uv - vec2(e.x, 0.0)), height(uv + vec2(0.0, e.y)) - height(uv - vec2(0.0, e.y)));
    float lit = clamp(1.0 + 2.2 * relief * dot(slope, vec2(0.6, -0.8)), 0.5, 1.7);
    vec3 light = root * root;
    float grey = dot(light, vec3(0.2126, 0.7152, 0.0722));
    gl_FragColor = vec4(max(mix(vec3(grey), light, chroma), 0.0) * lit, alpha.a);
}
