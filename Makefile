# Everything a user or contributor does. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
UV := .tools/bin/uv
READY := .venv/.ready
RUN := .venv/bin
export UV_PYTHON_DOWNLOADS ?= never
# Hundreds of processes are started by the tests; none should compile what another one has compiled.
export PYTHONDONTWRITEBYTECODE :=
export UV_COMPILE_BYTECODE ?= 1
export PYTHON

# The third brings GLib, whose own package is called differently from release to release.
SYSTEM_LIBRARIES := libegl1 libgl1 libpulse-mainloop-glib0 libpulse0 libva-drm2 libva-x11-2 libwayland-cursor0 \
	libwayland-egl1 libxkbcommon0 libxkbcommon-x11-0 libxrandr2 \
	libdbus-1-3 libfontconfig1 fonts-dejavu-core libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
	libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1
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
	$(RUN)/python packaging/hygiene.py

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

.PHONY: docs
docs: $(UV) ## Build the documentation as a site into build/site
	UV_PROJECT_ENVIRONMENT=build/docs-env $(UV) sync --quiet --frozen --only-group docs --python $(PYTHON)
	rm -rf build/site
	build/docs-env/bin/sphinx-build --fresh-env --builder html --fail-on-warning --keep-going --quiet --conf-dir docs --doctree-dir build/docs-cache . build/site
	@echo "Open build/site/index.html"

.PHONY: docs-check
docs-check: $(READY) docs ## Check that everything is documented, and run every block of the pages
	$(RUN)/pytest -n 2 --dist worksteal -q -m "slow or not slow" tests/test_docs.py tests/test_docs_reference.py tests/test_docs_blocks.py

.PHONY: package
package: $(UV) ## Build every package that this system can into dist/
	bash packaging/package.sh $(abspath $(UV)) $(PYTHON)

.PHONY: sbom
sbom: $(UV) ## List what the application is built of, as CycloneDX, in dist/
	bash packaging/sbom.sh $(abspath $(UV)) $(PYTHON)

PROGRAMS ?= dist/fastclip-desktop

.PHONY: package-check
package-check: $(READY) ## Try the packaged application, which PROGRAMS=FOLDER names, without the source tree
	rm -rf build/package-check && mkdir -p build/package-check && cp -r tests/frozen build/package-check/
	cd build/package-check && PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 FASTCLIP_SHOTS=$(abspath build/package-check/pictures) \
		FASTCLIP_PROGRAMS=$(abspath $(PROGRAMS)) $(abspath $(RUN))/pytest --rootdir . -p no:cacheprovider -c /dev/null frozen

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
system: ## Install the system packages that the others need, or name them
	@bash packaging/system-libraries.sh $(SYSTEM_LIBRARIES) $(BUILD_TOOLS)
