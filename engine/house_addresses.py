"""Addresses that the processes of the house use among themselves, beside those that are played.

Names only. None of them is taken from the network, and none of them is state.
"""

from __future__ import annotations

# Sent before a whole state: what was known of it is void (another scene has other parameters).
STATE_BEGIN = "/state/begin"
# Within the house only, never from the network: what the stage's window tells the desk, and the desk
# the window. They are no state.
TO_DESK, TO_WINDOW = "/desk/", "/window/"
# What the stage could not do, ADDRESS REASON COUNT; a knob that has not met its value, ADDRESS VALUE COUNT.
REFUSED, WAITS = f"{TO_DESK}refused", f"{TO_DESK}waits"
STAGE_ANEW = f"{TO_DESK}stage"  # the stage was lost, and another is started
HELD = f"{TO_DESK}held"  # what must be let go once the desk that holds it is gone: encoded messages
# Which knobs of devices without a map play what: a report of one desk, and what the next one is told.
TOUCHED = f"{TO_DESK}touched"
SEEN = f"{TO_DESK}seen"  # the wave and the spectrum of what is heard are drawn: tell them
PEERS = f"{TO_DESK}peers"  # whom the desk tells: a report of one, and what the next one is told
