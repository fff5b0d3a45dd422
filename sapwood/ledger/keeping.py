"""From what a person said in the sheet to a moment in their record."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from sapwood.ledger.learning import correct, forget_words, guess_for
from sapwood.ledger.models import Moment, Trunk
from sapwood.ledger.recording import record
from sapwood.ledger.sharing import share_only_with
from sapwood.people.models import Person

Facts = Callable[..., dict[str, Any]]


def keep(person: Person, said: Mapping[str, Any], facts: Facts) -> Moment:
    """Keeps the moment once per client key; a way that corrects the guess teaches it."""
    title = said["title"]
    guessed = guess_for(person, title).way
    way = said["way"] or guessed
    with transaction.atomic():
        key = _own_key(person, said["client_key"], title)
        is_new = not (key and Moment.objects.of(person).filter(client_key=key).exists())
        moment = record(
            person,
            way=way,
            title=title,
            occurred_on=said["occurred_on"],
            minutes=said["spent"] or None,
            client_key=key,
            shared_with=said["people"],
            **facts(way),
        )
        if is_new and way != guessed:
            correct(person, title, way=way, instead_of=guessed)
    return moment


def change(moment: Moment, said: Mapping[str, Any], facts: Facts) -> Moment:
    """Changes everything about a moment that its owner may change, and touches the rings."""
    person, before = moment.person, moment.title
    way = said["way"] or moment.way
    values = facts(way, moment)
    with transaction.atomic():
        if way != moment.way:
            correct(person, said["title"], way=way, instead_of=moment.way)
        moment.way, moment.title = way, said["title"]
        moment.occurred_on, moment.minutes = said["occurred_on"], said["minutes"]
        moment.knot = said["knot"]
        for name, value in values.items():
            setattr(moment, name, value)
        moment.save()
        if moment.title != before:
            forget_words(person.pk, " ".join(set(before.split()) - set(moment.title.split())))
        share_only_with(moment, said["people"])
        Trunk.touch(person.pk)
    return moment


def _own_key(person: Person, key: UUID | None, title: str) -> UUID | None:
    """The client key; where another text already has it, one that belongs to this text.

    Two tabs may restore the same draft: the same words are one moment, others are another.
    """
    if key is None:
        return None
    there = Moment.objects.of(person).filter(client_key=key).values_list("title", flat=True)
    return key if all(text == title for text in there) else uuid5(key, title)
