/*{
  "DESCRIPTION": "Play: the parameters that every model has, of rates as of rules",
  "INPUTS": [
    {"NAME": "speed", "TYPE": "float", "LABEL": "Pace of time", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.0},
    {"NAME": "steps_per_beat", "TYPE": "float", "LABEL": "Steps a beat (0: as many a second)", "MIN": 0.0, "MAX": 2000.0, "DEFAULT": 0.0},
    {"NAME": "rain", "TYPE": "float", "LABEL": "Drops a second", "MIN": 0.0, "MAX": 30.0, "DEFAULT": 0.0},
    {"NAME": "rain_radius", "TYPE": "float", "LABEL": "Size of a drop", "MIN": 0.004, "MAX": 0.3, "DEFAULT": 0.02},
    {"NAME": "rain_amount", "TYPE": "float", "LABEL": "Weight of a drop", "MIN": -1.0, "MAX": 1.0, "DEFAULT": 0.6}
  ],
  "MORPHOGEN": {"UNITS": {"speed": "x", "steps_per_beat": "steps", "rain": "1/s", "rain_radius": "heights"}}
}*/
/* Read by the show, not by the GPU: how many steps are due, where drops fall. */
