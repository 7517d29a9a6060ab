/*{ "ISFVSN": "2", "INPUTS": [ { "NAME": "inputImage", "TYPE": "image" }, { "NAME": "mask", "TYPE": "image" } ] }*/
// Each way to read a picture, in a column of its own.
void main() {
    int column = int(gl_FragCoord.x);
    vec2 here = isf_FragNormCoord;
    vec4 seen = IMG_THIS_PIXEL(inputImage);
    if (column == 1) seen = IMG_THIS_NORM_PIXEL(inputImage);
    if (column == 2) seen = IMG_NORM_PIXEL(inputImage, here, 0.0);
    if (column == 3) seen = IMG_PIXEL(inputImage, gl_FragCoord.xy);
    if (column == 4) seen = IMG_PIXEL(inputImage, here * IMG_SIZE(inputImage), 0.0);
    if (column == 5) seen = texture2D(inputImage, here * _inputImage_imgRect.zw);
    if (column == 6) seen = IMG_PIXEL(inputImage, here * _inputImage_imgSize);
    if (column == 7) seen = IMG_THIS_PIXEL(mask);
    gl_FragColor = seen;
}
