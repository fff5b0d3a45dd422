"""Who is kept apart from whom. A block works both ways and only its maker knows of it.

Three questions, by what is asked about:
- words, matches and notices → `blocked_pairs(person)`: nobody in it is shown or offered;
- finding people → `Person.objects.apart_from(person)`, which leaves one's own manager and direct
  reports findable, because a manager's duties go on and a vanished report would tell them;
- names in shared work (a session both attend, a 1:1, the history of a group's note) stay: they
  are not asked here.
"""

from uuid import UUID

from django.db import transaction

from sapwood.core.announcing import announce
from sapwood.core.prepared import Prepared
from sapwood.people.models import Block, Person, PersonQuerySet

_pairs = Prepared(
    lambda person: (
        Block.objects.filter(blocker=person)
        .order_by()
        .values_list("blocked")
        .union(Block.objects.filter(blocked=person).order_by().values_list("blocker"))
    )
)


def blocked_pairs(person: Person) -> frozenset[UUID]:
    """Everybody kept apart from `person`, whoever of the two asked for it; one query."""
    return frozenset(pk for (pk,) in _pairs(person=person.pk))


def are_apart(one: Person, other: Person) -> bool:
    """True if one of the two blocked the other."""
    return Block.objects.of_pair(one.pk, other.pk).exists()


def who_may_be_blocked(person: Person) -> PersonQuerySet:
    """Colleagues whose page `person` can open, and those they blocked already (asking twice)."""
    colleagues: PersonQuerySet = Person.objects.visible_to(person).exclude(pk=person.pk)
    already = Block.objects.visible_to(person).values("blocked")
    return colleagues.filter(pk__in=already) | colleagues.apart_from(person)


def block(person: Person, other: Person) -> Block:
    """Keeps `other` apart from `person`, who alone knows; doing it twice is doing it once."""
    with transaction.atomic():
        made, is_new = Block.objects.get_or_create(blocker=person, blocked=other)
        if is_new:
            announce("kept_apart", person.pk, other.pk)
    return made


def unblock(person: Person, other: Person) -> bool:
    """Takes back `person`'s own block; what `other` may have asked for stays. False if none."""
    return bool(Block.objects.filter(blocker=person, blocked=other).delete()[0])


def still_meets(person: Person, other: Person) -> bool:
    """True where the reporting line keeps the two findable for each other."""
    return person.pk == other.manager_id or other.pk == person.manager_id
