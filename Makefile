# Two commands do all: `make run` and `make test`. The rest serves those who work on Clientele.
PYTHON ?= python3
BIN := .venv/bin
BASELINE ?= ../shared/bench/notebook_baseline.py
GENERATOR ?= ../shared/bench/make_transactions.py
REFERENCE ?= ../shared/data
export CLIENTELE_REFERENCE ?= $(wildcard $(abspath $(REFERENCE)))

.PHONY: run test check lint fuzz bench bench-pages bench-segments bench-audiences demo lock clean chromium

run: .venv/run.done
	$(BIN)/python wsgi.py

test: .venv/test.done chromium lint
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/test.done
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not golden"

lint: .venv/test.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The same tests as in `make test`, far longer: make fuzz FUZZ_EXAMPLES=20000
fuzz: .venv/test.done
	FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),3000) $(BIN)/python -m pytest -n 2 tests/core/test_fuzz_reading.py

bench: .venv/test.done
	$(BIN)/python -m tests.bench.compare --baseline $(BASELINE) --generator $(GENERATOR) --reference $(REFERENCE)
	$(BIN)/python -m tests.bench.intake --generator $(GENERATOR)
	$(BIN)/python -m tests.bench.segments
	$(BIN)/python -m tests.bench.audiences

bench-audiences: .venv/test.done
	$(BIN)/python -m tests.bench.audiences

bench-segments: .venv/test.done
	$(BIN)/python -m tests.bench.segments

bench-pages: .venv/test.done
	$(BIN)/python -m tests.bench.pages $(LOG)

demo: .venv/test.done
	$(BIN)/python -m data.shop data/demo_shop.csv.gz
	$(BIN)/python -m data.customers data/demo_customers.csv.gz
	$(BIN)/python -m data.survey data/demo_survey.csv.gz

# The lock is what pip resolves in an empty environment, without a word on where it came from.
lock:
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --requirement requirements.txt
	.venv-lock/bin/python -m pip freeze --exclude pip --exclude setuptools > requirements.lock
	.venv-lock/bin/python -m pip install --quiet --requirement requirements-dev.txt
	.venv-lock/bin/python -m pip freeze --exclude pip --exclude setuptools > requirements-dev.lock
	rm -rf .venv-lock

.venv/bin/python:
	$(PYTHON) -m venv .venv || { echo "Python 3.11 or newer with venv is needed (Debian: apt install python3-venv)"; exit 2; }

.venv/run.done: requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	touch $@

.venv/test.done: requirements-dev.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	touch $@ .venv/run.done

chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	|| { echo "The browser tests need Chromium (Debian: apt install chromium)"; exit 2; }

clean:
	rm -rf .venv .venv-lock .pytest_cache .mypy_cache .ruff_cache .hypothesis
