"""What somebody chose, or the quiet defaults, turned into times; for one person or hundreds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sapwood.notify.kinds import GROUPS, NoticeGroup, NoticeKind, groups, kind_of
from sapwood.notify.models import Channel, Mute, Notice, Preference, Quiet, Rhythm
from sapwood.notify.rhythm import WEEK_FIELDS, week_from, week_of
from sapwood.people.models import Person

Wishes = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Plan:
    """When a notice shows in the inbox and leaves by e-mail and phone; None is never."""

    shows_at: datetime | None
    email: datetime | None
    push: datetime | None

    @property
    def is_nothing(self) -> bool:
        """True if it reaches them nowhere."""
        return not (self.shows_at or self.email or self.push)


def wishes_of(person: Person) -> Wishes:
    """Rhythm by (group, channel), chosen or default, for the groups in use. One query."""
    chosen = {
        (group, channel): rhythm
        for group, channel, rhythm in Preference.objects.of(person).values_list(
            "group", "channel", "rhythm"
        )
    }
    return {
        (group.slug, channel): chosen.get((group.slug, channel), group.default(channel))
        for group in groups()
        for channel in Channel.values
    }


def wish(person: Person, rhythms: Wishes, now: datetime) -> None:
    """Keeps what differs from the defaults, and plans anew what waits."""
    with transaction.atomic():
        for (slug, channel), rhythm in rhythms.items():
            if rhythm == GROUPS[slug].default(channel):
                Preference.objects.filter(person=person, group=slug, channel=channel).delete()
            else:
                Preference.objects.update_or_create(
                    person=person, group=slug, channel=channel, defaults={"rhythm": rhythm}
                )
        replan(person, now)


def forget_wishes(person: Person, now: datetime) -> None:
    """The quiet defaults hold again."""
    with transaction.atomic():
        Preference.objects.of(person).delete()
        replan(person, now)


def pause(person: Person, until: datetime | None, now: datetime) -> None:
    """E-mail and phone wait until then; None ends the pause."""
    with transaction.atomic():
        Quiet.objects.update_or_create(person=person, defaults={"paused_until": until})
        replan(person, now)


def plans_for(people: Iterable[UUID], kind: NoticeKind, now: datetime) -> dict[UUID, Plan]:
    """A plan for each active person whom this kind reaches somewhere. Two queries."""
    rows = Person.objects.active().filter(pk__in=list(people)).order_by()
    chosen: dict[UUID, Wishes] = {}
    named = Preference.objects.filter(person__in=list(people), group=kind.group)
    for pk, channel, rhythm in named.values_list("person", "channel", "rhythm"):
        chosen.setdefault(pk, {})[kind.group, channel] = rhythm
    group, known, plans = GROUPS[kind.group], {}, {}
    for pk, *week in rows.values_list("pk", *WEEK_FIELDS):
        wishes = chosen.get(pk, {})
        like = (*week, *sorted(wishes.items()))
        if like not in known:  # most people share their week and chose nothing
            known[like] = _plan(group, wishes, week, now)
        if not known[like].is_nothing:
            plans[pk] = known[like]
    return plans


def _plan(group: NoticeGroup, wishes: Wishes, values: list[Any], now: datetime) -> Plan:
    week = week_from(*values)
    # Notices wait in the inbox during a pause: it holds back e-mail and phone alone.
    unpaused = replace(week, paused_until=None)

    def rhythm(channel: str) -> str:
        return wishes.get((group.slug, channel), group.default(channel))

    here = rhythm(Channel.INBOX)
    return Plan(
        now if here == Rhythm.AT_ONCE else unpaused.due(here, now),
        week.due(rhythm(Channel.EMAIL), now),
        week.due(rhythm(Channel.PUSH), now),
    )


def replan(person: Person, now: datetime) -> None:
    """New times for what has not left yet, after somebody changed their wishes or their hours."""
    week, wishes = week_of(person), wishes_of(person)
    waiting = Notice.objects.unread().filter(person=person)
    rows = list(waiting.filter(Q(email_due_at__isnull=False) | Q(push_due_at__isnull=False)))
    for notice in rows:
        kind = kind_of(notice)
        held = max(now, notice.snoozed_until or now)
        for field, channel in (("email_due_at", Channel.EMAIL), ("push_due_at", Channel.PUSH)):
            if getattr(notice, field):
                rhythm = wishes[kind.group, channel] if kind else Rhythm.OFF
                setattr(notice, field, week.due(rhythm, held))
    Notice.objects.bulk_update(rows, ["email_due_at", "push_due_at"], batch_size=500)


def reach(people: QuerySet[Person], kind: NoticeKind, now: datetime) -> tuple[int, int]:
    """How many active people this would reach, and how many of them by e-mail now. Two queries."""
    told = people.filter(is_active=True).order_by()
    mutes = Mute.objects.filter(person=OuterRef("pk"), what=f"kind:{kind.slug}")
    here = Preference.objects.filter(person=OuterRef("pk"), group=kind.group, channel=Channel.EMAIL)
    if GROUPS[kind.group].email == Rhythm.AT_ONCE:
        asking = told.exclude(Exists(here.exclude(rhythm=Rhythm.AT_ONCE)))
    else:
        asking = told.filter(Exists(here.filter(rhythm=Rhythm.AT_ONCE)))
    asking = asking.exclude(Exists(mutes)).exclude(quiet__paused_until__gt=now)
    rows = asking.values_list(*WEEK_FIELDS).annotate(n=Count("pk", distinct=True))
    by_email = sum(n for *week, n in rows if week_from(*week).is_working(now))
    return told.distinct().count(), by_email
