"""The stream of a group, as its page draws it."""

from typing import Any

from sapwood.conversations.stream import stream_context
from sapwood.people.doors.asking import PersonRequest
from sapwood.spaces.page import may_write


def stream_of(request: PersonRequest, space: Any, *, only: str = "") -> dict[str, Any]:
    """Composer and cards; `space` comes from `page.load`."""
    return stream_context(
        request,
        space.audience,
        only=only,
        may_write=may_write(request.user, space),
        people=space.people,
        look=space.has_draft,
    )
