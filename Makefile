# Two commands do all the set-up: `make demo` and `make test`. `make check` is CI.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NUTGRAF_DATA ?= ../shared
export NUTGRAF_DATA

.PHONY: demo build test rust-test python-test check lint stubs fuzz bench model clean

demo: build
	$(BIN)/python examples/demo.py

# The package, built and installed into the local environment.
build: $(VENV)/ready
	$(BIN)/maturin develop --release --quiet

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip 'maturin>=1.9,<2'
	touch $@

# What the tests need beside the package.
$(VENV)/ready-to-test: $(VENV)/ready pyproject.toml
	$(BIN)/python -m pip install --quiet --group test
	touch $@

test: rust-test python-test

rust-test:
	cargo test --quiet

python-test: build $(VENV)/ready-to-test
	$(BIN)/python -m pytest

check: test lint stubs fuzz

lint: $(VENV)/ready-to-test
	cargo fmt --check
	cargo clippy --quiet --all-targets --features python -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The hand-written stub of the compiled half says what it really has.
stubs: build $(VENV)/ready-to-test
	$(BIN)/python -m mypy.stubtest nutgraf._core

clean:
	rm -rf $(VENV) target python/nutgraf/_core*.so
