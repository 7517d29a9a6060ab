"""Sound in: devices that come and go, files, what is heard in them. Knows no scene."""
