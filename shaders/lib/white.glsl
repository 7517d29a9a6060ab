/* White noise of this cell and step, one for each `which` of 0 to 3: the sum of four uniforms, so
   nearly Gaussian and never beyond 3.5 deviations.
   Given: noise_step, and noise_strength = 1 / (dx sqrt(dt)), which makes it white at any dt and dx. */
#include "lib/noise.glsl"

uniform int noise_step;

float white(int which) {
    int frame = (noise_step * 4 + which) * 2;
    uint one = hash_bits(gl_FragCoord.xy, frame), two = hash_bits(gl_FragCoord.xy, frame + 1);
    float sum = float(one >> 16u) + float(one & 0xffffu) + float(two >> 16u) + float(two & 0xffffu);
    return noise_strength * 1.7320508 * ((sum + 2.0) * (1.0 / 65536.0) - 2.0);
}
