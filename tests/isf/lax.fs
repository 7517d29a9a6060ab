/*{
    // who wrote it: nobody
    "DESCRIPTION": null, "CREDIT": "https://somewhere.else", "IMPORTED": null,
    "INPUTS": [
        { "NAME": "low", "Type": "Float", "default": .25, "MIN": 0., "MAX": 1., "LABEL": null }, // a quarter
        { "NAME": "many", "TYPE": "int", "DEFAULT": 2, "MIN": 0, "MAX": 4 },
        { "NAME": "kind", "TYPE": "long", "VALUES": ["Still", "Moving"], "DEFAULT": "Moving" },
    ],
    "PASSES": [ { "TARGET": "kept", "persistent": true }, {} ]
}*/
void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(0.2, 0.0, 0.0, 1.0);
    else gl_FragColor = vec4(IMG_THIS_PIXEL(kept).r, low * float(many), float(kind) * 0.5, 1.0);
}
