/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Brusselator: a reaction that ticks or stands in stripes and spots, and near both does neither for long",
  "CREDIT": "I. Prigogine and R. Lefever, Symmetry breaking instabilities in dissipative systems II, J. Chem. Phys. 48 (1968), doi:10.1063/1.1668896",
  "CATEGORIES": ["Generator", "Reaction-diffusion"],
  "INPUTS": [
    {"NAME": "supply", "TYPE": "float", "LABEL": "Supply A", "MIN": 0.8, "MAX": 4.5, "DEFAULT": 3.0},
    {"NAME": "conversion", "TYPE": "float", "LABEL": "Conversion B", "MIN": 1.0, "MAX": 12.0, "DEFAULT": 7.0},
    {"NAME": "diffuse_x", "TYPE": "float", "LABEL": "Diffusion of the activator", "MIN": 0.2, "MAX": 8.0, "DEFAULT": 4.0},
    {"NAME": "diffuse_y", "TYPE": "float", "LABEL": "Diffusion of the inhibitor", "MIN": 0.2, "MAX": 50.0, "DEFAULT": 32.0}
  ],
  "MORPHOGEN": {
    "KIND": "model",
    "CHANNELS": ["x", "y"],
    "REST": [3.0, 2.33],
    "BRUSH": [5.0, 1.5],
    "SHOWN": [[0.16, 0.0, 0.0], [0.0, 0.3, -0.2]],
    "RANGE": [[0.0, 60.0], [0.0, 60.0]],
    "DT": 0.007,
    "STEPS": 400,
    "LIMIT": {"DIFFUSION": "max(diffuse_x, diffuse_y)", "REACTION": "1 + conversion + min(150, (0.25 * (conversion + 1)^2 / supply + supply)^2)"},
    "SEED": {"kind": "noise", "amplitude": 0.5, "grow": 600},
    "UNITS": {"diffuse_x": "cells^2/t", "diffuse_y": "cells^2/t"}
  }
}*/

/* x_t = Dx lap x + A - (B + 1) x + x^2 y;  y_t = Dy lap y + B x - x^2 y
   Stripes and spots from B > (1 + A sqrt(Dx / Dy))^2, clocks and waves from B > 1 + A^2.
   The limit: y decays at x^2, and x leaps to about its steady A and all the y that gathered until
   x y > (B + 1) / 2, which is (B + 1)^2 / 4 A. Beyond 150, and in a heap that other parameters
   left, x^2 is held to the room that the step leaves. */
vec2 rate(vec2 state, vec2 laplacian) {
    float room = max(reaction_room - conversion - 1.0, 0.0);
    float reaction = state.y * min(state.x * state.x, room);
    return vec2(diffuse_x, diffuse_y) * laplacian
        + vec2(supply - (conversion + 1.0) * state.x + reaction, conversion * state.x - reaction);
}
