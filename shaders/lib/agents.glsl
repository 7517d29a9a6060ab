/*{
  "DESCRIPTION": "Agents: one step of walkers that read a field and write into it, the same around every model of them",
  "INPUTS": [],
  "MORPHOGEN": {}
}*/
/* Read:    state through a sampler whose wrap is the border; agent_states, four numbers each: x and y in
            cells from the bottom left, heading in turns, caste 0..1 for life
   Written: AGENTS_MOVE: the agent's next state. AGENTS_MARK (a vertex shader, a point each): what it
            adds to its cell. Else: the field, spread.
   Given:   STATE, LOAD, STORE, SUM, REST, LOW, HIGH, scale, walls (1 where the field ends),
            spread_part, repeat_index (a finer field spreads several times a step)
   A model's own file gives move(), mark() and spread(). */
#include "lib/guard.glsl"
#include "lib/noise.glsl"

uniform int noise_step;

/* What lies in the cell of a place; beyond the edge as the border says. */
STATE sense(vec2 place) {
    return LOAD(texture(state, (floor(place) + 0.5) / vec2(textureSize(state, 0))));
}

/* White, 0..1, of this agent and step, one for each `which` of 0 to 7. */
float chance(int which) {
    return hash_noise(agent_pixel, noise_step * 8 + which);
}

#ifdef AGENTS_MARK
flat out vec4 marked;

void main() {
    /* The field, as large, is written here: it is not read, not even for its size. */
    ivec2 whole = textureSize(agent_states, 0);
    ivec2 pixel = ivec2(gl_VertexID % whole.x, gl_VertexID / whole.x);
    vec4 agent = texelFetch(agent_states, pixel, 0);
    agent_pixel = vec2(pixel) + 0.5;
    vec2 size = vec2(whole);
#ifdef SOURCES
    SOURCES_AT(agent.xy / size);
#endif
    marked = STORE(mark(agent));
    /* The middle of its cell, so that no rounding puts the point into another. */
    gl_Position = vec4((floor(agent.xy) + 0.5) / size * 2.0 - 1.0, 0.0, 1.0);
}
#else

/* Round the edge, or back from it as light from a mirror. */
vec4 keep_inside(vec4 agent, vec2 size) {
    if (walls == 0.0) {
        agent.xy -= size * floor(agent.xy / size);
    } else {
        if (agent.x < 0.0 || agent.x >= size.x) {
            agent.x = agent.x < 0.0 ? -agent.x : 2.0 * size.x - agent.x;
            agent.z = 0.5 - agent.z;
        }
        if (agent.y < 0.0 || agent.y >= size.y) {
            agent.y = agent.y < 0.0 ? -agent.y : 2.0 * size.y - agent.y;
            agent.z = -agent.z;
        }
    }
    agent.z = fract(agent.z);
    agent.xy = clamp(agent.xy, vec2(0.0), size - 0.001);
    return agent;
}

void main() {
    vec2 size = vec2(textureSize(state, 0));
    agent_pixel = gl_FragCoord.xy;
#ifdef AGENTS_MOVE
    vec4 agent = texelFetch(agent_states, ivec2(gl_FragCoord.xy), 0);
#ifdef SOURCES
    SOURCES_AT(agent.xy / size);
#endif
    vec4 next = keep_inside(move(agent), size);
    /* None is ever lost: one that is not a number begins anew somewhere. */
    bool broken = (floatBitsToUint(dot(abs(next), vec4(1.0))) & 0x7f800000u) == 0x7f800000u;
    next_state = broken ? vec4(vec2(chance(2), chance(3)) * (size - 0.001), chance(1), chance(0)) : next;
#else
#ifdef SOURCES
    SOURCES_AT(uv);
#endif
    STATE sum = STATE(0.0);
    for (int row = -1; row <= 1; row++)
        for (int column = -1; column <= 1; column++)
            sum += LOAD(texture(state, uv + vec2(column, row) / size));
    STATE next = spread(LOAD(texture(state, uv)), sum / 9.0);
#ifdef MASK
    next = HELD(next);
#endif
    next_state = STORE(guard(next));
#endif
}
#endif
#include "lib/play.glsl"
