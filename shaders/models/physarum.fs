/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Physarum: walkers that follow the trail they leave; veins, flocks, up to three kinds",
  "CREDIT": "J. Jones, Characteristics of Pattern Formation and Evolution in Approximations of Physarum Transport Networks, Artificial Life 16 (2010), doi:10.1162/artl.2010.16.2.16202",
  "CATEGORIES": ["Generator", "Agents"],
  "INPUTS": [
    {"NAME": "population", "TYPE": "float", "LABEL": "Walkers", "MIN": 0.005, "MAX": 1.0, "DEFAULT": 0.15},
    {"NAME": "second", "TYPE": "float", "LABEL": "Share of the second kind", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "third", "TYPE": "float", "LABEL": "Share of the third kind", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "sense_angle", "TYPE": "float", "LABEL": "Angle of the feelers", "MIN": 0.0, "MAX": 150.0, "DEFAULT": 45.0},
    {"NAME": "sense_distance", "TYPE": "float", "LABEL": "Length of the feelers", "MIN": 0.0, "MAX": 64.0, "DEFAULT": 15.0},
    {"NAME": "turn_angle", "TYPE": "float", "LABEL": "Turn", "MIN": 0.0, "MAX": 150.0, "DEFAULT": 17.0},
    {"NAME": "stride", "TYPE": "float", "LABEL": "Stride", "MIN": 0.1, "MAX": 4.0, "DEFAULT": 1.0},
    {"NAME": "wander", "TYPE": "float", "LABEL": "Wandering", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "renewal", "TYPE": "float", "LABEL": "Beginning anew", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.0},
    {"NAME": "crowding", "TYPE": "float", "LABEL": "Dislike of crowds", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.0},
    {"NAME": "deposit", "TYPE": "float", "LABEL": "Trail laid", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.0},
    {"NAME": "decay", "TYPE": "float", "LABEL": "Fading of the trail", "MIN": 0.005, "MAX": 0.5, "DEFAULT": 0.05},
    {"NAME": "diffusion", "TYPE": "float", "LABEL": "Spreading of the trail", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 1.0},
    {"NAME": "taste_own", "TYPE": "float", "LABEL": "Taste for one's own kind", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 1.0},
    {"NAME": "taste_next", "TYPE": "float", "LABEL": "Taste for the next kind", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0},
    {"NAME": "taste_last", "TYPE": "float", "LABEL": "Taste for the kind before", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.0}
  ],
  "MORPHOGEN": {
    "KIND": "agents",
    "CHANNELS": ["first", "second", "third"],
    "REST": [0.0, 0.0, 0.0],
    "BRUSH": [2.0, 0.0, 0.0],
    "SHOWN": [[0.5], [0.0, 0.5]],
    "RANGE": [[0.0, 100.0], [0.0, 100.0], [0.0, 100.0]],
    "STEPS": 60,
    "SEED": {"kind": "noise", "amplitude": 0.1, "grow": 240},
    "CURVES": {"population": "log", "decay": "log", "stride": "log"},
    "UNITS": {"population": "1/cell", "sense_angle": "degrees", "turn_angle": "degrees",
              "sense_distance": "cells", "stride": "cells", "decay": "1/step", "renewal": "1/step"}
  }
}*/

/* Which of the three an agent is, by its caste: the shares can be played while it lives. */
vec3 kind(float caste) {
    if (caste < third) return vec3(0.0, 0.0, 1.0);
    return caste < third + second ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0);
}

/* How good it smells there: the tastes of the trails, each of which cloys where there is much of it. */
float smell(vec3 taste, vec2 place) {
    vec3 trails = sense(place);
    return dot(taste, trails - crowding * trails * trails);
}

/* Jones 2010, 2.2: three feelers; straight on where the middle one smells most, to a random side
   where it smells least, else to the stronger side. The next kind of the third is the first. */
vec4 move(vec4 agent) {
    vec3 own = kind(agent.w);
    vec3 taste = taste_own * own + taste_next * own.zxy + taste_last * own.yzx;
    vec3 feelers = 6.2831853 * (agent.z + sense_angle / 360.0 * vec3(1.0, 0.0, -1.0));
    float reach = sense_distance * scale;
    float left = smell(taste, agent.xy + reach * vec2(cos(feelers.x), sin(feelers.x)));
    float ahead = smell(taste, agent.xy + reach * vec2(cos(feelers.y), sin(feelers.y)));
    float right = smell(taste, agent.xy + reach * vec2(cos(feelers.z), sin(feelers.z)));
    float side = sign(left - right);
    if (ahead > max(left, right)) side = 0.0;
    if (ahead < min(left, right)) side = chance(0) < 0.5 ? 1.0 : -1.0;
    side += wander * (2.0 * chance(1) - 1.0);
    agent.z += side * turn_angle / 360.0;
    float heading = 6.2831853 * agent.z;
    agent.xy += stride * scale * vec2(cos(heading), sin(heading));
    /* A few leave it all and begin anew somewhere: so a net never stops growing. */
    if (chance(2) < renewal) {
        agent.xy = vec2(chance(3), chance(4)) * vec2(textureSize(state, 0));
        agent.z = chance(5);
    }
    return agent;
}

/* As much as fades of one deposit: so the trail keeps its brightness whatever its life. */
vec3 mark(vec4 agent) {
    return deposit * decay * kind(agent.w);
}

/* Jones 2010, 2.1: the mean of 3 x 3 cells, then the decay, once a step. */
vec3 spread(vec3 here, vec3 mean) {
    vec3 blurred = mix(here, mean, diffusion * spread_part);
    return repeat_index == 0 ? blurred * (1.0 - decay) : blurred;
}
