/* Swirl: a place carried by a slow, smooth, endless flow that comes round with its phase.

   Read:    nothing but what is given: a place of the picture 0..1, a phase 0..1, a strength in heights
   Method:  waves bent by waves, each with a whole number of turns in a phase and across the picture;
            so there is neither a seam at the borders nor a jump where the phase begins anew. */

vec2 swirl(vec2 place, float phase, float strength) {
    float turn = 6.2831853 * phase;
    vec2 p = 6.2831853 * place;
    vec2 bent = p;
    bent += 0.8 * vec2(sin(p.y + p.x + turn), cos(p.x - p.y + 1.7 - turn));
    bent += 0.4 * vec2(sin(2.0 * bent.y + 4.1 + turn), sin(2.0 * bent.x - turn));
    vec2 moved = vec2(sin(bent.y + turn) + 0.4 * cos(bent.x - 2.0 * bent.y + 2.0 * turn),
                      cos(bent.x + 0.8 - turn) + 0.4 * sin(bent.y + 2.0 * bent.x + 2.0 * turn));
    return place + strength * moved * vec2(RENDERSIZE.y / RENDERSIZE.x, 1.0);
}

/* A large hilly map, -1..1, that moves with the same flow. */
float swirl_height(vec2 place, float phase) {
    float turn = 6.2831853 * phase;
    vec2 p = 6.2831853 * place;
    vec2 bent = p + vec2(1.1 * sin(p.y + turn + 0.5), 0.9 * cos(2.0 * p.x - turn));
    return 0.55 * sin(bent.x + bent.y + 2.0 * turn) + 0.45 * cos(2.0 * bent.x - bent.y - turn + 2.0);
}
