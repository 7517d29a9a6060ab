/*{ "ISFVSN": "2", "INPUTS": [] }*/
// What time it is, in a column each.
void main() {
    int column = int(gl_FragCoord.x);
    vec3 seen = vec3(TIME, TIMEDELTA, float(FRAMEINDEX) / 10.0);
    if (column == 1) seen = vec3(DATE.x / 4000.0, DATE.y / 12.0, DATE.z / 31.0);
    if (column == 2) seen = vec3(DATE.w / 86400.0);
    gl_FragColor = vec4(seen, 1.0);
}
