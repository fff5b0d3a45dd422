"""The one place that may call text safe: what we drew, and stored HTML after an allow-list."""

import nh3
from markupsafe import Markup  # noqa: TID251 - this is that place

TAGS = {
    "p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "a", "ul", "ol", "li", "blockquote",
    "pre", "code", "hr", "img", "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"alt", "data-upload", "width", "height", "src"}}


def drawn(text: str) -> Markup:
    """Marks markup that our own code built from escaped parts (SVG, icons) as safe."""
    return Markup(text)  # noqa: S704


def clean(html: str) -> str:
    """Stored rich text reduced to the allow-list; used on write and again on render."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


def rich(html: str) -> Markup:
    """Rich text ready to show."""
    return Markup(clean(html))  # noqa: S704
