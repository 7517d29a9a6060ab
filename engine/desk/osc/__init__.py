"""OSC in and out: datagrams, who may send them, who hears of what changes."""
