# The ten things one does here. Needs only Python 3.11+, git and make.
PY := .venv/bin/python
UV := VIRTUAL_ENV=$(CURDIR)/.venv .venv/bin/uv sync --active --frozen --inexact --quiet

.PHONY: setup demo run test check fmt assets messages bench wheel

setup: .venv/.ready-to-run
	@$(PY) -m sapwood.core.assets
	@echo "[5/5] Texts"
	@$(PY) -m sapwood.core.catalogues --compile

.venv/bin/uv:
	@echo "[1/5] Python environment"
	@test -x $(PY) || python3 -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check uv

.venv/.ready-to-run: pyproject.toml uv.lock | .venv/bin/uv
	@echo "[2/5] Python packages"
	@$(UV) --no-default-groups --group build
	@touch $@

.venv/.ready-to-test: .venv/.ready-to-run
	@echo "      Python packages for tests and checks"
	@$(UV)
	@touch $@

demo: setup
	@.venv/bin/sapwood demo

run: setup
	@.venv/bin/sapwood serve

test: setup .venv/.ready-to-test
	@$(PY) -m pytest -n 2 --dist loadfile

check: setup .venv/.ready-to-test
	@$(PY) -m sapwood.core.quality

fmt: .venv/.ready-to-test
	@$(PY) -m sapwood.core.quality --fix

assets: .venv/.ready-to-run
	@$(PY) -m sapwood.core.assets

messages: .venv/.ready-to-run
	@$(PY) -m sapwood.core.catalogues

bench: setup .venv/.ready-to-test
	@for b in bench/[a-z]*.py; do $(PY) $$b || exit 1; done

wheel: setup
	@.venv/bin/uv build --wheel --quiet --out-dir dist && ls dist
