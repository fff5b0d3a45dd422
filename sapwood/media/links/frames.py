"""Pages that may show a player may frame the sites of the list; all others frame nothing."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update

from sapwood.media.links.players import frame_sources

# Marks a view whose page shows cards: `@may_play` above `def show(request): …`.
may_play: Callable[[Callable[..., Any]], Callable[..., Any]] = csp_update(
    {"frame-src": frame_sources()}
)
