"""Keeping the index in step: what is published is in it, everything else is not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from sapwood.activities.search.backends import backend
from sapwood.activities.search.tokens import column

if TYPE_CHECKING:
    from sapwood.activities.models import Activity

QUOTED = 20_000  # letters of plain text that search may quote
INDEXED = 50_000


def index_activity(activity: "Activity", words: str) -> None:
    """Writes the search columns and puts it in, or takes it out, of the index."""
    activity.plain = " ".join(words.split())[:QUOTED]
    activity.search_title = column(activity.title)[:1000]
    activity.search_text = column(f"{_around(activity)} {words}"[:INDEXED])
    activity.save(update_fields=["facts", "plain", "search_title", "search_text", "ring", "form"])
    if activity.is_published:
        backend().put(activity.pk, activity.search_title, activity.search_text)
    else:
        forget([activity.pk])


def _around(activity: "Activity") -> str:
    """What is said about it: summary, owner, way in both languages, facts."""
    owner, way = activity.owner.name if activity.owner else "", activity.kind_of_way
    return f"{activity.summary} {owner} {way.name_en} {way.name_pt} {activity.facts}"


def said_in(activity: "Activity") -> str:
    """Title, what is said about it and the text that may be quoted, as people wrote them."""
    return f"{activity.title} {_around(activity)} {activity.plain}"


def forget(ids: Iterable[UUID]) -> None:
    """Takes activities out of the index; do it before their rows go."""
    backend().remove(list(ids))


@transaction.atomic
def rebuild() -> int:
    """Indexes everything published again, after rows were written in bulk; says how many."""
    from sapwood.activities.models import Activity

    backend().clear()
    count = 0
    for activity in Activity.objects.published().select_related("owner").iterator(500):
        activity.refresh()
        count += 1
    return count
