"""Words of people who are kept apart are not there for each other."""

from django.db.models import Exists, OuterRef, Q

from sapwood.people.models import Block, Person


def not_apart(person: Person, author: str = "author") -> Q:
    """The rule: neither blocked the other. `author` leads from the row to who wrote it.

    In SQL rather than by `blocked_pairs`, since every page with words asks it.
    """
    mine = Block.objects.filter(blocker=person.pk, blocked=OuterRef(author))
    theirs = Block.objects.filter(blocked=person.pk, blocker=OuterRef(author))
    return ~Q(Exists(mine.order_by())) & ~Q(Exists(theirs.order_by()))
