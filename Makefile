# make play    sets up and plays the default show:  make play ARGS="coral --fullscreen"
# make test    sets up and runs every check and test
# make test-long   as well those that take minutes
# make fuzz    millions of mutated OSC datagrams and MIDI bytes:  make fuzz ARGS=10000000
# The others:  setup  bench  check  golden  gallery  pages  panels  schemas  lock  clean

ARGS ?=
RUN := .venv/bin
# All tests: one to each processor, up to four at a time. Some of them (ARGS): one after the other,
# which starts at once.
WORKERS ?= $(if $(ARGS),0,auto)
PYTEST := $(RUN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal

.PHONY: play test test-long fuzz setup bench check golden gallery pages panels schemas lock clean

play: setup
	@exec $(RUN)/morphogen play $(ARGS)

# The software renderer, where there is a choice: the golden pictures are made with it.
test: export LIBGL_ALWAYS_SOFTWARE = 1
test: export GALLIUM_DRIVER = llvmpipe
test:
	@sh setup.sh tests
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(PYTEST) $(ARGS)

# Every test, the long forms too.
test-long: export LIBGL_ALWAYS_SOFTWARE = 1
test-long: export GALLIUM_DRIVER = llvmpipe
test-long:
	@sh setup.sh tests
	$(PYTEST) -m "long or not long" -o faulthandler_timeout=1800 $(ARGS)

# Other ones each time; a number in ARGS is how many of each.
fuzz:
	@sh setup.sh tests
	@$(RUN)/python tests/fuzz/osc.py $(ARGS)
	@$(RUN)/python tests/fuzz/midi.py $(ARGS)

setup:
	@sh setup.sh

bench: setup
	@$(RUN)/python tests/bench/bench.py $(ARGS)

check: setup
	@$(RUN)/morphogen check $(ARGS)

# Remakes the golden picture of each scene, or of those in ARGS; look at them before they are committed.
golden: setup
	@LIBGL_ALWAYS_SOFTWARE=1 GALLIUM_DRIVER=llvmpipe $(RUN)/python tests/golden/remake.py $(ARGS)

# Redraws docs/gallery.jpg, the README's sheet and a picture of each scene, or of those in ARGS; without
# ARGS docs/effects.jpg, too.
gallery: setup
	@$(RUN)/python docs/gallery.py $(ARGS)
	@$(if $(ARGS),true,$(RUN)/python docs/effects_sheet.py)

# Rewrites docs/models and docs/effects.md from the shaders' own files, and the tables in docs/controllers.md.
pages: setup
	@$(RUN)/python docs/pages.py
	@$(RUN)/python docs/effects.py
	@$(RUN)/python docs/controller_tables.py

# Rewrites docs/panels: the panels for TouchOSC, Open Stage Control and Max.
panels: setup
	@$(RUN)/python docs/panels.py

# Rewrites config/schemas: what editors complete and check TOML files by.
schemas: setup
	@$(RUN)/python docs/schemas.py

# Remakes requirements.lock from pyproject.toml (needs uv); newer versions: make lock ARGS=--upgrade
# One lock for every system and Python from 3.11 on, with hashes and without addresses, so plain pip installs it.
lock:
	uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	    --extra record --group dev --output-file requirements.lock $(ARGS) pyproject.toml

clean:
	rm -rf .venv build dist bench.json .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
