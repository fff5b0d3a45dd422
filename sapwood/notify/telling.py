"""Telling people what happened: once each, merged by thread, never what they may not see.

`tell(people, kind=…, about=("thread", pk), key=…)` is the one door. The key names the event; who
was told it once is never told it again, whatever runs twice. For audiences of thousands,
`tell_many` does the same in a job, batch by batch.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from sapwood.core.announcing import announce
from sapwood.notify.abouts import who_sees
from sapwood.notify.kinds import NoticeKind, kinds
from sapwood.notify.models import Mute, Notice, Telling
from sapwood.notify.models.notice import LONGEST_QUOTE, LONGEST_TITLE
from sapwood.notify.wishing import Plan, plans_for
from sapwood.people.blocking import blocked_pairs
from sapwood.people.models import Person

BATCH = 500


@dataclass(frozen=True)
class Event:
    """What happened, the same for everybody who is told. Times are UTC."""

    kind: NoticeKind
    about: tuple[str, UUID]
    thread_key: str
    key: str
    actor: Person | None
    title: str
    quote: str
    link: str
    reason: str
    place: str
    at: datetime

    @property
    def stops(self) -> list[str]:
        """What mutes it."""
        name, pk = self.about
        place = "" if self.kind.reaches_muted else self.place
        return [f"{name}:{pk}", f"kind:{self.kind.slug}", *filter(None, [place])]


def tell(
    people: Iterable[UUID],
    *,
    kind: str,
    about: tuple[str, UUID],
    key: str,
    actor: Person | None = None,
    title: str = "",
    quote: str = "",
    url: str,
    reason: str = "",
    place: str = "",
    merges_on: object = None,
    at: datetime | None = None,
    now: datetime | None = None,
) -> int:
    """Tells each of `people` (ids) once; says how many were told.

    `key` names the event, as "message:<id>". `title` is the name of the thing and `quote` the
    words of the event, both as they are now. `url` is a path within Sapwood. `merges_on` takes
    the place of the thing's id in what merges. Raises KeyError for an unknown kind.
    """
    now = now or timezone.now()
    known = kinds()[kind]
    event = Event(
        known, about, known.thread_key(about[0], merges_on or about[1]), key, actor,
        _short(title, LONGEST_TITLE), _short(quote, LONGEST_QUOTE), url, reason, place, at or now,
    )  # fmt: skip
    listed = list(dict.fromkeys(people))
    batches = (listed[n : n + BATCH] for n in range(0, len(listed), BATCH))
    return sum(_tell(batch, event, now) for batch in batches)


def _short(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


@transaction.atomic
def _tell(people: list[UUID], event: Event, now: datetime) -> int:
    plans = plans_for(_who_hears(people, event), event.kind, now)
    told = _claim(plans, event)
    left = dict.fromkeys(told)
    for _round in range(3):  # a row may be read, or made by another job, while we look
        if not left:
            break
        growing = _unread(left, event)
        _grow({pk: plans[person] for person, pk in growing.items()}, event, now)
        made = _add({p: plans[p] for p in left if p not in growing}, event)
        _tie(growing | made, event)
        left = dict.fromkeys(p for p in left if p not in growing and p not in made)
    for person in told:
        announce("notice_given", person)
    return len(told)


def _who_hears(people: list[UUID], event: Event) -> set[UUID]:
    """Neither its author, nor anybody kept apart from them, who muted it or may not see it."""
    hearing = set(people)
    if event.actor:
        hearing -= {event.actor.pk, *blocked_pairs(event.actor)}
    muting = Mute.objects.filter(person__in=hearing, what__in=event.stops)
    hearing -= set(muting.values_list("person", flat=True))
    if not hearing:
        return hearing
    named = event.kind.reaches_muted
    return who_sees(*event.about, hearing, event.actor, is_named=named) & hearing


def _claim(plans: dict[UUID, Plan], event: Event) -> list[UUID]:
    """Those to whom this event is new: the constraint decides, also between two jobs at once."""
    rows = [
        Telling(person_id=person, key=event.key, actor=event.actor, at=event.at)
        for person in sorted(plans)
    ]
    Telling.objects.bulk_create(rows, ignore_conflicts=True)
    ours = Telling.objects.filter(pk__in=[row.pk for row in rows])
    return sorted(ours.values_list("person", flat=True))


def _unread(people: Iterable[UUID], event: Event) -> dict[UUID, UUID]:
    """The unread row of this thread, by person, held until the transaction ends."""
    rows = Notice.objects.unread().filter(person__in=list(people), thread_key=event.thread_key)
    return dict(rows.order_by("pk").select_for_update().values_list("person", "pk"))


def _grow(plans: dict[UUID, Plan], event: Event, now: datetime) -> None:
    """One more event in rows that wait: the heavier kind gives the words."""
    alike: dict[Plan, list[UUID]] = defaultdict(list)
    for pk, plan in plans.items():
        alike[plan].append(pk)
    met = Telling.objects.filter(notice=OuterRef("pk"), actor=event.actor)
    heavier = [kind.slug for kind in kinds().values() if kind.weight > event.kind.weight]
    for plan, pks in alike.items():
        rows = Notice.objects.filter(pk__in=pks)
        if event.actor:
            rows.filter(~Exists(met)).update(actors_count=F("actors_count") + 1)
        rows.update(
            count=F("count") + 1,
            unsent=F("unsent") + 1,
            at=Case(When(at__lt=event.at, then=Value(event.at)), default=F("at")),
            shows_at=_shown(plan, now),
            email_due_at=_sooner("email_due_at", plan.email),
            push_due_at=_sooner("push_due_at", plan.push),
        )
        words: dict[str, Any] = {
            "kind": event.kind.slug, "reason": event.reason, "key": event.key,
            "title": event.title, "quote": event.quote, "link": event.link,
        }  # fmt: skip
        if event.actor:
            same = When(actor=event.actor, then=F("actor_before"))
            words |= {"actor_before": Case(same, default=F("actor")), "actor": event.actor}
        rows.exclude(kind__in=heavier).update(**words)


def _shown(plan: Plan, now: datetime) -> Any:
    """On top if it shows already; one that is snoozed, or waits, goes on waiting."""
    return Case(
        When(shows_at__isnull=True, then=Value(plan.shows_at, DateTimeField())),
        When(shows_at__lte=now, then=Value(now)),
        default=F("shows_at"),
    )


def _sooner(field: str, due: datetime | None) -> Any:
    if due is None:
        return F(field)
    later = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": due})
    return Case(
        When(snoozed_until__gt=due, then=F("snoozed_until")),
        When(later, then=Value(due)),
        default=F(field),
    )


def _add(plans: dict[UUID, Plan], event: Event) -> dict[UUID, UUID]:
    """New rows, by person; those that another job made meanwhile are not among them."""
    rows = [
        Notice(
            person_id=person, kind=event.kind.slug, reason=event.reason,
            about_type=event.about[0], about_id=event.about[1], place=event.place,
            thread_key=event.thread_key, key=event.key, actor=event.actor,
            actors_count=1 if event.actor else 0, title=event.title, quote=event.quote,
            link=event.link, at=event.at, shows_at=plan.shows_at, email_due_at=plan.email,
            push_due_at=plan.push,
        )
        for person, plan in plans.items()
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    made = Notice.objects.filter(pk__in=[row.pk for row in rows])
    return dict(made.order_by().values_list("person", "pk"))


def _tie(rows: dict[UUID, UUID], event: Event) -> None:
    """Writes down to which row each telling went."""
    row = Notice.objects.filter(pk__in=list(rows.values()), person=OuterRef("person"))
    Telling.objects.filter(person__in=list(rows), key=event.key).update(
        notice=Subquery(row.order_by().values("pk")[:1])
    )
