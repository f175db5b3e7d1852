# `make run` is the portal, `make test` its proof. Python 3.11 or newer, make and git are all that is needed.

SHELL := /bin/sh
PYTHON ?= python3

# Where this is set, each process would compile the portal and all its packages anew: seconds at every start.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --no-compile --no-input --disable-pip-version-check --no-warn-script-location --require-hashes
# The checks that read code need settings, but neither a database nor a secret.
CHECKING := SECRET_KEY=only-for-reading-the-code-only-for-reading-the-code-0 SITE_URL=https://portal.example.eu \
	RECEIPT_SIGNING_KEY=cmVhZGluZyB0aGUgY29kZSBzaWducyBubyByZWNlaXA= \
	EMAIL_URL=smtp://mail.example.eu DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing?pool_timeout=1 REDIS_URL= DEMO=false LOG_LEVEL=ERROR

.PHONY: help run test soak lint format bench lock messages restore-drill environment development measuring clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: environment ## the portal with demo content on http://localhost:8000 (PORT=, HOST=); Ctrl-C stops all of it
	@$(BIN)/python -m nccsi.running.run

# What measures how long something is away has the machine to itself, two at a time.
test: development ## the whole suite; names what it had to leave out (REQUIRE_ALL=1 makes that a failure; ARGS= for pytest)
	@$(BIN)/python -m pytest $(or $(ARGS),--numprocesses=auto --dist=loadgroup -m "not alone")
	@$(if $(ARGS),,$(BIN)/python -m pytest --numprocesses=2 --dist=loadgroup -m alone tests/faults)

soak: development ## the fault tests with their full numbers (a quarter of an hour or more); docs/reliability.md keeps what they print
	@SOAK=1 $(BIN)/python -m pytest tests/faults tests/calls/test_reminder_properties.py $(ARGS)

lint: development ## ruff, mypy, djhtml, missing migrations, untranslated strings, the words of docs/glossary.md
	@echo "  ruff";           $(BIN)/ruff check --quiet .
	@echo "  ruff format";    $(BIN)/ruff format --quiet --check . || { $(BIN)/ruff format --check .; exit 1; }
	@echo "  mypy";           $(CHECKING) $(BIN)/mypy --no-error-summary .
	@echo "  djhtml";         $(BIN)/djhtml --check $$(git ls-files --cached --others --exclude-standard '*.html')
	@echo "  migrations";     $(CHECKING) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@echo "  translations";   $(CHECKING) $(BIN)/python manage.py check_catalogs
	@echo "  words";          $(CHECKING) $(BIN)/python manage.py check_words

format: development ## write code and templates as `make lint` wants them
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .
	@$(BIN)/djhtml $$(git ls-files --cached --others --exclude-standard '*.html')

bench: measuring ## the benchmarks, each a table with ratios
	@$(BIN)/python -m benchmarks

messages: development ## collect new texts into locale/*/LC_MESSAGES/django.po (needs gettext)
	@$(CHECKING) $(BIN)/python manage.py check_catalogs --update

restore-drill: environment ## restore a backup into a database and a folder that go again (FOLDER=, IDENTITY= for a sealed one)
	@$(BIN)/python manage.py restore --check '$(FOLDER)' $(if $(IDENTITY),--identity '$(IDENTITY)')

lock: ## renew requirements/*.txt from pyproject.toml
	@PYTHON='$(PYTHON)' sh requirements/lock.sh

environment: $(BIN)/python
	@cmp -s requirements/base.txt $(VENV)/installed-base.txt || { \
		echo "  Installing the locked packages (a minute, once) …"; \
		$(PIP) -r requirements/base.txt && cp requirements/base.txt $(VENV)/installed-base.txt; }
	@$(BIN)/python -m nccsi.running.catalogs

development: environment
	@cmp -s requirements/dev.txt $(VENV)/installed-dev.txt || { \
		echo "  Installing the locked packages for tests and checks …"; \
		$(PIP) -r requirements/dev.txt && cp requirements/dev.txt $(VENV)/installed-dev.txt; }

measuring: development
	@cmp -s requirements/bench.txt $(VENV)/installed-bench.txt || { \
		echo "  Installing what the benchmarks compare with …"; \
		$(PIP) -r requirements/bench.txt && cp requirements/bench.txt $(VENV)/installed-bench.txt; }

# Not a dependency on a file's age: an environment whose Python has gone is made anew.
.PHONY: $(BIN)/python
$(BIN)/python:
	@PYTHON='$(PYTHON)' sh requirements/environment.sh '$(VENV)'

clean: ## remove the environment, the demo's data and all caches
	@rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache
