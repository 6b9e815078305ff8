# The two commands: `make site` builds the site into public/, `make test` runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := $(VENV)/.site
TOOLS := $(VENV)/.tools
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--custom-compile-command "make lock"

# Four files of tests at once, also on two processors: half of their time they wait for browsers, servers and clocks.
# Each file stays in one process.
# They go in the order of their names: files with few tests are often the longest, and must not be the last.
SIDE_BY_SIDE := -n 4 --dist loadfile --no-loadscope-reorder

ADMIN := sitegen/admin/assets/adapter.js

.PHONY: site serve docs check ready links preview summary quick test other-machine all-tests proof lint format messages speech lock audit sbom dist admin-assets upgrade-admin clean bench

# BASE_URL in the environment goes before the address in site.yaml.
site: $(SITE)
	$(BIN)/python build.py $${BASE_URL:+--base-url "$$BASE_URL"}

# The site while it is written.
serve: $(SITE)
	$(BIN)/python build.py serve

# The manual as a site, public-docs/: docs/ in the default theme. BASE_URL in the environment is its address.
docs: $(SITE)
	$(BIN)/python -m tools.make_docs $${BASE_URL:+--base-url "$$BASE_URL"}

# Everything that an editor wants to know; on GitHub, each problem also as a note beside its line.
check: $(SITE)
	$(BIN)/python build.py check --strict

# Whether the site may be published: no placeholders, no example domains; says what to fill in.
ready: $(SITE)
	@$(BIN)/python -m tools.ci_ready $${BASE_URL:+--base-url "$$BASE_URL"}

# The addresses outside, too: takes minutes, and the network.
links: $(SITE)
	$(BIN)/python build.py check --external

# The site as a folder that opens from disk without a server: public-offline/.
preview: $(SITE)
	$(BIN)/python build.py --offline

# What changed since the branch or commit SINCE, in Markdown: for the page of a pull request.
summary: $(TOOLS)
	@$(BIN)/python -m tools.ci_summary "$${SINCE:-origin/main}"

# What to run after each change: all but browsers, servers, Java, installations and long stories; three cases a function.
quick: $(TOOLS)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --quick --cases 3

# Every test function, each with at most six of its cases where they take time; SITEGEN_CASES=0 tries all of them, as `make proof` does.
test: $(TOOLS)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --cases $${SITEGEN_CASES:-6}

# All cases of all tests, and every page of the site in a real browser.
proof: $(TOOLS)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "proof or not proof"

# The quick tests as on another machine: another user, language, time zone, umask, home, terminal and git.
other-machine: $(TOOLS)
	tools/other_machine.sh $(SIDE_BY_SIDE) --quick

# The tests with every tool that one of them wants, installed by apt and npm.
all-tests:
	.ci/run

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

# Known holes in the packages of the lock files; needs the network.
audit: $(TOOLS)
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements-dev.lock

# What an installation consists of, as CycloneDX tells it: sbom.cdx.json.
sbom: $(TOOLS)
	$(BIN)/python -m tools.make_sbom

# The web editor for /admin/, from the packages of package-lock.json: sitegen/admin/assets/. Needs Node.js.
admin-assets: $(ADMIN)

# Another version of the web editor, VERSION in the environment: takes it if every test of the editor passes.
upgrade-admin: $(ADMIN)
	$(BIN)/python -m tools.upgrade_admin "$${VERSION:-}"

# The packages of a release: dist/. TAG in the environment must be that of the version.
dist: $(TOOLS) $(ADMIN)
	$(BIN)/python -m tools.check_tag "$${TAG:-}"
	rm -rf dist
	$(BIN)/pyproject-build --no-isolation

$(SITE): requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.lock
	touch $(SITE)

$(TOOLS): requirements-dev.lock $(SITE)
	$(PIP) -r requirements-dev.lock
	touch $(TOOLS)

$(ADMIN): package-lock.json tools/make_admin_assets.py $(wildcard sitegen/admin/adapter/*.mjs) $(TOOLS)
	npm ci --silent --no-audit --no-fund --ignore-scripts
	$(BIN)/python -m tools.make_admin_assets

clean:
	rm -rf $(VENV) sitegen/admin/assets public .public.spare public-offline .public-offline.spare public-offline.zip public-docs .public-docs.spare .cache dist build sbom.cdx.json
