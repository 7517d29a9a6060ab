/*{ "ISFVSN": "2", "INPUTS": [ { "NAME": "inputImage", "TYPE": "image" },
    { "NAME": "part", "TYPE": "float", "MIN": 1.0, "MAX": 8.0, "DEFAULT": 4.0 } ],
    "PASSES": [ { "TARGET": "half_of", "WIDTH": "floor($WIDTH / 2.0)", "HEIGHT": "max(floor($HEIGHT * 0.02), 1.0)", "FLOAT": true },
                { "TARGET": "by_input", "WIDTH": "$WIDTH / $part", "HEIGHT": 3, "FLOAT": true },
                { "TARGET": "by_image", "WIDTH": "$WIDTH_inputImage - 1", "FLOAT": true }, { } ] }*/
// What each pass says of its own size, and what its target is as large as.
void main() {
    if (PASSINDEX < 3) gl_FragColor = vec4(RENDERSIZE, PASSINDEX, 1.0);
    else {
        int column = int(gl_FragCoord.x);
        vec4 told = IMG_NORM_PIXEL(half_of, vec2(0.5));
        vec2 size = IMG_SIZE(half_of);
        if (column == 1) { told = IMG_NORM_PIXEL(by_input, vec2(0.5)); size = IMG_SIZE(by_input); }
        if (column == 2) { told = IMG_NORM_PIXEL(by_image, vec2(0.5)); size = IMG_SIZE(by_image); }
        if (column == 3) { told = vec4(RENDERSIZE, PASSINDEX, 1.0); size = RENDERSIZE; }
        gl_FragColor = vec4(told.xyz / 16.0, told.xy == size ? 1.0 : 0.0);
    }
}
