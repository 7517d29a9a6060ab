/*{
  "DESCRIPTION": "Rule: one pass of a rule, the same around every one of them",
  "INPUTS": [],
  "MORPHOGEN": {}
}*/
#include "lib/guard.glsl"
#undef main
/* Read:    state, every TARGET, and each of them smoothly as <name>_smooth; sources
   Written: pass_0..pass_3, of which the pass has TARGETS; behind the last pass the field
   Given:   PASSINDEX, TARGETS, STATE, LOAD, STORE, SUM, REST, LOW, HIGH, dt, scale, outside
   A rule's own main() is called rule_main() by now; what it writes passes the guard here. */

layout(location = 0) out vec4 pass_0;
#if TARGETS > 1
layout(location = 1) out vec4 pass_1;
#endif
#if TARGETS > 2
layout(location = 2) out vec4 pass_2;
#endif
#if TARGETS > 3
layout(location = 3) out vec4 pass_3;
#endif

/* A target keeps no NaN and no Inf either: it may persist. */
vec4 whole(vec4 next) {
    bool broken = (floatBitsToUint(dot(abs(next), vec4(1.0))) & 0x7f800000u) == 0x7f800000u;
    return broken ? vec4(0.0) : next;
}

void main() {
#ifdef SOURCES
    SOURCES_AT(uv);
#endif
    rule_main();
#ifdef WRITES_FIELD
    STATE next = LOAD(written[0]);
#ifdef MASK
    next = HELD(next);
#endif
    pass_0 = STORE(guard(next));
#else
    pass_0 = whole(written[0]);
#endif
#if TARGETS > 1
    pass_1 = whole(written[1]);
#endif
#if TARGETS > 2
    pass_2 = whole(written[2]);
#endif
#if TARGETS > 3
    pass_3 = whole(written[3]);
#endif
}
#include "lib/play.glsl"
