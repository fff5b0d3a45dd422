"""A rings picture that carries its own colours, for a file on somebody's disk."""

import re

from sapwood.ledger.rings.colours import stylesheet

XMLNS = "http://www.w3.org/2000/svg"


def standalone(svg: str, theme: str = "light", side: int = 1000) -> str:
    """The picture of `full` or `small` with styles and paper inside, `side` pixels square."""
    head, body = opened(svg)
    words, drawing = described(body)
    sized = head.replace("<svg ", f'<svg xmlns="{XMLNS}" width="{side}" height="{side}" ', 1)
    return (
        f"{sized}{words}<style>{stylesheet(theme)}</style>"
        f'<rect class="paper" width="1000" height="1000"/>{drawing}'
    )


def opened(svg: str) -> tuple[str, str]:
    """The opening tag, and all that follows it."""
    end = svg.index(">") + 1
    return svg[:end], svg[end:]


def described(body: str) -> tuple[str, str]:
    """The title and description, which must come first, and the drawing after them."""
    found = re.match(r"<title.*?</title><desc.*?</desc>", body, re.DOTALL)
    end = found.end() if found else 0
    return body[:end], body[end:]
