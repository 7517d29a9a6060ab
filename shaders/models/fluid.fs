/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Fluid: dye and warmth carried by a flow that keeps its volume; it stirs itself",
  "CREDIT": "J. Stam, Stable Fluids, SIGGRAPH 1999, doi:10.1145/311535.311548; confinement: R. Fedkiw, J. Stam, H. W. Jensen, Visual Simulation of Smoke, SIGGRAPH 2001, doi:10.1145/383259.383260",
  "CATEGORIES": ["Generator", "Fluid"],
  "INPUTS": [
    {"NAME": "rounds", "TYPE": "long", "LABEL": "Rounds of pressure", "MIN": 1, "MAX": 60, "DEFAULT": 16},
    {"NAME": "swirl", "TYPE": "float", "LABEL": "Curling", "MIN": 0.0, "MAX": 0.3, "DEFAULT": 0.03},
    {"NAME": "drag", "TYPE": "float", "LABEL": "Drag", "MIN": 0.0, "MAX": 0.2, "DEFAULT": 0.01},
    {"NAME": "buoyancy", "TYPE": "float", "LABEL": "Rising of what is warm", "MIN": -0.2, "MAX": 0.2, "DEFAULT": 0.03},
    {"NAME": "swell", "TYPE": "float", "LABEL": "Swelling of what is warm", "MIN": 0.0, "MAX": 0.3, "DEFAULT": 0.03},
    {"NAME": "stir", "TYPE": "float", "LABEL": "Stirring", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.15},
    {"NAME": "stir_size", "TYPE": "float", "LABEL": "Size of the spoons", "MIN": 0.01, "MAX": 0.4, "DEFAULT": 0.07},
    {"NAME": "stir_pace", "TYPE": "float", "LABEL": "Pace of the spoons", "MIN": -0.05, "MAX": 0.05, "DEFAULT": 0.01},
    {"NAME": "pour", "TYPE": "float", "LABEL": "Dye poured", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.1},
    {"NAME": "warm", "TYPE": "float", "LABEL": "Warmth poured", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.1},
    {"NAME": "fade", "TYPE": "float", "LABEL": "Fading of the dye", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.004},
    {"NAME": "cooling", "TYPE": "float", "LABEL": "Cooling", "MIN": 0.0, "MAX": 0.2, "DEFAULT": 0.01}
  ],
  "PASSES": [
    {"TARGET": "spin", "FLOAT": true, "CHANNELS": 1},
    {"TARGET": "pushed", "FLOAT": true, "CHANNELS": 2},
    {"TARGET": "spread", "FLOAT": true, "CHANNELS": 1},
    {"TARGET": "pressure", "FLOAT": true, "CHANNELS": 1, "PERSISTENT": true, "REPEAT": "rounds"},
    {}
  ],
  "MORPHOGEN": {
    "KIND": "rule",
    "CHANNELS": ["across", "up", "dye", "warmth"],
    "REST": [0.0, 0.0, 0.0, 0.0],
    "BRUSH": [0.0, 0.0, 1.0, 1.0],
    "SHOWN": [[0.3, 0.0, 0.5], [0.0, 0.3, 0.5]],
    "RANGE": [[-20.0, 20.0], [-20.0, 20.0], [0.0, 2.0], [0.0, 2.0]],
    "DT": 1.0,
    "STEPS": 60,
    "PUSH": ["across", "up"],
    "SEED": {"kind": "spots", "count": 9, "radius": 0.08, "grow": 120},
    "CURVES": {"stir_size": "log"},
    "PHASES": ["stir_pace"],
    "UNITS": {"stir": "cells/t^2", "buoyancy": "cells/t^2", "drag": "1/t", "swell": "1/t", "fade": "1/t",
              "cooling": "1/t", "pour": "1/t", "warm": "1/t", "stir_size": "heights", "stir_pace": "turns/s"}
  }
}*/
/* v_t = -(v . grad) v - grad p + forces, div v = swell * warmth; dye and warmth are carried by v.
   Velocities lie on the faces of the cells (F. Harlow and J. Welch, 1965): across on the left face, up on
   the lower one, so that the pressure's Laplacian is just the divergence of its gradient, and no
   chequerboard is left. In cells a step; any step is stable. A touch pours dye and warmth, and
   warmth swells: it pushes to all sides, then rises. An edge that does not go round is open. */

#define AT(image, x, y) texture(image, uv + vec2(x, y) / RENDERSIZE)
#define CELL(at) texture(state, ((at) + 0.5) / RENDERSIZE)

/* Three spoons on paths that close when the phase does: place (in the picture) and motion. */
vec4 spoon(int which) {
    float turn = 6.2831853 * stir_pace_phase;
    vec2 often = which == 0 ? vec2(3.0, 2.0) : which == 1 ? vec2(2.0, 5.0) : vec2(-4.0, 3.0);
    vec2 begun = which == 0 ? vec2(0.0, 1.3) : which == 1 ? vec2(2.1, 0.4) : vec2(4.0, 3.1);
    vec2 angle = often * turn + begun;
    return vec4(0.5 + vec2(0.38, 0.34) * sin(angle), 0.3 * often * cos(angle));
}

