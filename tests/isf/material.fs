/*{ "ISFVSN": "2", "INPUTS": [] }*/

vec4 materialColorForPixel(vec2 place) { return vec4(place, 0.0, 1.0); }
