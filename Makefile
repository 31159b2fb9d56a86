# Fenjin: every command a person needs. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BOOTSTRAP ?= python3
FENJIN = exec .venv/bin/fenjin
CHECKS = exec .venv/bin/python -m config.checks
# Images of containers often forbid Python to keep what it has compiled. Each process of ours would then compile some
# three thousand files at its start: three seconds of work, every time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup up demo doctor check test prove app

help: ## Show this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done
	@printf '\n  PORT=8000  DATA=var  DEMO=no  EMPLOYEES=20000  HOST=127.0.0.1 go with up; DATABASE_URL and DATABASE_OWNER_URL name a PostgreSQL of your own.\n'

setup: ## Install everything into this folder
	@$(BOOTSTRAP) config/bootstrap.py

up: setup ## Start Fenjin and run until Ctrl-C (PORT=, DATA=, DEMO=no)
	@$(FENJIN) up

demo: setup ## Fill the database with the demo company (EMPLOYEES=20000)
	@$(FENJIN) demo

doctor: ## Check this installation and say what would cure it
	@test -x .venv/bin/fenjin || { echo 'Nothing is installed yet. Run: make setup' >&2; exit 1; }
	@$(FENJIN) doctor

check: setup ## Check quickly: format, lint, types, imports, templates, migrations, tests without a browser
	@$(CHECKS) check

test: setup ## Check everything, as CI does
	@$(CHECKS) test

prove: setup ## The attack, crash, fuzz and accessibility tests at full size, before an issue is called resolved
	@$(CHECKS) prove

app: setup ## Make the skeleton of a new app: make app name=quiz
	@exec .venv/bin/python -m config.new_app '$(name)'