/* How much of a spoon is at a place: a soft disc, round in the picture. */
float touch(vec2 from, vec2 place) {
    vec2 away = (place - from) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) / stir_size;
    return exp(-dot(away, away));
}

/* Catmull-Rom's cubic, held between the four nearest: what is carried stays crisp and makes no rings.
   `at` counts cells from the middle of the lowest left one. */
vec4 cubic_at(vec2 at) {
    vec2 low = floor(at), f = at - low;
    vec2 w[4] = vec2[4](f * (-0.5 + f * (1.0 - 0.5 * f)), 1.0 + f * f * (1.5 * f - 2.5),
                        f * (0.5 + f * (2.0 - 1.5 * f)), f * f * (0.5 * f - 0.5));
    vec4 sum = vec4(0.0), least = vec4(1e9), most = vec4(-1e9);
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            vec4 found = CELL(low + vec2(column, row) - 1.0);
            sum += w[column].x * w[row].y * found;
            if ((row == 1 || row == 2) && (column == 1 || column == 2)) {
                least = min(least, found);
                most = max(most, found);
            }
        }
    }
    return clamp(sum, least, most);
}

void main() {
    vec2 cell = floor(gl_FragCoord.xy);
#if PASSINDEX == 0
    /* The turning about the lower left corner. */
    vec2 here = texture(state, uv).xy;
    gl_FragColor = vec4((here.y - AT(state, -1, 0).y) - (here.x - AT(state, 0, -1).x));
#elif PASSINDEX == 1
    /* Each face asks where its motion was, and is pushed. */
    vec4 here = texture(state, uv), left = AT(state, -1, 0), below = AT(state, 0, -1);
    vec4 right = AT(state, 1, 0), above = AT(state, 0, 1);
    vec2 side = vec2(here.x, 0.25 * (here.y + left.y + above.y + AT(state, -1, 1).y));
    vec2 floor_ = vec2(0.25 * (here.x + right.x + below.x + AT(state, 1, -1).x), here.y);
    vec2 next = vec2(cubic_at(cell - dt * scale * side).x, cubic_at(cell - dt * scale * floor_).y);
    /* Confinement: along the slope of how much it turns, turned by a right angle. */
    float turn = texture(spin, uv).r, over = AT(spin, 0, 1).r, beside = AT(spin, 1, 0).r;
    float here_much = abs(turn), over_much = abs(over), beside_much = abs(beside);
    float corner = abs(AT(spin, 1, 1).r);
    vec2 rise = vec2(0.25 * (beside_much + corner - abs(AT(spin, -1, 0).r) - abs(AT(spin, -1, 1).r)), over_much - here_much);
    next.x += dt * swirl * 0.5 * (turn + over) * rise.y / (length(rise) + 1e-4);
    rise = vec2(beside_much - here_much, 0.25 * (over_much + corner - abs(AT(spin, 0, -1).r) - abs(AT(spin, 1, -1).r)));
    next.y -= dt * swirl * 0.5 * (turn + beside) * rise.x / (length(rise) + 1e-4);
    next.y += dt * buoyancy * 0.5 * (here.w + below.w);
    for (int i = 0; i < 3; i++) {
        vec4 one = spoon(i);
        next += dt * stir * one.zw * touch(one.xy, uv);
    }
    gl_FragColor = vec4(next / (1.0 + dt * drag), 0.0, 0.0);
#elif PASSINDEX == 2
    /* What flows out of the cell, but for what may. */
    vec2 here = texture(pushed, uv).xy;
    float out_ = AT(pushed, 1, 0).x - here.x + AT(pushed, 0, 1).y - here.y;
    gl_FragColor = vec4(out_ - swell / scale * texture(state, uv).w);
#elif PASSINDEX == 3
    /* Jacobi, from four fifths of the last step's: a swelling that has no way out cannot pile up. */
    float around = AT(pressure, -1, 0).r + AT(pressure, 1, 0).r + AT(pressure, 0, -1).r + AT(pressure, 0, 1).r;
    gl_FragColor = vec4(0.25 * ((repeat_index == 0 ? 0.8 : 1.0) * around - texture(spread, uv).r));
#else
    float here = texture(pressure, uv).r;
    vec2 own = texture(pushed, uv).xy - here + vec2(AT(pressure, -1, 0).r, AT(pressure, 0, -1).r);
    vec2 next = vec2(AT(pushed, 1, 0).x - AT(pressure, 1, 0).r, AT(pushed, 0, 1).y - AT(pressure, 0, 1).r) + here;
    vec2 carried = cubic_at(cell - dt * scale * 0.5 * (own + next)).zw;
    vec4 one = spoon(0), two = spoon(1), three = spoon(2);
    carried.x += dt * pour * (touch(one.xy, uv) + touch(three.xy, uv)) * max(1.0 - carried.x, 0.0);
    carried.y += dt * warm * (touch(two.xy, uv) + 0.5 * touch(three.xy, uv)) * max(1.0 - carried.y, 0.0);
    gl_FragColor = vec4(own, carried / (1.0 + dt * vec2(fade, cooling)));
#endif
}
