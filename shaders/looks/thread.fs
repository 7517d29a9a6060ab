/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Thread: fine lit fibres; what is new is bright, what is old sinks into the dark",
  "CREDIT": "Morphogen",
  "CATEGORIES": ["Look"],
  "INPUTS": [
    {"NAME": "thread_width", "TYPE": "float", "LABEL": "Width of a thread", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5},
    {"NAME": "thread_sheen", "TYPE": "float", "LABEL": "Roundness", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.8},
    {"NAME": "thread_tip", "TYPE": "float", "LABEL": "Light of the tips", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.5},
    {"NAME": "thread_haze", "TYPE": "float", "LABEL": "Haze of where they were", "MIN": 0.0, "MAX": 2.0, "DEFAULT": 0.4}
  ],
  "MORPHOGEN": {"KIND": "look"}
}*/
/* Read: field, trail (what has been, what moves), palette_image; written: linear light. */
#include "lib/surface.glsl"
#include "lib/palette.glsl"

void main() {
    Surface here = surface_at(uv);
    vec2 past = texture(trail, uv).rg;
    float rise = length(here.body_slope) * 256.0 / RENDERSIZE.y + 1e-4;
    /* The thread's edge, cut as fine as the picture allows. */
    float edge = mix(0.85, 0.12, thread_width);
    float thread = clamp((here.body - edge) / max(rise, 0.08) + 0.5, 0.0, 1.0);
    float body = clamp(here.body, 0.0, 1.0);
    vec3 normal = normalize(vec3(-here.body_slope * 9.0, 1.0));
    float round_light = normal.z * (1.0 - thread_sheen * 0.5) + max(dot(normal, vec3(-0.48, 0.64, 0.6)), 0.0) * thread_sheen;
    /* New: here now, and not yet in the slow mean. */
    float fresh = clamp(max(here.body - past.r, 0.0) * 2.0 + 0.6 * past.g, 0.0, 1.0);
    vec3 accent = texelFetch(palette_image, ivec2(128, 1), 0).rgb;
    vec3 tone = palette(0.30 + 0.5 * body * body + 0.3 * fresh);
    vec3 colour = tone * (thread * round_light);
    colour += (tone + accent * 0.35) * (fresh * fresh * thread * thread_tip);
    colour += palette(0.42) * (clamp(here.light, 0.0, 1.0) * clamp(past.r * 2.0, 0.0, 1.0) * (1.0 - thread) * thread_haze * 0.25);
    /* Black, or the paper of a palette that prints, dimmed to leave room for the glow. */
    vec3 ground = 0.72 * texelFetch(palette_image, ivec2(0, 0), 0).rgb;
    colour += ground * (1.0 - thread);
    gl_FragColor = vec4(colour, 1.0);
}
