/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Flip: tiles turn over one after the other",
  "CREDIT": "Morphogen; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Transition", "Tile"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "LABEL": "Progress", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "tiles", "TYPE": "float", "LABEL": "Tiles from top to bottom", "MIN": 2.0, "MAX": 40.0, "DEFAULT": 9.0},
    {"NAME": "order", "TYPE": "float", "LABEL": "In a row, or by chance", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "angle", "TYPE": "float", "LABEL": "Where it begins", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.1},
    {"NAME": "shade", "TYPE": "float", "LABEL": "Shade as they turn", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7}
  ],
  "MORPHOGEN": {"KIND": "transition", "UNITS": {"angle": "turns"}, "CURVES": {"tiles": "log"}}
}*/
float hash(vec2 place) {
    vec3 q = fract(vec3(place.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

const float TURN = 6.2831853;

void main() {
    vec2 uv = isf_FragNormCoord, shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float count = floor(tiles);
    vec2 place = (uv - 0.5) * shape * count, cell = floor(place) + 0.5, off = place - cell;
    vec2 along = vec2(cos(TURN * angle), sin(TURN * angle));
    float way = 0.5 + 0.5 * dot(cell / count, along) / (0.5 * dot(abs(along), shape) + 0.7 / count);
    float late = clamp(mix(way, hash(cell + 71.0), order), 0.0, 1.0);
    float own = smoothstep(0.0, 1.0, clamp((progress * 1.5 - late) / 0.5, 0.0, 1.0));
    float c = cos(0.5 * TURN * own), narrow = max(abs(c), 0.001);
    vec2 turned = off - along * dot(off, along) * (1.0 - 1.0 / narrow);
    vec2 there = (cell + turned) / count / shape + 0.5;
    /* Behind a turning tile the picture is seen dimly, never a hole. */
    vec4 behind = mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), own);
    behind.rgb *= 1.0 - 0.75 * sin(0.5 * TURN * own);
    vec4 face = c > 0.0 ? IMG_NORM_PIXEL(startImage, there) : IMG_NORM_PIXEL(endImage, there);
    face.rgb *= 1.0 - shade * (1.0 - abs(c)) * 0.8;
    float soft = 0.6 * count / RENDERSIZE.y, edge = max(abs(turned.x), abs(turned.y)) - 0.5;
    float body = own <= 0.0 || own >= 1.0 ? 1.0 : 1.0 - smoothstep(-soft, soft, edge);
    vec4 both = mix(behind, face, body);
    if (progress <= 0.0) both = IMG_THIS_PIXEL(startImage);
    if (progress >= 1.0) both = IMG_THIS_PIXEL(endImage);
    gl_FragColor = both;
}
