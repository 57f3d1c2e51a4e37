.DEFAULT_GOAL := help
.PHONY: help setup run test faults check fix messages docs screenshots runtime programs FORCE

PORT ?= 8501
BIN := .venv/bin
# One worker a core; every worker has a server and a browser of its own. Files go to the workers in
# the order of tests/conftest.py: the long ones first, so that none is left alone at the end.
PYTEST_OPTIONS ?= -n auto --dist loadfile --no-loadscope-reorder

# A virtual environment whose Python has gone (moved folder, upgraded system) is made again.
VENV_WORKS := $(shell $(BIN)/python -c 'print("yes")' 2>/dev/null)

help: ## List what can be done here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.tests-ready ## Install everything, the test tools too, into .venv

run: runtime ## Set up, load the workbooks of data/ if there is no database yet, and serve on PORT (8501)
	@database="$${RAPPORTEUR_DATABASE:-var/rapporteur.duckdb}"; \
	if [ ! -e "$$database" ]; then \
		if ls "$${database%.duckdb}"-[0-9]*.duckdb >/dev/null 2>&1; then \
			$(BIN)/python -m rapporteur history; exit 1; \
		fi; \
		echo "No database at $$database yet: loading the workbooks under data/ …"; \
		$(BIN)/python -m rapporteur load --shipped || exit 1; \
	fi
	@echo "Serving at http://localhost:$(PORT) (stop with Ctrl+C)"
	$(BIN)/python -m streamlit run serve.py --server.port $(PORT)

test: setup programs ## Set up, then run every check and every test, the browser's included
	$(MAKE) check
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

faults: setup ## Plant known faults one by one in a copy, and see that the tests catch each (takes long)
	$(BIN)/python -m tests.faults

check: setup ## Check format, style and types; writes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

fix: setup ## Format, and repair what can be repaired
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: runtime ## Collect translatable texts from the code into assets/translations
	@mkdir -p var
	PYTHONPATH=. $(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keyword text --keyword plural:1,2 \
		 --keyword later --no-location --sort-output --no-wrap --output-file var/messages.pot .
	@for language in lt en; do \
		$(BIN)/pybabel --quiet update --input-file var/messages.pot --output-dir assets/translations \
			--domain rapporteur --locale $$language --no-fuzzy-matching --ignore-obsolete --no-wrap \
			--ignore-pot-creation-date || exit 1; \
	done

docs: runtime ## Write docs/workbook.md from the declaration of the workbook
	$(BIN)/python -m rapporteur.delivery.reference_page docs/workbook.md

screenshots: setup programs ## Make the pictures of README.md and docs/ anew, into docs/pictures
	$(BIN)/python -m docs.screenshots

runtime: .venv/.ready

.venv/.ready: requirements.txt $(if $(VENV_WORKS),,FORCE)
	$(make_venv)
	@echo "Installing the packages of requirements.txt …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.tests-ready: requirements-dev.txt $(if $(VENV_WORKS),,FORCE)
	$(make_venv)
	@echo "Installing the packages of requirements-dev.txt …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch .venv/.ready $@

FORCE:

define make_venv
	@if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		found=; \
		for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
			if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
				found=$$name; break; \
			fi; \
		done; \
		if [ -z "$$found" ]; then \
			echo "Python 3.11 or newer is needed and was not found." >&2; \
			echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3.11 …" >&2; \
			exit 1; \
		fi; \
		if ! $$found -c 'import venv, ensurepip' >/dev/null 2>&1; then \
			echo "$$found has no venv module, which is needed to install packages for this folder alone." >&2; \
			echo "Install it (Debian, Ubuntu: apt-get install python3-venv) and run this again." >&2; \
			exit 1; \
		fi; \
		echo "Making .venv with $$($$found --version) …"; \
		$$found -m venv --clear .venv || exit 1; \
	fi
endef

# The tests drive a real browser and real office programs; a machine that has them is left alone.
programs:
	@packages=; \
	command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
		|| command -v google-chrome >/dev/null 2>&1 || packages="chromium"; \
	if command -v fc-list >/dev/null 2>&1; then \
		fc-list | grep -q . || packages="$$packages fonts-dejavu-core"; \
	elif [ -n "$$packages" ]; then \
		packages="$$packages fonts-dejavu-core"; \
	fi; \
	command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1 \
		|| packages="$$packages libreoffice-calc"; \
	command -v lowriter >/dev/null 2>&1 || packages="$$packages libreoffice-writer"; \
	[ -n "$$packages" ] || exit 0; \
	needed="The tests drive a real browser and real office programs; missing here:$$packages."; \
	if ! command -v apt-get >/dev/null 2>&1; then \
		echo "$$needed Without them those tests are skipped or fail; install them and run this again." >&2; \
		case "$$packages" in *chromium*|*fonts*) exit 1;; *) exit 0;; esac; \
	fi; \
	sudo=; \
	if [ "$$(id -u)" != 0 ]; then \
		command -v sudo >/dev/null 2>&1 || { \
			echo "$$needed Have an administrator run: apt-get install $$packages" >&2; \
			case "$$packages" in *chromium*|*fonts*) exit 1;; *) exit 0;; esac; \
		}; \
		sudo=sudo; \
	fi; \
	echo "$$needed Installing for the whole machine with apt-get$${sudo:+ (sudo may ask for your password)} …"; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$packages
