"""Short notes after an action, with Undo where the action can be taken back."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

REFUSED = "refused"


def toast(
    request: HttpRequest,
    text: str,
    *,
    undo: str = "",
    payload: str = "",
    kept: bool = False,
    kind: str = "",
) -> None:
    """Shows `text` on the next page; `undo` is an address that takes POST with `payload`.

    `kept` is for an entry or a moment that joined the rings: a line of grain draws itself there.
    `kind` is REFUSED where nothing was done: a tick beside it would say that something was.
    """
    more = {"undo": undo, "payload": payload, "kept": kept, "kind": kind}
    messages.info(request, text, extra_tags=json.dumps(more))


def waiting_toasts(request: HttpRequest) -> list[dict[str, Any]]:
    """The notes not shown yet, as {text, undo, payload}; reading them empties the list."""
    notes = []
    for message in messages.get_messages(request):
        tags = message.extra_tags or ""
        more = json.loads(tags) if tags.startswith("{") else {"undo": "", "payload": ""}
        notes.append({"text": str(message.message), **more})
    return notes
