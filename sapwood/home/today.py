"""Today: the prompt first, what to pick up, what is coming, one suggestion, the rings small."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sapwood.activities.models import Activity
from sapwood.core.pages import readable_offline, render
from sapwood.core.prepared import Prepared
from sapwood.home.greeting import ahead, greeting
from sapwood.home.guidance.offering import guidance_for
from sapwood.home.models import Level
from sapwood.home.picture import trunk_of
from sapwood.home.waiting import waiting_for
from sapwood.journal.prompting import prompt_for
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

MOST = 4  # rows in a list of this page
LOOKED_AT = 40
_joined = Prepared(
    lambda person: Activity.objects.joined_by(person).published().for_cards()[:LOOKED_AT]
)


def taken_up(person: Person, now: datetime) -> tuple[list[Activity], list[Activity]]:
    """What the person joined and has not finished: begun, and still to come. One query."""
    joined = _joined(person=person.pk)
    coming = [thing for thing in joined if is_ahead(thing, now)]
    begun = [thing for thing in joined if not is_ahead(thing, now)]
    return begun[:MOST], sorted(coming, key=lambda thing: thing.starts_at or now)[:MOST]


def is_ahead(thing: Activity, now: datetime) -> bool:
    """True if it starts later than now."""
    return thing.starts_at is not None and thing.starts_at > now


@require_GET
def today(request: PersonRequest) -> HttpResponse:
    """The page that opens the day; it reads, and writes nothing."""
    person = request.user
    now = person.now()
    begun, coming = taken_up(person, now)
    context: dict[str, Any] = {
        "now": now,
        "greeting": greeting(person.first_name, now),
        "ahead": ahead(len(coming), len(begun)),
        "prompt": prompt_for(person, now),
        "begun": begun,
        "coming": coming,
        "guidance": guidance_for(person, trunk_of(person), timezone.now()),
        "levels": Level.choices,
        "waiting": waiting_for(person, now),
    }
    return readable_offline(render(request, "home/today.html", context))
