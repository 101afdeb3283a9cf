# Set up, run, check. Needs Python 3.11 or newer, make and the package index; nothing else.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
READY   = $(VENV)/.ready
LOWEST ?= .venv-lowest

# As many tests at a time as there are processors. WORKERS=0 runs them one after the other, in this process.
WORKERS ?= auto
PYTEST   = -m pytest --numprocesses $(WORKERS) --maxprocesses 8 --dist worksteal

.PHONY: demo draft test test-slow unattended test-newest test-lowest check venv bench images lock schemas verdicts clean

demo: $(READY)          ## the whole pipeline on the sample week, then where the Word draft is
	$(BIN)/monitor demo demo-week

draft: $(READY)         ## poll the real feeds and draft from what came
	$(BIN)/monitor poll
	$(BIN)/monitor draft

# The types are looked through while the tests are collected; what pytest says meanwhile waits in the pipe. Either can
# fail it, and pytest's closing line comes last.
test: $(READY)          ## format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@rm -f $(VENV)/.types $(VENV)/.tests; if [ -t 1 ]; then color=yes; else color=auto; fi; \
	{ $(BIN)/python $(PYTEST) --color $$color; echo $$? >$(VENV)/.tests; } \
	  | { $(BIN)/mypy; echo $$? >$(VENV)/.types; cat; }; \
	exit $$(($$(cat $(VENV)/.types) | $$(cat $(VENV)/.tests)))

test-slow: $(READY)     ## what takes half a second and more: journeys in the browser, LibreOffice, kills, several machines
	$(BIN)/python $(PYTEST) -m slow

unattended: $(READY)    ## what a year brings, and harm at every point: minutes; POINTS=each takes far longer
	$(BIN)/python $(PYTEST) -m unattended -rP tests/unattended

test-newest: $(READY)   ## the built wheel with the newest releases that it admits, in an environment of its own
	$(BIN)/python -m pytest -m newest tests/project/test_install.py

test-lowest:            ## the tests with the oldest release of each direct dependency that pyproject.toml admits
	$(PYTHON) -m venv --clear $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet uv
	$(LOWEST)/bin/uv pip install --quiet --system-certs --python $(LOWEST)/bin/python \
	  --resolution lowest-direct --editable '.[dev]'
	$(LOWEST)/bin/python $(PYTEST) --ignore tests/project/test_lock.py

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

venv: $(READY)          ## only the environment

bench: $(READY)         ## the figures, as ratios against a peer in the same run
	$(BIN)/python -m benchmarks

schemas: $(READY)       ## rewrite schemas/ from the models that read the YAML files
	$(BIN)/python -m monitor.config.schemas

verdicts: $(READY)      ## take a wanted change of verdicts into tests/quality/verdicts.tsv, and print it
	$(BIN)/python -m tests.quality.verdicts --accept

images: $(READY)        ## the README's pictures, of the demo's draft, notes and desk (needs LibreOffice, Poppler, Chromium)
	rm -rf build/images && mkdir -p build/images docs/images
	$(BIN)/python -m monitor demo build/images/week
	soffice --headless --convert-to pdf --outdir build/images build/images/week/*.docx build/images/week/notes/*.docx
	pdftoppm -png -r 72 -f 1 -l 1 -singlefile build/images/topical-issues-draft-1.pdf docs/images/draft
	pdftoppm -png -r 72 -f 1 -l 1 -singlefile build/images/topical-issues-draft-1-notes.pdf docs/images/notes
	PYTHONPATH=tests $(BIN)/python tests/desk/pictures.py docs/images

lock:                   ## rewrite requirements.lock from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-annotate -q -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) $(LOWEST) demo-week build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

# Everything that is installed is named with its hash in requirements.lock, the build tools too: that is why our own
# package is built without an isolated environment, which would fetch them a second time, unlocked. Nor is anything
# resolved: the lock is whole (tests/project/test_lock.py), and an old pip that resolves `coverage[toml]` anew finds
# the release of tomorrow, which has no hash here, and stops. `pip check` then says whether all of it fits together.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version). Say: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	@touch $@
