/* Separable: sums over round kernels, as sixteen sums across and then as many down.

   Read:   weights, a table of engine/show/kernels.py: row 0 has the radius in cells and how many
           quads of four sums are in use; then for each distance 0..SPAN four quads of weights
           across; then, for each kernel, as many down. Kernels are even both ways, so a distance
           serves both sides.
   Source: singular value decomposition of the kernels, stacked; Eckart and Young 1936 */
#define SPAN 15
#define QUADS 4
#define ACROSS_AT(distance) (1 + (distance) * QUADS)
#define DOWN_AT(kernel, distance) (1 + ((kernel) + 1) * (SPAN + 1) * QUADS + (distance) * QUADS)

/* The sums across at a place, of one channel of `image` less `beyond`, into a[0..3]. */
#define SUM_ACROSS(image, swizzle, beyond, a) { \
    float texel = 1.0 / float(textureSize(image, 0).x); \
    int span = int(weights[0].x), quads = int(weights[0].y); \
    for (int k = 0; k <= span; k++) { \
        vec2 step = vec2(float(k) * texel, 0.0); \
        float both = texture(image, uv + step).swizzle - beyond; \
        if (k > 0) both += texture(image, uv - step).swizzle - beyond; \
        int at = ACROSS_AT(k); \
        a[0] += both * weights[at]; \
        if (quads > 1) a[1] += both * weights[at + 1]; \
        if (quads > 2) a[2] += both * weights[at + 2]; \
        if (quads > 3) a[3] += both * weights[at + 3]; \
    } }

/* What two kernels sum to, down over one quad of sums across. */
vec2 sum_down(sampler2D image, int quad) {
    float texel = 1.0 / float(textureSize(image, 0).y);
    int span = int(weights[0].x);
    vec2 total = vec2(0.0);
    for (int k = 0; k <= span; k++) {
        vec2 step = vec2(0.0, float(k) * texel);
        vec4 both = texture(image, uv + step);
        if (k > 0) both += texture(image, uv - step);
        total.x += dot(both, weights[DOWN_AT(0, k) + quad]);
        total.y += dot(both, weights[DOWN_AT(1, k) + quad]);
    }
    return total;
}

vec2 sum_all_down(sampler2D one, sampler2D two, sampler2D three, sampler2D four) {
    int quads = int(weights[0].y);
    vec2 total = sum_down(one, 0);
    if (quads > 1) total += sum_down(two, 1);
    if (quads > 2) total += sum_down(three, 2);
    if (quads > 3) total += sum_down(four, 3);
    return total;
}
