"""The tabs and panels that groups have of their own; notes add theirs here too."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sapwood.spaces.models import Note
from sapwood.spaces.tabs import Panel, Tab, group_panel, group_tab

NEWEST_NOTES = 3


def _unanswered(space: Any, _person: Any) -> int:
    """Counted with the page (`SpaceQuerySet.for_page`)."""
    return int(space.unanswered)


def _newest_notes(space: Any, _person: Any) -> dict[str, Any] | None:
    """What the group wrote down lately; whoever reads the page may read it."""
    notes = Note.objects.standing().filter(space=space)
    newest = list(notes.for_lists().latest_first()[:NEWEST_NOTES])
    return {"notes": newest} if newest else None


group_tab(Tab("stream", _("Stream"), "group", order=10))
group_tab(Tab("questions", _("Questions"), "group_questions", _unanswered, order=20))
group_tab(Tab("notes", _("What we know"), "group_notes", order=30))
group_tab(Tab("people", _("People"), "group_people", order=90))
group_panel(Panel("notes", "spaces/notes/_panel.html", _newest_notes, order=30))
