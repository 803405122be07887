# The commands of the project; `make` alone lists them. `make site` needs Python 3.11 or newer, make and git, nothing else.

PY := .venv/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check
SPHINX := $(PY) -m sphinx
STRICT := -W -n --keep-going -j auto
# The first Python on the PATH that is new enough; `make PYTHON=/path/to/python3 …` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help site ebooks publish serve test test-slow bench lighthouse prices lock clean tools pango fonts

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The address of the published site, where there is one: with it, the addresses in the feed of editions are absolute.
SITE_URL ?=

site: .venv/.site ## build the site into build/html, and pack it as the offline copy of its edition
	@echo "Building the site: warnings are errors"
	@$(SPHINX) $(STRICT) $(if $(SITE_URL),-D html_baseurl=$(SITE_URL)) -b html . build/html -d build/doctrees/html
	@$(PY) scripts/editions.py pack
	@echo "Open file://$(CURDIR)/build/html/index.html"

ebooks: .venv/.test | pango fonts ## make the EPUB and the PDF of the whole book, beside the offline copy of its edition
	@test -f build/html/editions.atom || $(MAKE) --no-print-directory site
	@echo "Building the EPUB, and the book in one page for the PDF"
	@rm -rf build/epub build/single
	@$(SPHINX) -q $(STRICT) -b epub . build/epub -d build/doctrees/epub
	@$(SPHINX) -q $(STRICT) -b singlehtml . build/single -d build/doctrees/single
	@$(PY) scripts/editions.py bind

# Sphinx leaves the pages of documents that are gone, so the folder is made anew.
publish: ## build the site and publish it into a folder, beside all editions: make publish TO=../published
	@test -n "$(TO)" || { echo "Name the folder of the last publication, or an empty one: make publish TO=../published"; exit 1; }
	@rm -rf build/html
	@$(MAKE) --no-print-directory site ebooks
	@$(PY) scripts/editions.py publish --to "$(TO)"

# The reloading script is an inline one, which the site's own content security policy refuses: no policy while serving.
serve: .venv/.site ## serve the site on http://127.0.0.1:8000 and rebuild it while you write
	@$(PY) -m sphinx_autobuild -n --keep-going -D furo_fixes_csp=0 -d build/doctrees/serve \
		--re-ignore '/(\.venv|\.git|build|node_modules|__pycache__|\.hypothesis|\.[a-z]+_cache|[^/]+\.egg-info)(/|$$)' \
		--watch book/data --watch assessments --watch exts . build/serve

test: .venv/.test node_modules/.installed | pango fonts ## check style, types and behaviour (installs what that needs)
	@echo "ruff check"
	@$(PY) -m ruff check --quiet
	@echo "ruff format --check"
	@$(PY) -m ruff format --check --quiet
	@echo "mypy"
	@$(PY) -m mypy --no-error-summary
	@echo "pytest"
	@$(PY) -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

test-slow: .venv/.test node_modules/.installed ## run the slow tests (large books, many builds)
	@$(PY) -m pytest -q -m slow

bench: .venv/.test ## measure building, pages, prices and banks
	@$(PY) -m scripts.bench
	@$(PY) -m scripts.bench_banks

lighthouse: .venv/.test build/lighthouse/.installed ## mark a chapter, a quiz and a simulation of the built site
	@$(PY) scripts/lighthouse.py

build/lighthouse/.installed:
	@echo "Installing Lighthouse (150 packages, into build/lighthouse)"
	@mkdir -p $(@D) && npm install --silent --no-package-lock --prefix $(@D) lighthouse@12.8.2
	@touch $@

# check says 1 where a price is stale; where it says 0, there is nothing to write, and no build/impact.md.
prices: .venv/.test ## look for a newer price feed, update the price book, and write what moves to build/impact.md
	@mkdir -p build && rm -f build/impact.md
	@$(PY) scripts/prices.py pin
	@$(MAKE) --no-print-directory --silent .venv/.test
	@$(PY) scripts/prices.py check --at "$$(date -u +%F)" && exit; test $$? = 1 && \
		echo "Updating the price book" && $(PY) scripts/prices.py update && \
		$(PY) scripts/prices.py impact --format markdown > build/impact.new && mv build/impact.new build/impact.md && \
		echo "What moves is in build/impact.md"

