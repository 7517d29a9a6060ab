/* Wave: a sine in turns, as two parabolas; within 0.06 of sin(6.2832 t), smooth, and a few
   operations where a true sine costs a dozen on a processor without a GPU. */

float wave(float turns) {
    float t = fract(turns) - 0.5;
    return 8.0 * t * (2.0 * abs(t) - 1.0);
}

vec2 wave(vec2 turns) {
    vec2 t = fract(turns) - 0.5;
    return 8.0 * t * (2.0 * abs(t) - 1.0);
}
