# Every target sets up what it needs in .venv by itself, and is quick the second time.

VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
READY := $(VENV)/.ready-dev
READY_BENCH := $(VENV)/.ready-bench
READY_SYSTEM := $(VENV)/.ready-system

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format bench divisions docs clean

help: ## say what there is
	@echo "make TARGET [ARGS='…']"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

setup: $(READY) ## make .venv and install the project with what its tests need

$(READY): pyproject.toml tools/setup.sh
	@VENV=$(VENV) sh tools/setup.sh dev
	@touch $@

$(READY_BENCH): $(READY)
	@VENV=$(VENV) sh tools/setup.sh dev bench
	@touch $@

$(READY_SYSTEM): $(READY)
	@sh tools/setup.sh --system
	@touch $@

demo: $(READY) ## crawl a simulated nation with the real spiders and compare with its truth
	@$(BIN)/govcrawl demo $(ARGS)

test: $(READY) $(READY_SYSTEM) ## run the tests (ARGS='-m "not slow"' for the quick ones)
	$(BIN)/python -m pytest $(ARGS)

lint: $(READY) ## ruff, the format, mypy strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY) ## let ruff put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY_BENCH) ## measure; one JSON line per figure
	@$(BIN)/python -m tests.benchmarks $(ARGS)

divisions: $(READY) ## make data/divisions.csv again from its source (needs npm)
	$(BIN)/python data/make_divisions.py

docs: $(READY) ## write docs/variables.md again from the forms
	$(BIN)/python -m tools.write_docs

clean: ## remove .venv and what tools leave behind; never data/corpus
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage *.egg-info
	find . -name __pycache__ -type d -not -path './data/corpus/*' -prune -exec rm -rf {} +
