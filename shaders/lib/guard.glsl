/* The guard behind every step.
   Given: STATE, SUM(state), REST, LOW, HIGH

   NaN and Inf turn back into the rest state; one of either makes the sum so. Looked at as bits,
   since compilers may reason isnan() away. */
STATE guard(STATE next) {
    bool broken = (floatBitsToUint(SUM(next)) & 0x7f800000u) == 0x7f800000u;
    STATE held = clamp(next, LOW, HIGH);
    return broken ? REST : held;
}
