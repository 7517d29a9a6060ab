/* Curl: a flow without sources, of eddies that turn into one another, without a seam.
   The stream function is gradient noise on lattices that divide the field, its gradients turning
   with time: Perlin and Neyret, Flow Noise, SIGGRAPH 2001 sketches; the flow is its slope turned by
   a right angle: Bridson, Hourihan and Nordenstam, Curl-Noise for Procedural Fluid Flow, 2007. */
#include "lib/noise.glsl"

/* The gradient at a lattice point; whole turns a `phase`, so that time can come round. */
vec2 lattice_gradient(ivec2 cell, ivec2 period, int octave, float phase) {
    ivec2 wrapped = cell - period * ivec2(floor(vec2(cell) / vec2(period)));
    uint bits = hash_bits(vec2(wrapped), octave);
    float turns = float(int(bits & 1u) * 2 - 1) * (1.0 + float((bits >> 1u) & 1u));
    float angle = 6.2831853 * (float(bits >> 8u) * (1.0 / 16777216.0) + turns * phase);
    return vec2(cos(angle), sin(angle));
}

/* Slope of one octave of the stream function, 2^octave cells in a height, per such cell. */
vec2 stream_slope(vec2 place, float aspect, int octave, float phase) {
    float cells = exp2(float(octave));
    ivec2 period = max(ivec2(round(vec2(cells * aspect, cells))), 1);
    vec2 at = place * vec2(period);
    ivec2 cell = ivec2(floor(at));
    vec2 f = at - floor(at);
    vec2 u = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    vec2 rise = 30.0 * f * f * (f * (f - 2.0) + 1.0);
    vec2 g00 = lattice_gradient(cell, period, octave, phase);
    vec2 g10 = lattice_gradient(cell + ivec2(1, 0), period, octave, phase);
    vec2 g01 = lattice_gradient(cell + ivec2(0, 1), period, octave, phase);
    vec2 g11 = lattice_gradient(cell + ivec2(1, 1), period, octave, phase);
    float a = dot(g00, f), b = dot(g10, f - vec2(1.0, 0.0));
    float c = dot(g01, f - vec2(0.0, 1.0)), d = dot(g11, f - vec2(1.0, 1.0));
    vec2 slope = mix(mix(g00, g10, u.x), mix(g01, g11, u.x), u.y);
    slope += rise * vec2(mix(b - a, d - c, u.y), mix(c - a, d - b, u.x));
    return slope * vec2(period) / (cells * vec2(aspect, 1.0));
}

/* Velocity at `place` (0..1), about 1 in the mean of squares; eddies of `size` heights. */
vec2 curl_flow(vec2 place, float aspect, float size, float phase) {
    float level = max(-log2(size), 0.0), blend = fract(level);
    vec2 slope = (1.0 - blend) * stream_slope(place, aspect, int(level), phase)
               + blend * stream_slope(place, aspect, int(level) + 1, phase);
    slope *= 1.4 * inversesqrt(blend * blend + (1.0 - blend) * (1.0 - blend));
    return vec2(slope.y, -slope.x);
}
