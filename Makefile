# Everything that a person does with this project. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PORT ?= 8000
VENV := .venv
TOOLS := .venv/tools
PYTHON ?= $(shell for p in python3.12 python3.11 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 30

.PHONY: python
python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or later is needed and was not found. On Debian: apt install python3 python3-venv"; exit 1; fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module. On Debian: apt install python3-venv"; exit 1; }

$(VENV)/ready: setup.py | python
	@echo "Setting up (once, about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[standalone]'
	@touch $@

$(TOOLS)/ready: | python
	@$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check 'tox>=4.11' 'tox-uv>=1.16'
	@touch $@

.PHONY: run
run: $(VENV)/ready ## Serve the demo on 127.0.0.1 (PORT=8000)
	@RM_DEMO=1 RM_VAR=var $(VENV)/bin/reverse-mentoring serve --port $(PORT) --course examples/onboarding-course

.PHONY: test
test: $(TOOLS)/ready ## Run every test: both ends of the version matrix, databases, wheel, browser, quality
	@.ci/chromium
	@$(TOOLS)/bin/tox run $(TOX)

.PHONY: bench
bench: $(VENV)/ready ## Measure views and matching beside others' and print the ratios
	@$(VENV)/bin/python benchmarks/views.py
	@$(VENV)/bin/python benchmarks/matching.py

.PHONY: bench-matching
bench-matching: $(VENV)/ready ## Measure the matching engine alone
	@$(VENV)/bin/python benchmarks/matching.py

.PHONY: bench-answering
bench-answering: $(VENV)/ready ## Measure what saving an answer costs while the programme grows
	@$(VENV)/bin/python benchmarks/answering.py

.PHONY: course
course: | python ## Pack the example course for import in Studio
	@$(PYTHON) examples/pack.py var/onboarding-course.tar.gz

.PHONY: translations
translations: $(VENV)/ready ## Extract the strings and compile the catalogues (needs GNU gettext)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check polib
	@$(VENV)/bin/python translations/refresh.py

.PHONY: clean
clean: ## Remove what the other targets made
	rm -rf $(VENV) .tox build dist var *.egg-info
