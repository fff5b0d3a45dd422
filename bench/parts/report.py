"""How a benchmark speaks: a table for people, JSON lines with `--quick --json`."""

import json
import sys
from dataclasses import asdict, dataclass

QUICK = "--quick" in sys.argv


@dataclass
class Figure:
    """One thing measured just now. `target` is a limit: "<=6" or ">=250", or none."""

    name: str
    value: float
    unit: str
    target: str = ""

    @property
    def holds(self) -> bool:
        """Whether the value keeps the target."""
        if not self.target:
            return True
        limit = float(self.target[2:])
        return self.value >= limit if self.target.startswith(">=") else self.value <= limit


def report(figures: list[Figure]) -> None:
    """Prints what was measured."""
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        if "--json" in sys.argv:
            print(json.dumps(asdict(figure) | {"holds": figure.holds}), flush=True)
            continue
        verdict = "" if not figure.target else "holds" if figure.holds else "MISSED"
        line = f"{figure.name:{width}}  {figure.value:>10,.2f} {figure.unit:6}"
        print(f"{line} {figure.target:>8}  {verdict}")
