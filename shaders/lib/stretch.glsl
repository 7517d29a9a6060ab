/* Stretch: diffusion turned, s faster along a direction t and s slower across it:
       lap + s (cos 2t (u_xx - u_yy) + 2 sin 2t u_xy),  0 <= s < 1
   Read:    the Laplacian's own nine cells; for BY_VALUE and BY_SLOPE a source, DIRECTION_SOURCE
   Given:   anisotropy_stretch = s (cos 2t, sin 2t), anisotropy_turn in half turns for a source at 1
   Stability: its largest eigenvalue is max(16/3, 4 (1 + s)) / dx^2 whatever t (tested)
   Source:  central differences; u_xy from the four corners. */

vec2 stretch = vec2(0.0);

#define STRETCHED(image) (6.0 * stencil_scale * ( \
    stretch.x * (LOAD(textureOffset(image, uv, ivec2(1, 0))) + LOAD(textureOffset(image, uv, ivec2(-1, 0))) \
               - LOAD(textureOffset(image, uv, ivec2(0, 1))) - LOAD(textureOffset(image, uv, ivec2(0, -1)))) \
    + 0.5 * stretch.y * (LOAD(textureOffset(image, uv, ivec2(1, 1))) + LOAD(textureOffset(image, uv, ivec2(-1, -1))) \
                       - LOAD(textureOffset(image, uv, ivec2(1, -1))) - LOAD(textureOffset(image, uv, ivec2(-1, 1))))))

/* Adds the angles of two vectors and multiplies their lengths. */
vec2 add_angles(vec2 a, vec2 b) {
    return vec2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

/* The stretch of this cell; its sources have been read. */
void find_stretch() {
    stretch = anisotropy_stretch;
#if defined(BY_VALUE)
    float angle = 6.2831853 * anisotropy_turn * DIRECTION_HERE;
    stretch = add_angles(stretch, vec2(cos(angle), sin(angle)));
#elif defined(BY_SLOPE)
    /* Texels are as good as square. Where the source is flat there is no direction. */
    vec2 place = uv + DIRECTION_DRIFT, texel = 1.5 / vec2(textureSize(DIRECTION_SOURCE, 0));
    vec2 slope = vec2(texture(DIRECTION_SOURCE, place + vec2(texel.x, 0.0)).r
                    - texture(DIRECTION_SOURCE, place - vec2(texel.x, 0.0)).r,
                      texture(DIRECTION_SOURCE, place + vec2(0.0, texel.y)).r
                    - texture(DIRECTION_SOURCE, place - vec2(0.0, texel.y)).r);
    stretch = add_angles(stretch, add_angles(slope, slope)) / (dot(slope, slope) + 1e-6);
#endif
}
