# What a newcomer types. Every step of set-up is skipped while its inputs stay the same.
.DEFAULT_GOAL := help
.PHONY: help setup ready run test check ask chat eval quality bench soak hostile audit lock clean

PYTHON ?= $(shell command -v python3 || echo /usr/bin/python3)
SETUP = $(PYTHON) scripts/setup.py
BIN = .venv/bin

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Set everything up: environments, encoder, store, index, Rasa model
	@$(SETUP)

ready:
	@$(SETUP) --brief

run: setup ## Set up and serve on http://127.0.0.1:8000
	@exec $(BIN)/trolyso serve

test: ## Set up what tests need and run them all
	@$(SETUP) --dev
	@$(PYTHON) scripts/run_tests.py $(ARGS)

check: ## Lint, format, types, layers
	@$(SETUP) --dev tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

ask: export QUESTION := $(value Q)
ask: ready ## Ask one question: make ask Q="ai chủ trì chỉ tiêu OCOP 2024?"
	@$(BIN)/trolyso ask -- "$$QUESTION"

chat: ready ## Talk in the terminal
	@$(BIN)/trolyso chat

FILES ?= eval/reporting.jsonl eval/tuning.jsonl
eval: setup ## Score the assistant on all labelled questions, or on some: make eval FILES=eval/tuning.jsonl
	@$(BIN)/trolyso evaluate --show 5 $(FILES)

SETS = eval/reporting.jsonl eval/tuning.jsonl
MEASURED = .trolyso/quality
quality: setup ## Measure answers, search and spellings and write docs/quality.md
	@mkdir -p $(MEASURED)
	@$(BIN)/trolyso evaluate --json $(MEASURED)/dialogues.json $(SETS)
	@$(BIN)/trolyso bench ablation --json $(MEASURED)/ablation.json tests/knowledge/search/data/*.jsonl
	@$(BIN)/trolyso robustness --json $(MEASURED)/robustness.json $(SETS)
	@$(BIN)/python -m eval.publish $(MEASURED)

bench: setup ## Measure speed and memory beside the default bot of Rasa, and write docs/performance.md
	@$(BIN)/trolyso bench speed --page docs/performance.md $(FILES)

MINUTES ?= 30
soak: setup ## Kill, stop, fill and damage parts under load for 30 minutes, and write docs/reliability.md
	@$(BIN)/trolyso soak --minutes $(MINUTES) --page docs/reliability.md $(FILES)

COUNT ?= 100000
hostile: setup ## Send 100,000 hostile messages and read hostile files, and write docs/reliability.md
	@$(BIN)/trolyso hostile --count $(COUNT) --page docs/reliability.md $(FILES)

audit: ## Ask for known vulnerabilities of everything that is locked
	@$(SETUP) --dev tools
	@$(BIN)/python scripts/audit.py

lock: ## Renew the lock files from pyproject.toml
	@$(PYTHON) scripts/lock.py

clean: ## Remove everything that set-up built; what people sent stays
	rm -rf .venv .venv-rasa build *.egg-info
	@if [ -d .trolyso ]; then find .trolyso -mindepth 1 -maxdepth 1 ! -name 'people.sqlite3*' -exec rm -rf {} +; fi
	@rmdir .trolyso 2>/dev/null || true
