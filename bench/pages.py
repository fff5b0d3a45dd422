"""The ten commonest pages, in a small and a large organisation: time, processor, queries, bytes.

`python bench/pages.py` compares 150 people with 20,000 people and 1,000,000 moments;
`--quick` compares 150 with 2,000 people and 100,000 moments, in under 45 seconds.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.parts.organisation import organisation
from bench.parts.report import QUICK, Figure, report
from bench.parts.server import ROOT, Server, environment

PAGES = {
    "Today": "/",
    "Explore": "/explore/",
    "search": "/explore/?q=leak",
    "rings": "/rings/",
    "journal": "/journal/",
    "moments": "/moments/",
    "add a moment": "/moments/new/",
    "a resource": "/activities/{activity}/",
    "a colleague": "/people/{person}/",
    "what others see": "/what-others-can-see/",
}
FEW_QUERIES = {"Today", "Explore", "rings", "journal"}
MOST_QUERIES, TODAY_CPU, OTHER_CPU, TODAY_RATE = "<=12", "<=6", "<=12", ">=250"
SECONDS = 0.5 if QUICK else 3.0
LARGE = "2,000 people" if QUICK else "20,000 people"


def inside(folder: Path) -> dict[str, Any]:
    """Queries and bytes of each page, and a cookie."""
    command = [sys.executable, str(ROOT / "bench" / "parts" / "inside.py"), json.dumps(PAGES)]
    done = subprocess.run(
        command, env=environment(folder), stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(size: str) -> tuple[list[Figure], dict[str, float]]:
    """All figures of one organisation, and the processor time of each page for comparison."""
    folder = organisation(size)
    known = inside(folder)
    figures: list[Figure] = []
    cpu: dict[str, float] = {}

    def add(what: str, value: float, unit: str, target: str = "") -> None:
        figures.append(Figure(f"{size}: {what}", round(value, 2), unit, target))

    with Server(folder) as server:
        add("start to first page", server.seconds_to_first_page, "s", "<=2")
        for page in known["pages"].values():  # compiled, connected, in memory
            server.load(page["path"], 2, 0.3, known["cookie"])
        for name, page in known["pages"].items():
            run = server.load(page["path"], 1, SECONDS, known["cookie"])
            cpu[name] = run["cpu"]
            add(f"{name}, p50", run["p50"], "ms")
            add(f"{name}, p95", run["p95"], "ms", "<=15" if name == "Today" else "")
            limit = OTHER_CPU if name in FEW_QUERIES else ""
            limit = TODAY_CPU if name == "Today" else limit
            add(f"{name}, processor a request", run["cpu"], "ms", limit)
            add(
                f"{name}, queries", page["queries"], "", MOST_QUERIES if name in FEW_QUERIES else ""
            )
            add(f"{name}, HTML", page["html"] / 1024, "KB", "<=40" if name == "Today" else "")
            add(f"{name}, sent", run["bytes"] / 1024, "KB", "<=8" if name == "Today" else "")
        busy = server.load("/", 8, SECONDS * 2, known["cookie"])
        add("Today at 8 clients, two workers", busy["rate"], "req/s", TODAY_RATE)
        crowd = server.load("/", 32, SECONDS, known["cookie"])
        add("Today at 32 clients, p95", crowd["p95"], "ms", "<=150")
        add("memory of the two serving processes", server.memory_mb(), "MB", "<=110")
    return figures, cpu


def main() -> None:
    """Both organisations, then how much each page grew."""
    small, before = measure("150 people")
    large, after = measure(LARGE)
    growth = [
        Figure(
            f"{name}, processor time, 150 to {LARGE}",
            round((after[name] / before[name] - 1) * 100, 1),
            "%",
            "<=20",
        )
        for name in PAGES
    ]
    report([*small, *large, *growth])


if __name__ == "__main__":
    main()
