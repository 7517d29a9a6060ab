/*{ "ISFVSN": "2", "INPUTS": [] }*/

void main() {
    gl_FragColor = vec4(unknown_word);
}
