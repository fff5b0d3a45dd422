"""What there is to find on day one: resources, and stretch assignments with applications."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from sapwood.activities.models import Activity, Participation
from sapwood.activities.times import day_begins, day_ends
from sapwood.core.markup import clean
from sapwood.demo.staff import DOMAIN
from sapwood.demo.texts import texts
from sapwood.kinds.resource.models import Resource
from sapwood.kinds.stretch.applying import agree, apply
from sapwood.kinds.stretch.models import Stretch
from sapwood.people.models import Person


def make_library(people: list[Person], random: Random) -> list[Activity]:
    """Resources by their makers, each with readers who began or finished."""
    by_email = {person.email: person for person in people}
    made = []
    for i, row in enumerate(texts("library")["resources"]):
        owner = by_email[f"{row['by']}@{DOMAIN}"]
        activity = _activity("resource", row, owner, days_ago=7 + i * 11)
        link = row.get("url", "")
        Resource.objects.create(
            activity=activity,
            body=clean(row.get("body", "")),
            link=link,
            link_title=row["title"] if link else "",
            link_text=row["summary"] if link else "",
            card_state=Resource.CardState.READ if link else Resource.CardState.NONE,
        )
        activity.publish(by=owner)
        made.append(activity)
    _give_readers(made, people, random)
    return made


def make_stretches(people: list[Person]) -> list[Activity]:
    """Offers of real work, some with people who asked for a place."""
    by_email = {person.email: person for person in people}
    made = []
    for n, row in enumerate(texts("library")["stretch"]):
        owner = by_email[f"{row['by']}@{DOMAIN}"]
        first = owner.today() + timedelta(days=row["starts"])
        last = first + timedelta(days=row["days"])
        activity = _activity(
            "stretch",
            {"way": "stretch_assignment", "summary": row["why"], **row},
            owner,
            days_ago=3 + n * 2,
            starts_at=day_begins(first, owner.time_zone),
            ends_at=day_ends(last, owner.time_zone),
            capacity=row["places"],
        )
        stretch = Stretch.objects.create(
            activity=activity,
            site=owner.site,
            **{key: row[key] for key in ("why", "beyond", "support", "boundary")},
        )
        activity.publish(by=owner)
        for i, name in enumerate(row["applicants"]):
            person = by_email[f"{name}@{DOMAIN}"]
            asked = apply(stretch, person=person, line=texts("library")["lines"][row["lang"]])
            if i == 0 and row.get("agreed"):
                agree(asked, by=owner)
        made.append(activity)
    return made


def _activity(
    kind: str, row: dict[str, Any], owner: Person, *, days_ago: int, **more: Any
) -> Activity:
    when = timezone.now() - timedelta(days=days_ago)
    activity = Activity(
        kind=kind,
        title=row["title"],
        summary=row["summary"],
        owner=owner,
        way=row["way"],
        language=row["lang"],
        minutes=row.get("minutes"),
        time_zone=owner.time_zone,
        is_sample=True,
        created_at=when,
        published_at=when,
        **more,
    )
    activity.save()
    return activity


def _give_readers(made: list[Activity], people: list[Person], random: Random) -> None:
    now, rows = timezone.now(), []
    for activity in made:
        alike = [p for p in people if p.language == activity.language and p != activity.owner]
        for reader in random.sample(alike, min(len(alike), random.randrange(3, 16))):
            joined = now - timedelta(days=random.randrange(1, 60))
            done = random.random() < 0.6
            rows.append(
                Participation(
                    activity=activity,
                    person=reader,
                    state="completed" if done else "joined",
                    joined_at=joined,
                    completed_at=joined if done else None,
                )
            )
    Participation.objects.bulk_create(rows)


def take_up(people: list[Person], made: list[Activity]) -> None:
    """What the people one signs in as have begun, so that there is something to go on with."""
    by_email = {person.email: person for person in people}
    for name, titles in texts("library")["begun"].items():
        person = by_email[f"{name}@{DOMAIN}"]
        Participation.objects.filter(person=person).delete()
        for activity in made:
            if activity.title in titles:
                activity.join(person)
