"""make check: every rule a machine can hold, one line each with its time; `--fix` formats.

Each of these was seen to fail: tests/architecture plants a violation for every one.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sapwood.core.environment import PACKAGE

ROOT = PACKAGE.parent
BIN = Path(sys.executable).parent
TEMPLATES = [str(p) for p in sorted(PACKAGE.glob("**/templates")) if p.is_dir()]
PYTHON = ["sapwood", "tests", "bench", "conftest.py", "manage.py"]
DJANGOFMT = [str(BIN / "djangofmt"), "--quiet", "--profile", "jinja"]
MANAGE = [sys.executable, "-m", "sapwood.cli", "manage"]

CHECKS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy"), "--no-error-summary", "sapwood"],
    "ruff": [str(BIN / "ruff"), "check", "--quiet", *PYTHON],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", *PYTHON],
    "templates": [*DJANGOFMT, "--check", *TEMPLATES],
    "imports": [str(BIN / "lint-imports"), "--no-logo"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "translations": [sys.executable, "-m", "sapwood.core.catalogues", "--check"],
    "bandit": [str(BIN / "bandit"), "-q", "-c", "pyproject.toml", "-ll", "-r", "sapwood"],
}
FIXES = [
    [str(BIN / "ruff"), "check", "--fix-only", "--quiet", *PYTHON],
    [str(BIN / "ruff"), "format", "--quiet", *PYTHON],
    [*DJANGOFMT, *TEMPLATES],
]


def run(name: str) -> tuple[str, bool, float, str]:
    """One check: name, whether it holds, seconds, and what it said."""
    start = time.perf_counter()
    done = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SAPWOOD_TESTING": "1"},
    )
    said = (done.stdout + done.stderr).strip()
    return name, done.returncode == 0, time.perf_counter() - start, said


def main() -> int:
    """Runs all checks, two at a time; 0 when every one holds."""
    if "--fix" in sys.argv:
        for command in FIXES:
            subprocess.run(command, cwd=ROOT, check=False)
        return 0
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, holds, seconds, said in pool.map(run, CHECKS):
            print(f"{'fine ' if holds else 'WRONG'}  {name:13} {seconds:5.1f} s", flush=True)
            if not holds:
                failed.append(said)
    for said in failed:
        print(f"\n{said}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
