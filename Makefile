# make run    everything set up, then http://127.0.0.1:8000 with the demonstration district
# make test   all that CI runs
# The rest: setup, screens, bench, validation, manual, lock, format, clean.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export MSOKO_HOME ?= $(CURDIR)/var
# Each goal says itself which database it means.
unexport DATABASE_URL
# Compiled modules are what makes the second start fast.
unexport PYTHONDONTWRITEBYTECODE
DEMO := build/demo
# A network may look into TLS with an authority of its own, which the machine knows and a tool's own list does not.
export UV_SYSTEM_CERTS := true
# What uv cannot have at once, pip fetches: it knows the machine's mirror.
export UV_HTTP_RETRIES := 1

LOCKS := requirements-setup requirements-node requirements requirements-dev
DEMO_SOURCES := $(shell find src/msoko -name '*.py' -o -name '*.yaml')

.PHONY: setup setup-dev run test lint screens bench validation manual lock format clean

# ---- setting up: each step leaves a stamp, so that a second call costs nothing

setup: $(MSOKO_HOME)/.made $(VENV)/.installed $(VENV)/.project build/.assets

setup-dev: $(VENV)/.installed-dev $(VENV)/.project build/.assets

$(VENV)/.made: requirements-setup.txt scripts/make_venv.sh
	@echo "Python environment ($(PYTHON))…"
	@bash scripts/make_venv.sh "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.installed: requirements.txt $(VENV)/.made
	@echo "Python packages…"
	@bash scripts/install.sh $(VENV) requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.made
	@echo "Python packages for development…"
	@bash scripts/install.sh $(VENV) requirements-dev.txt
	@touch $@

$(VENV)/.project: pyproject.toml requirements.in $(VENV)/.made
	@bash scripts/install_project.sh $(VENV)
	@touch $@

build/.assets: package-lock.json .npmrc scripts/copy_assets.py $(VENV)/.made
	@echo "Style sheets and fonts…"
	@bash scripts/fetch_assets.sh $(VENV)
	@mkdir -p build && touch $@

# A home is made once and then left alone: what a person did in it stays, real data are never joined by invented ones.
$(MSOKO_HOME)/.made: | $(VENV)/.installed $(VENV)/.project
	@[ -e "$(MSOKO_HOME)/msoko.sqlite3" ] || bash scripts/make_demo_home.sh $(VENV) "$(MSOKO_HOME)"
	@touch "$@"

# ---- running

run: setup
	@exec $(BIN)/msoko serve --port $(PORT)

# ---- testing

# The demonstration district of the tests, the pictures and the benchmarks: always of the present code.
# (Its rule does not set anything up, so that a test can call it.)
$(DEMO)/.loaded: $(DEMO_SOURCES)
	@rm -rf $(DEMO)
	@bash scripts/make_demo_home.sh $(VENV) $(DEMO)
	@touch $@

lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

test: lint
	$(BIN)/msoko check
	@bash scripts/install_from_debian.sh chromium chromium
	@bash scripts/install_from_debian.sh soffice libreoffice-writer-nogui wanted
	$(MAKE) --no-print-directory $(DEMO)/.loaded
	$(BIN)/pytest -n auto -m "not browser" --manual=check
	MSOKO_TEST_DATABASE=postgresql $(BIN)/pytest -n auto -m "database and not browser"
	$(BIN)/pytest -n 2 -m browser

manual: setup-dev
	$(BIN)/pytest tests/spec --manual=write

# ---- looking and measuring

screens: setup-dev
	@bash scripts/install_from_debian.sh chromium chromium
	$(MAKE) --no-print-directory $(DEMO)/.loaded
	$(BIN)/python -m scripts.screens

bench: setup-dev
	$(MAKE) --no-print-directory $(DEMO)/.loaded
	set -e; for script in benchmarks/[a-z]*.py; do $(BIN)/python "$$script"; done

# How well the signals see and how often they err: needs real protocols, where MSOKO_TESTDATA says or in ../shared.
validation: setup-dev
	nice $(BIN)/msoko validate --real "$(or $(MSOKO_TESTDATA),../shared)/vpr" --write

# ---- keeping

# Hashes without addresses: whoever installs chooses where the files come from.
lock: $(VENV)/.made
	for name in $(LOCKS); do \
	  $(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-header --python-version 3.11 $$name.in -o $$name.txt; \
	done
	npm install --package-lock-only --loglevel=error

format: setup-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf build node_modules src/msoko/web/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf $(VENV) src/*.egg-info
