# Everything from nothing but Python 3.11 or newer, make and git. `make` alone lists the targets.

# The first Python that is new enough; PYTHON=/path/to/python3 chooses another one.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# Programs that were read once start at once the next time; the tests alone start dozens.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-all faults lint format shell-env python install install-dev

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' Makefile

demo: install  ## the whole product on this machine, with people in it; PORT=8050 chooses the port
	@$(BIN)/python -m cpdtracker.demo

demo-reset: python  ## remove everything the demo stored
	@$(PYTHON) -m cpdtracker.demo reset

test: install-dev  ## the tests, on a real PostgreSQL and Valkey; ARGS="tests/accounts -k name" narrows it
	@$(BIN)/pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)

test-all: install-dev  ## the same with the thorough ones, as CI runs them
	@$(BIN)/pytest -n auto --maxprocesses 8 --dist worksteal -m "" $(ARGS)

faults: install-dev  ## reminders under kills and outages, thousands of them, in one table; ARGS="--mails 1000" is shorter
	@$(BIN)/python -m tests.faults $(ARGS)

lint: install-dev  ## style, types, templates, imports, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports
	$(BIN)/python -m cpdtracker.servers exec -- $(BIN)/mypy
	$(BIN)/python -m cpdtracker.servers exec -- $(BIN)/python manage.py makemigrations --check --dry-run

format: install-dev  ## put the code into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

shell-env: install-dev  ## a shell with private PostgreSQL and Valkey around it, for manage.py; data is thrown away
	@$(BIN)/python -m cpdtracker.servers exec

install: python
	@$(PYTHON) requirements/install.py demo

install-dev: python
	@$(PYTHON) requirements/install.py dev

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say PYTHON=/path/to/python3." >&2; exit 1; }
