"""Loading and removing the sample organisation: the same each time, gone without trace."""

import hashlib
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sapwood.activities.models import Activity
from sapwood.activities.search import forget
from sapwood.core.policies import models_with_policy
from sapwood.demo.groups import make_groups, remove_groups
from sapwood.demo.library import make_library, make_stretches, take_up
from sapwood.demo.staff import DOMAIN, SIGN_IN, make_people
from sapwood.demo.texts import texts
from sapwood.demo.writing import write_entries
from sapwood.demo.year import moments_of
from sapwood.home.models import Company, Level
from sapwood.journal.models import JournalEntry
from sapwood.ledger.models import Moment, Trunk
from sapwood.ledger.recording import record_many
from sapwood.people.models import Organisation, Person, Unit
from sapwood.people.skills import forget_unused

SEED = 1914
BUSIEST = 130  # moments in a year
KNOTS_OF = ("maya", "joana")
ENDS_WITH = {
    "maya": "Leading a night shutdown, the two-day course",
    "joana": "Curso de segurança em reservatórios, dois dias",
}


def is_loaded() -> bool:
    """True while sample people are here."""
    return bool(Person.objects.filter(is_sample=True).exists())


@transaction.atomic
def load_sample(*, open_doors: bool = False) -> None:
    """Invents the people and a year of their learning; does nothing if they are already here.

    `open_doors` gives a few of them the known password, and their roles: for `sapwood demo`.
    """
    if is_loaded():
        return
    random = Random(SEED)  # noqa: S311 - believable, not secret
    people = make_people(random, open_doors=open_doors)
    Trunk.objects.bulk_create(
        Trunk(person=p, seed=hashlib.blake2b(p.email.encode(), digest_size=16).hexdigest())
        for p in people
    )
    named = {f"{name}@{DOMAIN}" for name in SIGN_IN}
    record_many(
        (
            row
            for person in people
            for row in moments_of(
                person,
                people,
                random,
                person.today(),
                BUSIEST * (2 if person.email in named else 1),
            )
        ),
        reacted_at=timezone.now(),
    )
    _name_knots(people)
    take_up(people, make_library(people, random))
    make_stretches(people)
    write_entries(people, random)
    _end_with_a_course(people)
    _choose_company(people)
    make_groups(people, random)
    DBTaskResult.objects.filter(status="READY", task_path="sapwood.ledger.tasks.react").delete()
    Moment.objects.filter(person__is_sample=True, reacted_at=None).update(reacted_at=timezone.now())


def _name_knots(people: list[Person]) -> None:
    """A few moments of the year carry a name."""
    for person in people:
        if person.email.partition("@")[0] not in KNOTS_OF:
            continue
        names = texts("moments")["knots"][person.language]
        own = list(Moment.objects.of(person).filter(ring__gte=1).order_by("occurred_on"))
        for i, name in enumerate(names):
            moment = own[(i * 2 + 1) * len(own) // (2 * len(names))]
            moment.knot = name
            moment.save(update_fields=["knot", "changed_at"])


def _end_with_a_course(people: list[Person]) -> None:
    """For some the last thing kept is a course, so that there is something to suggest."""
    for person in people:
        course = ENDS_WITH.get(person.email.partition("@")[0])
        if course:
            today = person.today()
            recent = Moment.objects.of(person).filter(occurred_on__gt=today - timedelta(days=4))
            recent.filter(source_id=None).delete()
            record_many(
                [
                    {
                        "person": person,
                        "way": "classroom_course",
                        "title": course,
                        "occurred_on": today - timedelta(days=3),
                        "minutes": 420,
                    }
                ]
            )


def _choose_company(people: list[Person]) -> None:
    """The people one signs in as have said how much guidance they want, but one."""
    chosen = {f"{name}@{DOMAIN}" for name in SIGN_IN} - {f"sofia@{DOMAIN}"}
    for person in people:
        if person.email in chosen:
            Company.choose(person, Level.WALK)


@transaction.atomic
def remove_sample() -> int:
    """Takes every sample person with all they wrote, and what they offered; says how many went.

    Units that were loaded stay only where a real person works in them or below.
    """
    sample = Person.objects.filter(is_sample=True)
    count: int = sample.count()
    ids = list(Activity.objects.filter(is_sample=True).values_list("pk", flat=True))
    forget(ids)
    Activity.objects.filter(pk__in=ids).delete()
    for written in (Moment, JournalEntry):
        written.objects.filter(person__is_sample=True).delete()
    _stop_showing()
    remove_groups()
    sample.delete()
    forget_unused()
    root = Unit.objects.filter(name=texts("people")["organisation"], parent=None).first()
    if root:
        for unit in sorted(Unit.objects.within(root), key=lambda u: -len(u.path)):
            if not unit.people.exists() and not unit.children.exists():
                unit.delete()
    return count


def _stop_showing() -> None:
    """What real people showed to invented ones is theirs alone again, by the shares' own rule."""
    for model, policy in models_with_policy():
        if hasattr(model, "erase"):
            for row in model._default_manager.filter(**{f"{policy.person}__is_sample": True}):
                row.erase()


def name_the_organisation() -> None:
    """For `sapwood demo`: the installation itself is the sample organisation."""
    organisation = Organisation.current()
    if not organisation.is_set_up:
        organisation.name = texts("people")["organisation"]
        organisation.time_zone = texts("people")["zone"]["default"]
        organisation.finish_setup()


def how_to_sign_in() -> list[tuple[str, str, str]]:
    """Rows for the console: address, password, who that is."""
    rows = {f"{row['email']}@{DOMAIN}": row for row in texts("people")["named"]}
    password = texts("people")["password"]
    return [
        (email, password, f"{row['name']}, {row['title']}")
        for email, row in rows.items()
        if email.partition("@")[0] in SIGN_IN
    ]
