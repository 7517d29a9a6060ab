/* Surface: the field at any place of the picture, smooth, with its slopes.

   Read:    field (nearest, its border by the sampler), shown_body, shown_light, field_rows
   Method:  cubic B-spline over 4 x 4 cells; value and analytic gradient from the same 16 texels,
            so light runs smoothly over an enlarged field. Slopes are per 1/256 of the picture's
            height: a scene is lit alike on any field size. */

struct Surface {
    float body;
    float light;
    vec2 body_slope;
    vec2 light_slope;
};

vec4 spline_weights(float t) {
    float s = 1.0 - t;
    float t2 = t * t;
    return vec4(s * s * s, 4.0 - 6.0 * t2 + 3.0 * t2 * t, 4.0 - 6.0 * s * s + 3.0 * s * s * s, t2 * t) / 6.0;
}

vec4 spline_slopes(float t) {
    float s = 1.0 - t;
    return vec4(-s * s, t * (3.0 * t - 4.0), s * (4.0 - 3.0 * s), t * t) * 0.5;
}

/* A texel that is not finite is seen as rest would be: never a black hole in the picture. */
vec2 spline_cell(vec2 state) {
    return any(equal(floatBitsToUint(state) & 0x7f800000u, uvec2(0x7f800000u))) ? vec2(0.0) : state;
}

#define SPLINE_ROW(dy) mat4x2( \
    spline_cell(textureOffset(field, base, ivec2(-1, dy)).rg), spline_cell(textureOffset(field, base, ivec2(0, dy)).rg), \
    spline_cell(textureOffset(field, base, ivec2(1, dy)).rg), spline_cell(textureOffset(field, base, ivec2(2, dy)).rg))

Surface surface_at(vec2 place) {
    vec2 size = vec2(textureSize(field, 0));
    vec2 cell = place * size - 0.5;
    vec2 t = fract(cell);
    vec2 base = (floor(cell) + 0.5) / size;
    vec4 wx = spline_weights(t.x), wy = spline_weights(t.y);
    vec4 sx = spline_slopes(t.x), sy = spline_slopes(t.y);
    mat4x2 row0 = SPLINE_ROW(-1), row1 = SPLINE_ROW(0), row2 = SPLINE_ROW(1), row3 = SPLINE_ROW(2);
    mat4x2 columns = mat4x2(row0 * wx, row1 * wx, row2 * wx, row3 * wx);
    vec2 value = columns * wy;
    vec2 across = mat4x2(row0 * sx, row1 * sx, row2 * sx, row3 * sx) * wy;
    vec2 up = columns * sy;
    float scale = size.y / 256.0;
    Surface found;
    found.body = dot(shown_body.xy, value) + shown_body.z;
    found.light = dot(shown_light.xy, value) + shown_light.z;
    found.body_slope = scale * vec2(dot(shown_body.xy, across), dot(shown_body.xy, up));
    found.light_slope = scale * vec2(dot(shown_light.xy, across), dot(shown_light.xy, up));
    return found;
}
