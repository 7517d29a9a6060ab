"""ISF 2.0: files of the community's shader format, read, compiled and run; ours are a superset."""
