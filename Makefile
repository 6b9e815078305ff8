# The two commands: `make site` builds the site into public/, `make test` runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := $(VENV)/.site
TOOLS := $(VENV)/.tools
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: site test proof lint format messages speech lock clean bench

site: $(SITE)
	$(BIN)/python build.py

test: $(TOOLS)
	$(BIN)/python -m pytest

# The tests, and every page of the site in a real browser.
proof: $(TOOLS)
	$(BIN)/python -m pytest -m "proof or not proof"

lint: $(TOOLS)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict sitegen build.py

format: $(TOOLS)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# This generator beside others, each installed below .cache/bench: about 20 minutes; into docs/performance.md.
bench: $(TOOLS)
	$(BIN)/python -m benchmarks.run --into docs/performance.md

# Interface strings: collect them from templates and engine, and bring every catalogue up to date.
messages: $(SITE)
	$(BIN)/python build.py messages update

# What the tool itself says: collect it, name what is not translated, compile the rest.
speech: $(TOOLS)
	$(BIN)/python -m tools.make_speech

# The lock files pin every package with its hashes: what the site needs, and with it what the tests need.
lock: $(TOOLS)
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) -o requirements.lock pyproject.toml
	$(LOCK) --extra dev -o requirements-dev.lock pyproject.toml

$(SITE): requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.lock
	touch $(SITE)

$(TOOLS): requirements-dev.lock $(SITE)
	$(PIP) -r requirements-dev.lock
	touch $(TOOLS)

clean:
	rm -rf $(VENV) public .public.spare public-offline .public-offline.spare public-offline.zip .cache
