/*{ "ISFVSN": "2", "INPUTS": [] }*/
// out vec4 nothing;
out vec4 fragColor;
void main() { fragColor = vec4(0.25, 0.5, 0.75, 1.0); }
