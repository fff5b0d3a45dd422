"""Showing a moment to colleagues by name, and taking it back at once."""

from collections.abc import Iterable

from django.db import transaction

from sapwood.ledger.models import Moment, MomentShare, Trunk, Visibility
from sapwood.people.models import Person


def share(moment: Moment, people: Iterable[Person]) -> None:
    """Shows `moment` to these people as well; its owner and those who see it are passed over."""
    readers = [person for person in people if person.pk != moment.person_id]
    if not readers:
        return
    with transaction.atomic():
        MomentShare.objects.bulk_create(
            [MomentShare(moment=moment, person=reader) for reader in readers],
            ignore_conflicts=True,
        )
        _show_as(moment, Visibility.PEOPLE)


def withdraw(moment: Moment, person: Person) -> None:
    """Takes `moment` back from one person; after the last one it is private again."""
    with transaction.atomic():
        moment.shares.filter(person=person).delete()
        if not moment.shares.exists():
            _show_as(moment, Visibility.PRIVATE)


def share_only_with(moment: Moment, people: Iterable[Person]) -> None:
    """Makes exactly these the people who can see `moment`; nobody makes it private."""
    readers = list(people)
    with transaction.atomic():
        moment.shares.exclude(person__in=readers).delete()
        if readers:
            share(moment, readers)
        else:
            _show_as(moment, Visibility.PRIVATE)


def _show_as(moment: Moment, visibility: Visibility) -> None:
    """The rings mark what was shared, so they change with it."""
    if moment.visibility == visibility:
        return
    moment.visibility = visibility
    moment.save(update_fields=["visibility", "changed_at"])
    Trunk.touch(moment.person_id)
