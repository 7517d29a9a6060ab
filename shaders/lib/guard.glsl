/* The guard behind every step.
   Given: STATE, STORE(state), SUM(state), REST, LOW, HIGH

   NaN and Inf turn back into the rest state; one of either makes the sum so. Looked at as bits,
   since compilers may reason isnan() away. */
vec4 guard(STATE next) {
    bool broken = (floatBitsToUint(SUM(next)) & 0x7f800000u) == 0x7f800000u;
    STATE held = clamp(next, LOW, HIGH);
    return STORE(broken ? REST : held);
}
