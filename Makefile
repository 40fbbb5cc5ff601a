# Everyday commands. `make run` needs Python 3.11 or newer and nothing else.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# Set in some containers; every process would then compile a thousand modules again at each start.
export PYTHONDONTWRITEBYTECODE :=
export UV_PYTHON_DOWNLOADS := never
export PYTHON

PY := .venv/bin/python
APPS := config community rewards engagement
# More arguments for pytest, for example: make test ARGS="tests/community -k reply"
ARGS ?=
WORKERS ?= 2

.PHONY: help run test check fix seed bench faults services assets messages lock doctor install install-dev

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install:
	@bash config/stack/install.sh requirements.lock

install-dev:
	@bash config/stack/install.sh requirements-dev.lock

run: install ## Start Porchlight at http://localhost:8000 (PORT=…), with everything it needs
	@exec $(PY) -m config.stack up

services: install ## Start only the database and the queue
	@exec $(PY) -m config.stack services

doctor: install ## Say what keeps Porchlight from running here, and what cures it
	@$(PY) manage.py doctor

seed: install ## Fill an empty site with the demo community
	@$(PY) manage.py seed_demo

test: install-dev ## Run all tests, in a real browser too
	@bash config/stack/test.sh $(WORKERS) $(ARGS)

check: install-dev ## Style, types, architecture, migrations, API and deployment checks
	@bash config/stack/check.sh

fix: install-dev ## Let the tools mend what they can
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: install-dev ## Measure speed, memory and start-up
	@$(PY) -m benchmarks $(ARGS)

faults: install-dev ## Break things on purpose while people use the site, and count what was lost
	@$(PY) -m benchmarks.faults $(ARGS)

assets: ## Rebuild static/dist from frontend/ (needs Node)
	@sh frontend/vendor.sh

messages: install-dev ## Gather what the product says into locale/, and compile it (ARGS="--begin fr")
	@$(PY) manage.py messages $(ARGS)

lock: install-dev ## Resolve the dependencies of pyproject.toml afresh
	@.venv/bin/uv pip compile pyproject.toml --extra embedded --universal --generate-hashes --no-header --no-annotate --quiet -o requirements.lock
	@.venv/bin/uv pip compile pyproject.toml --extra embedded --extra dev --universal --generate-hashes --no-header --no-annotate --quiet -o requirements-dev.lock