lock: ## renew requirements*.txt from the newest releases that pyproject.toml allows
	@rm -rf build/lock && $(PYTHON) -m venv build/lock
	@echo "Installing the newest releases"
	@build/lock/bin/python -m pip install --quiet --upgrade pip setuptools
	@build/lock/bin/python -m pip install --quiet '.[serve]'
	@build/lock/bin/python -m pip freeze --all --exclude pip --exclude costbook > build/lock/site.txt
	@build/lock/bin/python -m pip install --quiet '.[serve,test]'
	@build/lock/bin/python -m pip freeze --all --exclude pip --exclude costbook > build/lock/test.txt
	@{ head -n 1 requirements.txt; cat build/lock/site.txt; } > build/lock/requirements.txt
	@{ head -n 1 requirements-test.txt; grep -vxFf build/lock/site.txt build/lock/test.txt; } > build/lock/requirements-test.txt
	@mv build/lock/requirements.txt build/lock/requirements-test.txt . && rm -rf build/lock

clean: ## remove what builds and checks wrote (.venv and node_modules stay)
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info exts/*.egg-info
	@find exts scripts tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Stamps: a second run installs nothing until a list of requirements changes.

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and python3 is older or missing: see https://www.python.org/downloads/"; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/.site: requirements.txt pyproject.toml | $(PY)
	@echo "Installing what the site needs (requirements.txt)"
	@$(PIP) install -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: requirements-test.txt .venv/.site
	@echo "Installing what the tests need (requirements-test.txt)"
	@$(PIP) install -r requirements-test.txt
	@touch $@

node_modules/.installed: package.json | tools
	@echo "Installing the checkers (package.json)"
	@npm install --silent --no-package-lock
	@touch $@

# $(call apt,packages) installs them, where this machine has apt-get.
define apt
as_root=; test "$$(id -u)" = 0 || as_root=sudo; \
	echo "Installing with apt-get:" $(1); \
	$$as_root apt-get -qq update && DEBIAN_FRONTEND=noninteractive $$as_root apt-get -qq install -y --no-install-recommends $(1) >/dev/null
endef

# WeasyPrint draws letters with Pango, a library that no wheel brings along.
pango:
	@$(PY) -c 'import weasyprint' 2>/dev/null && exit; \
	command -v apt-get >/dev/null || { echo "The PDF of the book needs Pango, please install it (brew install pango)"; exit 1; }; \
	$(call apt,libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

# Chapter 2 has a text in Japanese and one with emoji; a PDF takes its letters from the machine that makes it.
fonts:
	@missing=; command -v fc-list >/dev/null || missing=fontconfig; \
	fc-list :lang=ja 2>/dev/null | grep -q . || missing="$$missing fonts-ipafont-gothic"; \
	fc-list :charset=1f389 2>/dev/null | grep -q . || missing="$$missing fonts-noto-color-emoji"; \
	test -n "$$missing" || exit 0; \
	command -v apt-get >/dev/null || { echo "The PDF will show boxes for Japanese or emoji; please install fonts that have them:$$missing"; exit 0; }; \
	$(call apt,$$missing)

# Java runs the HTML checker, Node the link checker, Chromium the browser tests. Where apt-get is missing, one line says what to install.
tools: | .venv/.shell
	@missing=; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	command -v node >/dev/null && command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	test -n "$$missing" || exit 0; \
	command -v apt-get >/dev/null || { echo "The tests need these programs, please install them:$$missing"; exit 1; }; \
	$(call apt,$$missing)

# With Chromium's headless shell the browser tests need two thirds of the time. Tried once: not every apt has it, and any Chromium will do.
.venv/.shell: | $(PY)
	@command -v chromium-headless-shell >/dev/null || ! command -v apt-get >/dev/null || { $(call apt,chromium-headless-shell); } \
		|| echo "Going on without it"
	@touch $@
