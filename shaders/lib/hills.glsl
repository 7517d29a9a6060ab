/* Hills: smooth noise 0..1 over the picture, `across` of them in its height; it comes round at the
   borders. `aspect` is width over height. */
#include "lib/noise.glsl"

float hills(vec2 place, float across, float aspect) {
    vec2 count = max(floor(vec2(across * aspect, across) + 0.5), 1.0);
    vec2 at = place * count, corner = floor(at), part = at - corner;
    part = part * part * (3.0 - 2.0 * part);
    vec2 low = mod(corner, count), high = mod(corner + 1.0, count);
    float bottom = mix(hash_noise(low, 7), hash_noise(vec2(high.x, low.y), 7), part.x);
    float top = mix(hash_noise(vec2(low.x, high.y), 7), hash_noise(high, 7), part.x);
    return mix(bottom, top, part.y);
}
