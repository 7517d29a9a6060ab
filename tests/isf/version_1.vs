varying vec2 moved;
void main() { vv_vertShaderInit(); moved = vv_FragNormCoord; }
