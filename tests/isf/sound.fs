/*{ "ISFVSN": "2", "INPUTS": [ { "NAME": "wave", "TYPE": "audio", "MAX": 8 },
    { "NAME": "bins", "TYPE": "audioFFT", "MAX": "16" } ] }*/
// What is heard: the wave below, the spectrum above.
void main() {
    if (isf_FragNormCoord.y < 0.5) gl_FragColor = vec4(IMG_NORM_PIXEL(wave, vec2(isf_FragNormCoord.x, 0.5)).rgb, 1.0);
    else gl_FragColor = vec4(IMG_NORM_PIXEL(bins, vec2(isf_FragNormCoord.x, 0.5)).r, IMG_SIZE(bins).x / 32.0, IMG_SIZE(wave).x / 32.0, 1.0);
}
