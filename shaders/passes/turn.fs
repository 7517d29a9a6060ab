/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Turn: a field takes its share of another, while one equation turns into the other's",
  "INPUTS": [],
  "MORPHOGEN": {"KIND": "pass"}
}*/
#include "lib/hills.glsl"
/* Read: field, other (translated by translate_scale and translate_shift).
   share_before: the share of other where nothing has turned, 0 or 1; weight: how far it has, 0..1.
   Halfway between two reactions there is often nothing alive, so the new one spreads over the field
   hill by hill, with a wide seam, instead of everywhere at once. */

void main() {
    vec2 size = vec2(textureSize(field, 0));
    float late = hills(uv, 3.0, size.x / size.y);
    float turned = clamp((weight * 1.5 - late) * 2.0, 0.0, 1.0);
    vec4 theirs = texture(other, uv) * translate_scale + translate_shift;
    vec4 mixed = mix(texture(field, uv), theirs, abs(share_before - turned));
    bool broken = any(equal(floatBitsToUint(mixed) & 0x7f800000u, uvec4(0x7f800000u)));
    gl_FragColor = broken ? texture(field, uv) : clamp(mixed, low_end, high_end);
}
