# Everything from nothing but Python 3.11 or newer, make and git. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset install test lint format shell-env clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null || sed -n 's/^\([a-z-]*\):.*## /  make \1  /p' $(MAKEFILE_LIST)

shell-env:  ## a shell with private PostgreSQL and Valkey around it, for manage.py; data is thrown away at exit
	@$(BIN)/python -m cpdtracker.servers exec
