"""Icons by their Lucide name, drawn once and kept."""

from copy import deepcopy
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

import lucide

from sapwood.core.markup import drawn

DRAWN_BY_CSS = {"xmlns", "width", "height", "fill", "stroke", "stroke-width", "stroke-linecap",
                "stroke-linejoin", "class"}  # fmt: skip


@lru_cache(maxsize=512)
def icon(name: str, classes: str = "") -> Any:
    """The icon as inline SVG of class `ico`, hidden from screen readers: the words beside it speak.

    Raises lucide.IconDoesNotExist for a name that Lucide does not know.
    """
    root = deepcopy(lucide._load_icon(name))
    for attribute in DRAWN_BY_CSS & set(root.keys()):
        del root.attrib[attribute]
    root.attrib |= {"class": f"ico {classes}".strip(), "aria-hidden": "true"}
    text = ET.tostring(root, encoding="unicode")
    return drawn(text.replace("\n", ""))
