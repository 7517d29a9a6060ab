/*{
  "DESCRIPTION": "Step: one explicit time step of a model's state, the same for every rate model",
  "INPUTS": [],
  "MORPHOGEN": {}
}*/
#include "lib/guard.glsl"
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
#ifdef ANISOTROPY
#define CHANGE_OF(image, here) (LAPLACIAN_OF(image, here) + STRETCHED(image))
#else
#define CHANGE_OF(image, here) LAPLACIAN_OF(image, here)
#endif

#ifdef POTENTIAL
#define RATE(now) rate(now, middle, change)
#else
#define RATE(now) rate(now, change)
#endif

/* A cell's next state; `change` is the Laplacian, of the potential where there is one. */
STATE advance(STATE here, STATE middle, STATE change) {
    STATE next = here;
#if defined(SYMPLECTIC)
    /* The second channel first, then the first with the second's new value. */
    next.y += dt * RATE(here).y;
    next.x += dt * RATE(next).x;
#elif defined(STAGGERED_FIRST)
    next.y += dt * RATE(here).y;
#elif defined(STAGGERED_SECOND)
    /* Drawn after the first pass has gone over all cells: the Laplacian is of the new values. */
    next.x += dt * RATE(here).x;
#else
    next += dt * RATE(here);
#endif
#ifdef MASK
    next = HELD(next);
#endif
    return guard(next);
}

/* Other layouts of the cells have a main() of their own, written by packed_source.py. */
#ifndef PACKED
void main() {
#ifdef SOURCES
    SOURCES_AT(uv);
#endif
#ifdef ANISOTROPY
    find_stretch();
#endif
    STATE here = LOAD(texture(state, uv));
#if defined(POTENTIAL_PASS)
    next_state = STORE(potential(here, CHANGE_OF(state, here)));
#elif defined(POTENTIAL)
    STATE middle = LOAD(texture(potential_field, uv));
    next_state = STORE(advance(here, middle, CHANGE_OF(potential_field, middle)));
#else
    next_state = STORE(advance(here, here, CHANGE_OF(state, here)));
#endif
}
#endif
#include "lib/play.glsl"
