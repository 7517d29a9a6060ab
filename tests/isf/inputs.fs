/*{ "ISFVSN": "2", "INPUTS": [
    { "NAME": "flash", "TYPE": "event" },
    { "NAME": "on", "TYPE": "bool", "DEFAULT": 1 },
    { "NAME": "mode", "TYPE": "long", "VALUES": [ 2, 4, 8 ], "LABELS": [ "two", "four", "eight" ], "DEFAULT": 4 },
    { "NAME": "level", "TYPE": "float", "MIN": 1.0, "MAX": 0.0, "DEFAULT": "0.25" },
    { "NAME": "place", "TYPE": "point2D", "DEFAULT": [ 0.25, 0.75 ] },
    { "NAME": "tint", "TYPE": "color", "DEFAULT": [ 0.1, 0.2, 0.3 ] } ] }*/
// Each input in a column of its own.
void main() {
    int column = int(gl_FragCoord.x);
    vec3 seen = vec3(flash ? 1.0 : 0.0, on ? 1.0 : 0.0, 0.0);
    if (column == 1) seen = vec3(float(mode) / 16.0, level, 0.0);
    if (column == 2) seen = vec3(place, 0.0);
    if (column == 3) seen = tint.rgb;
    gl_FragColor = vec4(seen, 1.0);
}
