#if __VERSION__ <= 120
varying vec2 moved;
#else
out vec2 moved;
#endif
// Held within 0..1 at the corners: right only if they are the picture's own.
void main() {
    isf_vertShaderInit();
    moved = clamp(isf_FragNormCoord + vec2(shift, 0.0), 0.0, 1.0);
}
