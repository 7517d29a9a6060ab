/* Surface: the field at any place of the picture, smooth, with its slopes.

   Read:    field (nearest, its border by the sampler), shown_body, shown_light
   Given:   SURFACE_BEND, defined before the include: also body_bend, the Laplacian of the body
   Method:  cubic B-spline over 4 x 4 cells; value and analytic derivatives from the same 16 texels,
            so light runs smoothly over an enlarged field. Slopes are per 1/256 of the picture's
            height (bends per its square): a scene is lit alike on any field size. */

struct Surface {
    float body;
    float light;
    vec2 body_slope;
    vec2 light_slope;
#ifdef SURFACE_BEND
    float body_bend;
#endif
};

vec4 spline_weights(float t) {
    float s = 1.0 - t;
    float t2 = t * t;
    float s2 = s * s;
    return vec4(s2 * s, 4.0 + t2 * (3.0 * t - 6.0), 4.0 + s2 * (3.0 * s - 6.0), t2 * t) * 0.16666667;
}

vec4 spline_slopes(float t) {
    float s = 1.0 - t;
    return vec4(-s * s, t * (3.0 * t - 4.0), s * (4.0 - 3.0 * s), t * t) * 0.5;
}

/* One row of texels, weighed by w: v its value, d its slope along x (and b its bend). */
#define SPLINE_FETCH(dx, dy) textureOffset(field, base, ivec2(dx, dy)).rg
#ifdef SURFACE_BEND
#define SPLINE_KEEP(row) bends += (bx.x * c0 + bx.y * c1 + bx.z * c2 + bx.w * c3) * wy[row] + part * by[row];
#else
#define SPLINE_KEEP(row)
#endif
#define SPLINE_ROW(dy, row) { \
    vec2 c0 = SPLINE_FETCH(-1, dy), c1 = SPLINE_FETCH(0, dy), c2 = SPLINE_FETCH(1, dy), c3 = SPLINE_FETCH(2, dy); \
    vec2 part = wx.x * c0 + wx.y * c1 + wx.z * c2 + wx.w * c3; \
    value += part * wy[row]; \
    up += part * sy[row]; \
    across += (sx.x * c0 + sx.y * c1 + sx.z * c2 + sx.w * c3) * wy[row]; \
    SPLINE_KEEP(row) }

Surface surface_at(vec2 place) {
    vec2 size = vec2(textureSize(field, 0));
    vec2 cell = place * size - 0.5;
    vec2 corner = floor(cell);
    vec2 t = cell - corner;
    vec2 base = (corner + 0.5) / size;
    vec4 wx = spline_weights(t.x), wy = spline_weights(t.y);
    vec4 sx = spline_slopes(t.x), sy = spline_slopes(t.y);
#ifdef SURFACE_BEND
    vec4 bx = vec4(1.0 - t.x, 3.0 * t.x - 2.0, 1.0 - 3.0 * t.x, t.x);
    vec4 by = vec4(1.0 - t.y, 3.0 * t.y - 2.0, 1.0 - 3.0 * t.y, t.y);
    vec2 bends = vec2(0.0);
#endif
    vec2 value = vec2(0.0), across = vec2(0.0), up = vec2(0.0);
    SPLINE_ROW(-1, 0)
    SPLINE_ROW(0, 1)
    SPLINE_ROW(1, 2)
    SPLINE_ROW(2, 3)
    /* Where a texel is not finite, rest is seen: never a hole in the picture. One look at the sums
       is enough, since such a texel spoils them all. */
    if (any(equal(floatBitsToUint(vec4(value, across)) & 0x7f800000u, uvec4(0x7f800000u)))) {
        value = across = up = vec2(0.0);
#ifdef SURFACE_BEND
        bends = vec2(0.0);
#endif
    }
    float scale = size.y / 256.0;
    Surface found;
    found.body = dot(shown_body.xy, value) + shown_body.z;
    found.light = dot(shown_light.xy, value) + shown_light.z;
    found.body_slope = scale * vec2(dot(shown_body.xy, across), dot(shown_body.xy, up));
    found.light_slope = scale * vec2(dot(shown_light.xy, across), dot(shown_light.xy, up));
#ifdef SURFACE_BEND
    found.body_bend = scale * scale * dot(shown_body.xy, bends);
#endif
    return found;
}
