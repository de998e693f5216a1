# make run    sets everything up and serves the workspace (PORT=8000)
# make test   checks, then the whole suite on SQLite and on PostgreSQL, then the journeys
# make check  format, lint, types, imports, templates, migrations
# make proof  the long machines: 10,000 steps each
# make bench  the named cases (CASE=pages; BENCH_JSON=file for the same as JSON)
# make words  collects the words of the pages for the translators, and compiles what they wrote
# make lock   compiles the lock files after a change of requirements*.in

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two at a time: the tests share a machine with a browser and a database server.
JOBS ?= 2

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check format proof bench words lock clean

help:
	@sed -n 's/^# make/make/p' Makefile

# --- the environment ---------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name another one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python cannot make an environment. On Debian: apt install python3-venv"; exit 1; }

# A stamp says which lock is installed, so a second run starts in seconds.
$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# A fresh secret for a trial on this machine. DEMO=1 fills an empty database with made-up people.
.env: | $(BIN)/python
	@umask 077 && { echo "SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))')"; \
		echo "DEMO=1"; } > $@
	@echo "Wrote .env with a fresh secret."

# --- what people do ----------------------------------------------------------------------------

run: $(VENV)/.runtime .env
	@exec $(BIN)/advocacy run

check: $(VENV)/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/advocacy db check
	@if command -v node >/dev/null && command -v npm >/dev/null && npm ping --fetch-retries=0 --fetch-timeout=5000 >/dev/null 2>&1; \
		then node static/editor/build.mjs --check; \
		else echo "The editor was not built again and compared: no node, or no npm registry."; fi

test: $(VENV)/.tools
	$(BIN)/python -m tests.prepare
	$(MAKE) check
	$(BIN)/python -m tests.again -q -n $(JOBS) --dist worksteal --ignore=tests/journeys -- tests
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m tests.again -q -n $(JOBS) --dist worksteal --db=postgres --ignore=tests/journeys -- tests
	# Each file in the order it tells its story, with a server of its own; one on PostgreSQL too.
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m tests.again -q -n $(JOBS) --dist loadfile -p no:randomly -- tests/journeys

format: $(VENV)/.tools
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

proof: $(VENV)/.tools
	$(BIN)/python -m tests.prepare
	$(BIN)/pytest -q -n $(JOBS) --dist worksteal tests/machines --hypothesis-profile=proof
	$(BIN)/python -m tests.postgres -- $(BIN)/pytest -q -n $(JOBS) --dist worksteal tests/machines --db=postgres --hypothesis-profile=proof

bench: $(VENV)/.tools
	$(BIN)/python -m tests.bench $(CASE)

WORDS := advocacy/translations

# No guesses: a sentence that changed stands in English until somebody has translated it.
words: $(VENV)/.tools
	$(BIN)/pybabel -q extract -F $(WORDS)/babel.cfg -k _l -k lazy_gettext --omit-header \
		--no-location --sort-output -o $(VENV)/words.pot .
	$(BIN)/pybabel -q update -i $(VENV)/words.pot -d $(WORDS) -w 100 \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel compile -d $(WORDS) --statistics

# Without these words pip-compile writes addresses and paths of this machine into the lock.
# pip-tools itself stands on pip and setuptools, so the tools may lock those too.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --no-emit-options --strip-extras

lock: $(VENV)/.tools
	$(LOCK) --output-file=requirements.txt requirements.in
	$(LOCK) --allow-unsafe --output-file=requirements-dev.txt requirements-dev.in

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
