# Every target does its own set-up; a second call finds it done.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STAMP := .venv/.stamps
SHELL := /bin/bash

.PHONY: run test check bench vendor messages clean

$(STAMP)/venv:
	$(PYTHON) -m venv .venv
	mkdir -p $(STAMP)
	touch $@

$(STAMP)/run: requirements/run.txt pyproject.toml $(STAMP)/venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(STAMP)/dev: requirements/dev.txt $(STAMP)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	touch $@
