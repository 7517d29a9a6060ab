"""Morphogen: hands on a controller change numbers; numbers steer a diffusion; it becomes light."""

__version__ = "0.1.0"
