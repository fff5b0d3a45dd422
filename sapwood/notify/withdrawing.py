"""Taking back what was told: words that were removed, a thread one may no longer read."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    PositiveIntegerField,
    Q,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from sapwood.conversations.models import Audience
from sapwood.notify.abouts import about_of, abouts
from sapwood.notify.models import Notice, Telling
from sapwood.people.models import Block

BATCH = 500


def untell(key: str, people: Iterable[UUID] | None = None) -> int:
    """Takes an event out of the rows it went into; says how many. Safe to run twice.

    That it was told stays known, so it is never told again.
    """
    told = Telling.objects.filter(key=key, notice__isnull=False)
    if people is not None:
        told = told.filter(person__in=list(people))
    taken = 0
    while rows := list(told.order_by("pk").values_list("pk", "notice")[:BATCH]):
        with transaction.atomic():
            _shrink([notice for _pk, notice in rows], key)
            Telling.objects.filter(pk__in=[pk for pk, _notice in rows]).update(notice=None)
            Notice.objects.filter(pk__in=[n for _pk, n in rows], tellings=None).delete()
        taken += len(rows)
    return taken


def untell_apart(one: UUID, other: UUID) -> int:
    """Takes back what two people heard of each other, while a block stands; safe to run twice."""
    if not Block.objects.of_pair(one, other).exists():
        return 0
    taken = 0
    for person, actor in ((one, other), (other, one)):
        told = Telling.objects.filter(person=person, actor=actor, notice__isnull=False)
        for key in list(told.values_list("key", flat=True)):
            taken += untell(key, [person])
    return taken


def _shrink(pks: list[UUID], key: str) -> None:
    """What is left in rows without the event; its words go, and its author unless they did more."""
    rest = Telling.objects.filter(notice=OuterRef("pk")).exclude(key=key).order_by()
    many = rest.values("notice").annotate(n=Count("pk")).values("n")
    actors = rest.values("notice").annotate(n=Count("actor", distinct=True)).values("n")
    latest = rest.order_by("-at", "-pk")
    was_last = Q(key=key)

    def number(found: object) -> Coalesce:
        return Coalesce(Subquery(found, output_field=PositiveIntegerField()), 0)  # type: ignore[arg-type]

    rows = Notice.objects.filter(pk__in=pks)
    rows.filter(unsent__gt=0).update(unsent=F("unsent") - 1)
    rows.update(
        count=number(many),
        actors_count=number(actors),
        actor=Subquery(latest.values("actor")[:1], output_field=UUIDField()),
        actor_before=None,
        quote=Case(When(was_last, then=Value("")), default=F("quote"), output_field=CharField()),
    )


def forget_home(audience: UUID) -> int:
    """Deletes notices about what has an audience, as a group, of people who may not see it any
    more: such notices lead to its home. Says how many went."""
    home = Audience.objects.filter(pk=audience).values_list("home", flat=True).first()
    if not home:
        return 0
    own = set(abouts()) - {"thread", "audience", "thanks", "case"}
    leading = Notice.objects.filter(about_type__in=own, link__startswith=home)
    found = leading.order_by().values_list("about_type", "about_id").distinct()
    return sum(forget_unseen(name, pk) for name, pk in list(found))


def forget_unseen(name: str, pk: UUID) -> int:
    """Deletes the notices about one thing, or in one place, of people who may not see it any more.

    In batches of people, each in its own transaction; says how many notices went.
    """
    what = about_of(name)
    rows = Notice.objects.filter(Q(about_type=name, about_id=pk) | Q(place=f"{name}:{pk}"))
    gone, after = 0, None
    while True:
        found = rows.order_by("person").filter(**({"person__gt": after} if after else {}))
        people = list(found.values_list("person", flat=True).distinct()[:BATCH])
        if not people:
            return gone
        after = people[-1]
        allowed = what.seen_by(pk, people) if what else set()
        lost = rows.filter(person__in=[each for each in people if each not in allowed])
        gone += lost.delete()[1].get("notify.Notice", 0)
