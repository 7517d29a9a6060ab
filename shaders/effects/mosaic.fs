/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Mosaic: the picture laid in tiles: squares, hexagons, triangles or broken stone",
  "CREDIT": "Morphogen; G. Voronoi 1908; hash: D. Hoskins (MIT)",
  "CATEGORIES": ["Stylise", "Tile"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "kind", "TYPE": "long", "LABEL": "Tiles", "VALUES": [0, 1, 2, 3], "LABELS": ["squares", "hexagons", "triangles", "stones"], "DEFAULT": 1},
    {"NAME": "size", "TYPE": "float", "LABEL": "Size", "MIN": 0.01, "MAX": 0.25, "DEFAULT": 0.035},
    {"NAME": "gap", "TYPE": "float", "LABEL": "Gap", "MIN": 0.0, "MAX": 0.4, "DEFAULT": 0.06},
    {"NAME": "relief", "TYPE": "float", "LABEL": "Relief", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.35},
    {"NAME": "uneven", "TYPE": "float", "LABEL": "Unevenness", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3}
  ],
  "MORPHOGEN": {"KIND": "effect", "UNITS": {"size": "heights"}, "CURVES": {"size": "log"}}
}*/
/* tile.xy: the tile's middle; z: how far its edge is, 0..1 of half a tile, outwards to 0. */

vec2 hash(vec2 place) {
    vec3 q = fract(vec3(place.xyx) * vec3(0.1031, 0.1030, 0.0973));
    q += dot(q, q.yzx + 33.33);
    return fract((q.xx + q.yz) * q.zy);
}

vec3 square_tile(vec2 place) {
    vec2 cell = floor(place), off = abs(place - cell - 0.5);
    return vec3(cell + 0.5, 1.0 - 2.0 * max(off.x, off.y));
}

vec3 hexagon_tile(vec2 place) {
    vec2 step_size = vec2(1.0, 1.7320508);
    vec2 a = (floor(place / step_size) + 0.5) * step_size;
    vec2 b = (floor(place / step_size + 0.5)) * step_size;
    vec2 middle = dot(place - a, place - a) < dot(place - b, place - b) ? a : b;
    vec2 off = abs(place - middle);
    return vec3(middle, 1.0 - 2.0 * max(off.x, 0.5 * off.x + 0.8660254 * off.y));
}

vec3 triangle_tile(vec2 place) {
    vec2 skew = vec2(place.x - 0.57735027 * place.y, 1.1547005 * place.y);
    vec2 cell = floor(skew), part = skew - cell;
    bool upper = part.x + part.y > 1.0;
    vec2 middle = cell + (upper ? vec2(0.6666667) : vec2(0.3333333));
    float edge = upper ? min(min(1.0 - part.x, 1.0 - part.y), part.x + part.y - 1.0) : min(min(part.x, part.y), 1.0 - part.x - part.y);
    return vec3(middle.x + 0.5 * middle.y, 0.8660254 * middle.y, 3.0 * edge);
}

vec3 stone_tile(vec2 place) {
    vec2 cell = floor(place), nearest = vec2(0.0), second = vec2(0.0);
    float least = 9.0, next = 9.0;
    for (int row = -1; row <= 1; row++) {
        for (int column = -1; column <= 1; column++) {
            vec2 at = cell + vec2(float(column), float(row));
            vec2 middle = at + 0.5 + 0.42 * (2.0 * hash(at + 113.0) - 1.0);
            float far = dot(place - middle, place - middle);
            if (far < least) { next = least; second = nearest; least = far; nearest = middle; }
            else if (far < next) { next = far; second = middle; }
        }
    }
    float edge = dot(0.5 * (nearest + second) - place, normalize(second - nearest + 0.00001));
    return vec3(nearest, clamp(2.2 * edge, 0.0, 1.0));
}

void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 place = (isf_FragNormCoord - 0.5) * shape / size;
    vec3 tile = kind == 0 ? square_tile(place) : kind == 1 ? hexagon_tile(place) : kind == 2 ? triangle_tile(place) : stone_tile(place);
    vec3 sum = vec3(0.0);
    for (int tap = 0; tap < 12; tap++) {
        float angle = float(tap) * 2.3999632, far = 0.42 * sqrt((float(tap) + 0.5) / 12.0);
        vec2 uv = (tile.xy + far * vec2(cos(angle), sin(angle))) * size / shape + 0.5;
        sum += max(IMG_NORM_PIXEL(inputImage, clamp(uv, 0.0, 1.0)).rgb, 0.0) / 12.0;
    }
    vec2 chance = hash(floor(tile.xy * 7.0 + 0.5) + 51.0);
    float tilt = dot(normalize(place - tile.xy + 0.00001), vec2(-0.6, 0.8)) * smoothstep(0.45, 0.0, tile.z);
    float lit = 1.0 + relief * (0.55 * tilt + 0.35 * uneven * (2.0 * chance.x - 1.0) * 2.0) + uneven * 0.25 * (chance.y - 0.5);
    float soft = 2.5 / (size * RENDERSIZE.y);
    float body = smoothstep(gap - soft, gap + soft, tile.z + 0.0001);
    gl_FragColor = vec4(sum * max(lit, 0.0) * mix(0.06, 1.0, gap <= 0.0 ? 1.0 : body), IMG_THIS_PIXEL(inputImage).a);
}
