"""The question for a person now, from what they answered; for the journal, and for Today."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sapwood.core.prepared import Prepared
from sapwood.journal.choosing import Asked, choose_prompt
from sapwood.journal.models import JournalEntry, Leaning
from sapwood.journal.prompts import Prompt
from sapwood.ledger.models import Moment
from sapwood.people.models import Person

REMEMBERED = timedelta(days=120)
COURSES = {"classroom_course", "elearning_module", "formal_qualification", "mooc",
           "flipped_session", "external_event", "large_event", "informal_event",
           "networking_event"}  # fmt: skip
PROJECTS = {"stretch_assignment", "job_rotation", "after_action_review", "challenge"}

_answered = Prepared(
    lambda person, since: (
        JournalEntry.objects.of(person)
        .filter(written_on__gte=since)
        .exclude(prompt_id="")
        .order_by()
        .values_list("prompt_id", "written_on")
    )
)
_leaning = Prepared(
    lambda person: Leaning.objects.filter(person=person).values_list("model", flat=True)
)


def prompt_for(
    person: Person,
    now: datetime,
    *,
    about: Moment | None = None,
    skip: Iterable[str] = (),
    model: str | None = None,
) -> Prompt:
    """The question to ask `person` at `now` (any time zone); two queries.

    `about` is a moment they want to write about; `skip` are ids of questions just waved on;
    `model` is the chosen reflection model, if the caller has looked it up already.
    """
    local = now.astimezone(person.now().tzinfo)
    return choose_prompt(
        local,
        answered(person, local),
        leaning(person) if model is None else model,
        str(person.pk),
        working_days=person.working_days,
        occasion=occasion_of(about),
        skip=skip,
    )


def answered(person: Person, now: datetime) -> list[Asked]:
    """The questions this person answered in the last 120 days."""
    return [Asked(*row) for row in _answered(person=person.pk, since=now.date() - REMEMBERED)]


def leaning(person: Person) -> str:
    """The reflection model the person chose, or "" for a surprise."""
    return next(iter(_leaning(person=person.pk)), "")


def occasion_of(moment: Moment | None) -> str:
    """Which kind of question fits a moment: after a course, when work ends, or right after it."""
    if moment is None:
        return ""
    if moment.way in COURSES:
        return "course"
    return "project" if moment.way in PROJECTS else "event"
