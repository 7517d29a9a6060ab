/* Noise: 32 random bits, or a white 0..1, from a pixel and a frame number; integer hash, the same
   on every GPU.
   Source: PCG as a GPU hash, M. Jarzynski and M. Olano, JCGT 9(3), 2020. */

uint hash_bits(vec2 pixel, int frame) {
    uint word = uint(pixel.x) * 1664525u + uint(pixel.y) * 22695477u + uint(frame) * 747796405u + 2891336453u;
    word = ((word >> ((word >> 28u) + 4u)) ^ word) * 277803737u;
    return (word >> 22u) ^ word;
}

float hash_noise(vec2 pixel, int frame) {
    return float(hash_bits(pixel, frame) >> 8u) * (1.0 / 16777216.0);
}
