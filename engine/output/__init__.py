"""The outputs: where the picture goes. A window, a recording, a preview file."""
