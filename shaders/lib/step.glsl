/*{
  "DESCRIPTION": "Step: one explicit time step of a model's state, the same for every rate model",
  "INPUTS": [
    {"NAME": "speed", "TYPE": "float", "LABEL": "Pace of time", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.0},
    {"NAME": "rain", "TYPE": "float", "LABEL": "Drops a second", "MIN": 0.0, "MAX": 30.0, "DEFAULT": 0.0},
    {"NAME": "rain_radius", "TYPE": "float", "LABEL": "Size of a drop", "MIN": 0.004, "MAX": 0.3, "DEFAULT": 0.02},
    {"NAME": "rain_amount", "TYPE": "float", "LABEL": "Weight of a drop", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.6}
  ],
  "MORPHOGEN": {"UNITS": {"speed": "x", "rain": "1/s", "rain_radius": "heights"}}
}*/
/* Read:    state (and potential, sources) through samplers whose wrap is the border
   Written: next_state
   Given:   STATE (float..vec4), LOAD(texel), STORE(state), SUM(state), REST, LOW, HIGH, dt, stencil_scale,
            reaction_room (how stiff a reaction may be at this dt)
   Stencil: 9-point Mehrstellen Laplacian (1, 4, -20) / 6, isotropic to fourth order;
            stencil_scale is 1 / (6 dx^2)
   A model's own file gives rate(), and potential() where it has one. */

#define LAPLACIAN_OF(image, here) (stencil_scale * ( \
    4.0 * (LOAD(textureOffset(image, uv, ivec2(1, 0))) + LOAD(textureOffset(image, uv, ivec2(-1, 0))) \
         + LOAD(textureOffset(image, uv, ivec2(0, 1))) + LOAD(textureOffset(image, uv, ivec2(0, -1)))) \
    + LOAD(textureOffset(image, uv, ivec2(1, 1))) + LOAD(textureOffset(image, uv, ivec2(-1, -1))) \
    + LOAD(textureOffset(image, uv, ivec2(1, -1))) + LOAD(textureOffset(image, uv, ivec2(-1, 1))) \
    - 20.0 * (here)))

/* NaN and Inf turn back into the rest state; one of either makes the sum so. Looked at as bits,
   since compilers may reason isnan() away. */
vec4 guard(STATE next) {
    bool broken = (floatBitsToUint(SUM(next)) & 0x7f800000u) == 0x7f800000u;
    STATE held = clamp(next, LOW, HIGH);
    return STORE(broken ? REST : held);
}

void main() {
#ifdef SOURCES
    SOURCES_AT(uv);
#endif
    STATE here = LOAD(texture(state, uv));
#ifdef POTENTIAL_PASS
    next_state = STORE(potential(here, LAPLACIAN_OF(state, here)));
#else
#ifdef POTENTIAL
    STATE middle = LOAD(texture(potential_field, uv));
    STATE change = LAPLACIAN_OF(potential_field, middle);
#define RATE(now) rate(now, middle, change)
#else
    STATE change = LAPLACIAN_OF(state, here);
#define RATE(now) rate(now, change)
#endif
#ifdef SYMPLECTIC
    /* The second channel first, then the first with the second's new value. */
    STATE next = here;
    next.y += dt * RATE(here).y;
    next.x += dt * RATE(next).x;
#elif defined(STAGGERED_FIRST)
    STATE next = here;
    next.y += dt * RATE(here).y;
#elif defined(STAGGERED_SECOND)
    /* Drawn after the first pass has gone over all cells: the Laplacian is of the new values. */
    STATE next = here;
    next.x += dt * RATE(here).x;
#else
    STATE next = here + dt * RATE(here);
#endif
    next_state = guard(next);
#endif
}
