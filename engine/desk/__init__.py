"""The desk: what the performer does becomes messages. Devices and network; never GL."""
