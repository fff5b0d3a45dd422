"""The words of the sample organisation, read from data/*.yaml."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=8)
def texts(name: str) -> dict[str, Any]:
    """One file as plain data."""
    return dict(yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))
