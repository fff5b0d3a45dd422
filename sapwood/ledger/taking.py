"""Taking one's record away: rows for a spreadsheet, JSON for another system, pages to read."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sapwood.ledger.models import Moment
from sapwood.people.models import Person
from sapwood.people.sheets import line

FORMAT = "sapwood-moments/1"


def as_csv(moments: Iterable[Moment]) -> str:
    """One row a moment under translated headings; no cell can start a formula."""
    rows = (line(_cells(moment)) for moment in moments)
    return "".join(("\ufeff", line(_headings()), *rows))


def as_json(person: Person, moments: Iterable[Moment], now: datetime) -> str:
    """Everything the record holds, with codes that stay and the words of today."""
    content = {
        "format": FORMAT,
        "person": {"name": person.name, "email": person.email},
        "taken_at": now.isoformat(),
        "moments": [_fields(moment) for moment in moments],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _headings() -> list[str]:
    return [
        _("Day"), _("What I learned"), _("Way"), _("Ring"), _("Minutes"), _("Form"), _("Where"),
        _("What it was for"), _("Name in my rings"), _("Came from"), _("I wrote about it"),
        _("Meant to learn"), _("Shown to"),
    ]  # fmt: skip


def _cells(moment: Moment) -> Iterator[str]:
    yield moment.occurred_on.isoformat()
    yield moment.title
    yield moment.kind_of_way.name
    yield str(moment.ring)
    yield str(moment.minutes or "")
    yield str(moment.get_form_display())
    yield str(moment.get_place_display())
    yield "; ".join(aim.label for aim in moment.aims)
    yield moment.knot
    yield moment.source_title
    yield _("Yes") if moment.reflected else _("No")
    yield _("Yes") if moment.intended else _("No")
    yield "; ".join(share.person.name for share in moment.shares.all())


def _fields(moment: Moment) -> dict[str, Any]:
    return {
        "id": str(moment.uid),
        "day": moment.occurred_on.isoformat(),
        "title": moment.title,
        "way": moment.way,
        "way_name": moment.kind_of_way.name,
        "ring": moment.ring,
        "minutes": moment.minutes,
        "form": moment.form,
        "place": moment.place,
        "intended": moment.intended,
        "planned": moment.planned,
        "on_work_time": moment.on_work_time,
        "objectives": [str(aim.name).lower() for aim in moment.aims],
        "name_in_rings": moment.knot,
        "source": {"type": moment.source_type, "title": moment.source_title}
        if moment.source_type
        else None,
        "reflected": moment.reflected,
        "shown_to": [share.person.name for share in moment.shares.all()],
        "kept_at": moment.created_at.isoformat(),
    }
