"""The GLSL around an exported model: how a cell goes on, and how the cells become a picture. Text only.

Every word of it is known to GLSL 1.10 and to GLSL ES 1.00.
"""

from __future__ import annotations

# The 9-point Laplacian (1, 4, -20) / 6.
NINE = """
STATE {name}(vec2 place) {{
    vec2 x = vec2(1.0 / RENDERSIZE.x, 0.0), y = vec2(0.0, 1.0 / RENDERSIZE.y);
    return stencil_scale * (4.0 * ({of}(place + x) + {of}(place - x) + {of}(place + y) + {of}(place - y))
        + {of}(place + x + y) + {of}(place + x - y) + {of}(place - x + y) + {of}(place - x - y)
        - 20.0 * {of}(place));
}}
"""
EULER_STEP = """
STATE step_of(vec2 place) {
    STATE here = cell(place);
    return here + dt * rate(here, laplacian_of(place));
}
"""
SYMPLECTIC_STEP = """
STATE step_of(vec2 place) {
    STATE next = cell(place), change = laplacian_of(place);
    next.y += dt * rate(next, change).y;
    next.x += dt * rate(next, change).x;
    return next;
}
"""
HALF = """
STATE half_at(vec2 place) {
    STATE here = cell(place);
    here.y += dt * rate(here, laplacian_of(place)).y;
    return here;
}
"""
STAGGERED_STEP = """
STATE step_of(vec2 place) {
    STATE next = half_at(place);
    next.x += dt * rate(next, change_of(place)).x;
    return next;
}
"""
MIDDLE = """
STATE middle_at(vec2 place) { return potential(cell(place), laplacian_of(place)); }
"""
POTENTIAL_STEP = """
STATE step_of(vec2 place) {
    STATE here = cell(place);
    return here + dt * rate(here, middle_at(place), change_of(place));
}
"""
NOISE = """
float white(int which) {
    float total = 0.0;
    for (int n = 0; n < 4; n++) {
        vec2 at = gl_FragCoord.xy + vec2(float(n) * 31.7, float(which) * 57.3);
        total += fract(sin(dot(at, vec2(12.9898, 78.233)) + fract(TIME * 0.618) * 61.7) * 43758.5453);
    }
    return 1.7320508 / sqrt(dt) * (total - 2.0);
}
"""
LAST = """
// Smooth between cells (a cubic B-spline over 4 x 4), with its slopes: value, across, up.
vec4 spline_weights(float t) {
    float s = 1.0 - t;
    return vec4(s * s * s, 4.0 + t * t * (3.0 * t - 6.0), 4.0 + s * s * (3.0 * s - 6.0), t * t * t) / 6.0;
}

vec4 spline_slopes(float t) {
    float s = 1.0 - t;
    return vec4(-s * s, t * (3.0 * t - 4.0), s * (4.0 - 3.0 * s), t * t) * 0.5;
}

vec3 body_at(vec2 place) {
    vec2 size = IMG_SIZE(cells);
    vec2 at = place * size - 0.5;
    vec2 corner = floor(at);
    vec2 t = at - corner;
    vec4 wx = spline_weights(t.x), wy = spline_weights(t.y), sx = spline_slopes(t.x), sy = spline_slopes(t.y);
    vec3 found = vec3(0.0);
    for (int row = 0; row < 4; row++) {
        vec4 bodies;
        for (int column = 0; column < 4; column++) {
            vec2 texel = (corner + vec2(float(column), float(row)) - 0.5) / size;
            float body = dot(texel_at(texel).rg, SHOWN.xy) + SHOWN.z;
            if (column == 0) bodies.x = body;
            else if (column == 1) bodies.y = body;
            else if (column == 2) bodies.z = body;
            else bodies.w = body;
        }
        float w = row == 0 ? wy.x : row == 1 ? wy.y : row == 2 ? wy.z : wy.w;
        float s = row == 0 ? sy.x : row == 1 ? sy.y : row == 2 ? sy.z : sy.w;
        found += vec3(dot(bodies, wx) * w, dot(bodies, sx) * w, dot(bodies, wx) * s);
    }
    return found;
}

vec3 colour_of(vec3 body) {
    float level = clamp(body.x, 0.0, 1.0);
    vec3 colour = level < 0.5 ? mix(colour_low.rgb, colour_middle.rgb, level * 2.0)
                              : mix(colour_middle.rgb, colour_high.rgb, level * 2.0 - 1.0);
    vec3 normal = normalize(vec3(-4.0 * body.yz, 1.0));
    float lit = max(dot(normal, normalize(vec3(-0.5, 0.6, 0.7))), 0.0);
    return colour * (0.35 + 0.8 * lit) + 0.25 * pow(lit, 24.0);
}

void main() {
    uv = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        find_step();
        STATE next = FRAMEINDEX < 2 || reset ? seed_at(uv) : step_of(uv);
        // What is no number turns back into rest; no gesture leaves the range.
        if (!(sum(next) == sum(next))) next = REST;
        gl_FragColor = stored(clamp(next, LOW, HIGH));
    } else {
        gl_FragColor = vec4(colour_of(body_at(uv)), 1.0);
    }
}
"""
