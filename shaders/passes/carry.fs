/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Carry: the field moved on by a flow: curl noise, a source's contours, a layer's velocity",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read: field, through its border; driver (a source, or another layer's field).
   Semi-Lagrangian: each cell asks where its matter was, by the flow half way there, and reads that
   back by Lagrange's polynomial through 6 x 6 cells, held near the inner 4 x 4. A wave 16 cells
   long keeps 99.9 % of its height over 24 cells of way, and its place; Catmull-Rom's 4 x 4 keep
   97 % and are half a cell late; one 8 cells long keeps 92 % where they keep 64 %.
   Source: J. Stam, Stable Fluids, SIGGRAPH 1999.
   Stability: any step; no wave grows, and no value leaves its neighbours' range by over a tenth. */
#include "lib/curl.glsl"

/* In heights a second, for a flow of 1. A source is followed along its contours, hills to the left:
   as fast as this where it climbs by 1 over a tenth of the height. */
vec2 velocity_at(vec2 place) {
    if (flow_kind == 0) {
        return curl_flow(place, aspect, flow_size, flow_phase);
    }
    if (flow_kind == 1) {
        vec2 step = 1.5 / vec2(textureSize(driver, 0)), from = place + driver_drift;
        vec2 slope = vec2(texture(driver, from + vec2(step.x, 0.0)).r - texture(driver, from - vec2(step.x, 0.0)).r,
                          texture(driver, from + vec2(0.0, step.y)).r - texture(driver, from - vec2(0.0, step.y)).r);
        slope *= 0.05 / (step * vec2(aspect, 1.0));
        return vec2(slope.y, -slope.x) / max(length(slope), 1.0);
    }
    vec2 given = texture(driver, place).rg;
    bool broken = (floatBitsToUint(dot(abs(given), vec2(1.0))) & 0x7f800000u) == 0x7f800000u;
    return broken ? vec2(0.0) : given;
}

/* Of the cells at -2, -1, 0 and of those at 3, 2, 1, for a place f between 0 and 1. */
vec3 weights_of(float f) {
    float a = f + 2.0, b = f + 1.0, c = f - 1.0, d = f - 2.0, e = f - 3.0;
    return vec3(-b * f * c * d * e / 120.0, a * f * c * d * e / 24.0, -a * b * c * d * e / 12.0);
}

void main() {
    vec2 heights = vec2(1.0 / aspect, 1.0);
    vec2 half_way = uv - 0.5 * reach * velocity_at(uv) * heights;
    vec2 from = uv - reach * velocity_at(half_way) * heights;
    vec2 size = vec2(textureSize(field, 0));
    vec2 at = from * size - 0.5, first = floor(at), f = at - first;
    vec3 left = weights_of(f.x), right = weights_of(1.0 - f.x);
    vec3 below = weights_of(f.y), above = weights_of(1.0 - f.y);
    float across[6] = float[6](left.x, left.y, left.z, right.z, right.y, right.x);
    float up[6] = float[6](below.x, below.y, below.z, above.z, above.y, above.x);
    vec4 sum = vec4(0.0), low = vec4(3e38), high = vec4(-3e38);
    for (int j = 0; j < 6; j++) {
        for (int i = 0; i < 6; i++) {
            vec4 cell = texture(field, (first + vec2(i, j) - 1.5) / size);
            sum += across[i] * up[j] * cell;
            if (i > 0 && i < 5 && j > 0 && j < 5) {
                low = min(low, cell);
                high = max(high, cell);
            }
        }
    }
    /* A top between cells is higher than they are: held hard, it would be worn down. */
    vec4 more = 0.1 * (high - low);
    gl_FragColor = clamp(sum, low - more, high + more);
}
