"""Today: the prompt first, what to pick up, what is coming, one suggestion, the rings small."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sapwood.activities.agenda import agenda
from sapwood.core.pages import readable_offline, render
from sapwood.home.greeting import ahead, greeting
from sapwood.home.guidance.offering import guidance_for
from sapwood.home.models import Level
from sapwood.home.picture import trunk_of
from sapwood.home.waiting import waiting_for
from sapwood.journal.prompting import prompt_for
from sapwood.people.doors.asking import PersonRequest

MOST = 4  # rows in a list of this page


@require_GET
def today(request: PersonRequest) -> HttpResponse:
    """The page that opens the day; it reads, and writes nothing."""
    person = request.user
    now = person.now()
    begun, coming = agenda(person, now)
    context: dict[str, Any] = {
        "now": now,
        "greeting": greeting(person.first_name, now),
        "ahead": ahead(len(coming), len(begun)),
        "prompt": prompt_for(person, now),
        "begun": begun[:MOST],
        "coming": coming[:MOST],
        "guidance": guidance_for(person, trunk_of(person), timezone.now()),
        "levels": Level.choices,
        "waiting": waiting_for(person, now),
    }
    return readable_offline(render(request, "home/today.html", context))
