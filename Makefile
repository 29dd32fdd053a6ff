# Everything a user or contributor does. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
UV := .tools/bin/uv
READY := .venv/.ready
RUN := .venv/bin
export UV_PYTHON_DOWNLOADS ?= never
export PYTHON

SYSTEM_LIBRARIES := libegl1 libgl1 libpulse0 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 fonts-dejavu-core \
	libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 \
	libxcb-xinerama0 libxcb-xkb1
BUILD_TOOLS := g++ python3-venv

.PHONY: help
help: ## List these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: demo
demo: $(READY) ## Clip a sample talk from a local link, by times and by words
	$(RUN)/fastclip demo -o build/demo

.PHONY: run
run: $(READY) ## Open the window
	$(RUN)/fastclip-desktop

.PHONY: test
test: $(READY) ## Run the tests
	$(RUN)/pytest -n 3 --dist worksteal

.PHONY: test-all
test-all: $(READY) ## Run the tests and the slow ones
	$(RUN)/pytest -n 3 --dist worksteal -m "slow or not slow"

.PHONY: lint
lint: $(READY) ## Check style, types and architecture
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-logo

.PHONY: format
format: $(READY) ## Mend style
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

.PHONY: bench
bench: $(READY) ## Measure against ffmpeg, smartcut and moviepy in one run
	$(RUN)/python -m tests.benchmarks

.PHONY: screenshots
screenshots: $(READY) ## Take a picture of every screen into build/screenshots
	$(RUN)/python -m tests.screenshots build/screenshots

.PHONY: translations
translations: $(READY) ## Collect the window's texts and compile what was translated
	bash packaging/translations.sh

.PHONY: docs-check
docs-check: $(READY) ## Check that every command, code and page link is documented
	$(RUN)/pytest -n 0 -q tests/test_docs.py

.PHONY: package
package: $(READY) ## Build the wheel and the one-folder application into dist/
	$(UV) build --out-dir dist
	UV_PROJECT_ENVIRONMENT=build/package-env $(UV) sync --frozen --no-default-groups --group package --python $(PYTHON)
	build/package-env/bin/pyinstaller --noconfirm --log-level WARN --workpath build/pyinstaller --distpath dist fastclip.spec

.PHONY: clean
clean: ## Remove what these targets made
	rm -rf .venv .tools build dist

$(UV): | system
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "FastClip needs Python 3.11 or later; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9'

$(READY): pyproject.toml uv.lock $(UV)
	$(UV) sync --frozen --python $(PYTHON)
	touch $@

# Qt's and the compiler's packages: installed where we may, else named in one command.
.PHONY: system
system:
	@bash packaging/system-libraries.sh $(SYSTEM_LIBRARIES) $(BUILD_TOOLS)
