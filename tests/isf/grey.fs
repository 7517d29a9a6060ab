/*{ "ISFVSN": "2", "INPUTS": [ { "NAME": "amount", "TYPE": "float", "DEFAULT": 0.5 } ] }*/
void main() { gl_FragColor = vec4(amount, amount, amount, 1.0); }
