# Avec: every task of the project. « make » alone lists them.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check --no-input

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

# Made once for each version of the lock: a second « make run » starts at once.
$(VENV)/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@$(PIP) --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

.PHONY: install
install: $(VENV)/.installed ## Install Avec in .venv (then: .venv/bin/avec)

.PHONY: install-dev
install-dev: $(VENV)/.installed-dev ## Install Avec and what tests and checks it

.PHONY: run
run: $(VENV)/.installed ## Run the demo on http://localhost:8000 (PORT=…, DATABASE_URL=…)
	@AVEC_DEMO=1 exec $(BIN)/avec serve --port $(PORT)

.PHONY: test
test: $(VENV)/.installed-dev ## Run the whole suite; browser journeys too where a Chromium is found
	$(BIN)/python -m pytest -n auto --dist loadfile
	@$(MAKE) --no-print-directory test-browser

.PHONY: test-browser
test-browser: $(VENV)/.installed-dev ## Run the browser journeys (needs a Chromium)
	@$(BIN)/python -m tests.browser.found && $(BIN)/python -m pytest -n 2 --dist loadgroup -m browser tests/browser || test $$? -eq 3

.PHONY: test-postgres
test-postgres: $(VENV)/.installed-dev ## Run the suite on the PostgreSQL of DATABASE_URL
	@test -n "$(DATABASE_URL)" || { echo "Give DATABASE_URL=postgres://…"; exit 2; }
	DATABASE_URL=$(DATABASE_URL) $(BIN)/python -m pytest -n auto --dist loadfile

.PHONY: check
check: $(VENV)/.installed-dev ## Format, lint, types, import contracts, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet avec
	$(BIN)/mypy avec
	$(BIN)/lint-imports
	$(BIN)/avec manage makemigrations --check --dry-run
	$(BIN)/avec manage check

.PHONY: format
format: $(VENV)/.installed-dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: bench
bench: $(VENV)/.installed-dev ## Measure the pages on the demo and on 5,000 persons: a JSON line each
	$(BIN)/python -m tests.bench

.PHONY: screens
screens: $(VENV)/.installed-dev ## Take the pictures of docs/screens from the demo (needs a Chromium)
	$(BIN)/python -m tests.screens

.PHONY: lock
lock: $(VENV)/.installed ## Write the hash-pinned locks again (needs uv: pip install uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock requirements.in
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o requirements-dev.lock requirements-dev.in

.PHONY: clean
clean: ## Remove the virtual environment and the demo's data
	rm -rf $(VENV) var
