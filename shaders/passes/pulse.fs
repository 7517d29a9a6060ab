/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Pulse: a field shrunk to a few tiles, each with the statistics of its cells, to be read back once a second",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
/* Read:    field: every cell, of a large one every second, third, ... along each axis
   Written: for each tile (the mean goes to gl_FragColor) what the outputs below are called
   Given:   grid, the number of tiles; low_end and high_end, where a channel counts as at an end
   Method:  sums are of differences from the tile's middle cell, so that an even tile has no
            deviation at all, also in 32 bits. Cells with a NaN or Inf are counted and left out. */
layout(location = 1) out vec4 variance;
layout(location = 2) out vec4 lowest;
layout(location = 3) out vec4 highest;
layout(location = 4) out vec4 at_end;   /* cells, for each channel */
layout(location = 5) out vec4 probe;    /* the middle cell itself: what changes is seen in it */
layout(location = 6) out vec4 seen;     /* body and light as shown, 0..1: two means, two variances */
layout(location = 7) out vec4 counts;   /* cells counted, cells broken, cells with all channels at an end */

bool is_broken(vec4 state) {
    return any(equal(floatBitsToUint(state) & 0x7f800000u, uvec4(0x7f800000u)));
}

vec2 show(vec4 state) {
    return clamp(vec2(dot(shown_body.xy, state.rg) + shown_body.z, dot(shown_light.xy, state.rg) + shown_light.z), 0.0, 1.0);
}

void main() {
    ivec2 size = textureSize(field, 0);
    ivec2 tile = ivec2(gl_FragCoord.xy);
    ivec2 begin = tile * size / ivec2(grid);
    ivec2 end = (tile + 1) * size / ivec2(grid);
    /* At most 24 x 24 cells for each tile: so few tiles must not have to look at a whole 4K field. */
    ivec2 stride = max((end - begin + 23) / 24, 1);
    probe = texelFetch(field, (begin + end) / 2, 0);
    if (is_broken(probe)) probe = vec4(0.0);
    vec2 probe_seen = show(probe);
    vec4 sum = vec4(0.0), squares = vec4(0.0), seen_sums = vec4(0.0);
    lowest = vec4(1e30);
    highest = vec4(-1e30);
    at_end = counts = vec4(0.0);
    for (int y = begin.y; y < end.y; y += stride.y) {
        for (int x = begin.x; x < end.x; x += stride.x) {
            vec4 state = texelFetch(field, ivec2(x, y), 0);
            if (is_broken(state)) {
                counts.y += 1.0;
                continue;
            }
            vec4 away = state - probe;
            vec2 shown = show(state) - probe_seen;
            bvec4 ends = bvec4(uvec4(lessThanEqual(state, low_end)) | uvec4(greaterThanEqual(state, high_end)));
            sum += away;
            squares += away * away;
            seen_sums += vec4(shown, shown * shown);
            lowest = min(lowest, state);
            highest = max(highest, state);
            at_end += vec4(ends);
            counts += vec4(1.0, 0.0, float(all(ends)), 0.0);
        }
    }
    float cells = max(counts.x, 1.0);
    vec4 mean = sum / cells;
    seen_sums /= cells;
    gl_FragColor = probe + mean;
    variance = max(squares / cells - mean * mean, 0.0);
    seen = vec4(probe_seen + seen_sums.xy, max(seen_sums.zw - seen_sums.xy * seen_sums.xy, 0.0));
}
