"""What a letter says, worked out when it is sent: only what is unread, visible and still wanted."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sapwood.core.formats import FILTERS
from sapwood.core.seen import tidy
from sapwood.notify.abouts import still_seen
from sapwood.notify.inbound.addresses import is_on
from sapwood.notify.inbound.registry import taker_for
from sapwood.notify.kinds import kind_of
from sapwood.notify.letters.claiming import FULL, rhythm_of
from sapwood.notify.letters.parts import LetterPart, parts_for
from sapwood.notify.letters.slower import slower_path
from sapwood.notify.models import Letter, Notice, Rhythm
from sapwood.notify.muting import unmuted
from sapwood.notify.rhythm import quiet_of
from sapwood.notify.saying import threads_and, title_for
from sapwood.notify.stopping import stop_path
from sapwood.notify.wishing import wishes_of
from sapwood.people.models import Person

DAYS = [
    gettext_lazy("Mondays"), gettext_lazy("Tuesdays"), gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"), gettext_lazy("Fridays"), gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
]  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One thread in full."""

    headline: str
    quote: str
    link: str
    because: str
    stop: str
    stop_link: str
    more: str = ""


@dataclass(frozen=True)
class Content:
    """Everything a letter shows, in the language and time zone of its reader.

    `answers` is (purpose, about) for the address that answers go to, if they are taken, and
    `thread` what programs that read mail keep together.
    """

    subject: str
    above: str
    heading: str
    items: list[Item]
    left_out: str
    inbox: str
    why: str
    stop_link: str
    unsubscribe: str
    stop: str = ""
    slower: str = ""
    slower_link: str = ""
    thread: str = ""
    parts: list[LetterPart] = field(default_factory=list)
    invites: str = ""
    answers: tuple[str, str] | None = None

    @property
    def is_gathered(self) -> bool:
        """True for a digest: its heading counts, and each thread has its own headline."""
        return not self.thread


def build(letter: Letter, person: Person, now: datetime) -> Content | None:
    """What the letter says; None if nothing is left to tell. In the language in force."""
    told = _still_told(letter, person)
    if not told:
        return None
    if letter.kind == Letter.Kind.THREAD:
        return _about_one(*told[0], person=person, now=now)
    return _gathered(letter, told, person, now)


def _still_told(letter: Letter, person: Person) -> list[tuple[Notice, int]]:
    """The notices, newest first, each with the number of events that no e-mail told of."""
    counts = dict(letter.parts)
    rows = Notice.objects.unread().filter(person=person, pk__in=list(counts))
    rows = rows.select_related("actor", "actor_before").order_by("-at", "-id")
    wishes = wishes_of(person)
    return [
        (notice, counts[str(notice.pk)])
        for notice in unmuted(person, still_seen(person, rows))
        if rhythm_of(notice, wishes) != Rhythm.OFF
    ]


def _about_one(notice: Notice, count: int, *, person: Person, now: datetime) -> Content:
    item, kind = _item(notice, count, person), kind_of(notice)
    taker = taker_for(notice.about_type) if is_on() else None
    answers = (notice.about_type, str(notice.about_id))
    invites = str(taker.invites) if taker and taker.welcomes(person, answers[1]) else ""
    return Content(
        subject=item.headline,
        above=_above(person, now),
        heading=item.headline,
        items=[item],
        left_out="",
        inbox=_absolute(reverse("inbox")),
        why=item.because,
        stop=item.stop,
        stop_link=item.stop_link,
        thread=f"{notice.about_type}.{notice.about_id.hex}",
        unsubscribe=_absolute(stop_path(person.pk, f"email:{kind.group if kind else 'all'}")),
        invites=invites,
        answers=answers if invites else None,
    )


def _gathered(
    letter: Letter, told: list[tuple[Notice, int]], person: Person, now: datetime
) -> Content:
    items = [_item(notice, count, person) for notice, count in told[:FULL]]
    left = told[FULL:]
    parts = parts_for(person, now)
    answered = next((part for part in parts if part.answers and is_on()), None)
    stop = _absolute(stop_path(person.pk, "email:all"))
    rarer, words = _slower(letter.rhythm)
    others = len(told) - 1
    subject = items[0].headline
    if others:
        more = ngettext("%(what)s, and %(n)s more", "%(what)s, and %(n)s more", others)
        subject = more % {"what": subject, "n": FILTERS["number"](others)}
    return Content(
        subject=subject,
        above=_above(person, now),
        heading=title_for(len(told)),
        items=items,
        left_out=_left_out(left),
        inbox=_absolute(reverse("inbox")),
        why=_why(letter.rhythm, person),
        stop_link=stop,
        unsubscribe=stop,
        slower=words,
        slower_link=_absolute(slower_path(person.pk, rarer)) if rarer else "",
        parts=parts,
        answers=answered.answers if answered else None,
    )


def _item(notice: Notice, count: int, person: Person) -> Item:
    kind = kind_of(notice)
    if kind is None:
        raise ValueError(notice.kind)
    more = ""
    if count > 1:
        more = ngettext("%(n)s thing happened here.", "%(n)s things happened here.", count)
        more %= {"n": FILTERS["number"](count)}
    return Item(
        headline=tidy(kind.headline(notice)),
        quote=tidy(notice.quote),
        link=_absolute(reverse("notice", args=[notice.pk])),
        because=str(kind.because(notice)),
        stop=str(kind.stop),
        stop_link=_absolute(stop_path(person.pk, kind.what_stops(notice))),
        more=more,
    )


def _left_out(left: list[tuple[Notice, int]]) -> str:
    """What did not fit, with its true size."""
    if not left:
        return ""
    what = threads_and(len(left), sum(count for _notice, count in left))
    return _("Not in this e-mail: %(what)s.") % {"what": what}


def _above(person: Person, now: datetime) -> str:
    said = {"day": FILTERS["longday"](now), "name": tidy(person.first_name)}
    return _("%(day)s, for %(name)s") % said


def _why(rhythm: str, person: Person) -> str:
    """Why it comes, and when."""
    if rhythm == Rhythm.WEEKLY:
        said = _("You get this on %(days)s because your e-mail comes once a week.")
        return said % {"days": DAYS[quiet_of(person).digest_day]}
    if rhythm == Rhythm.MONTHLY:
        return _("You get this once a month, on its first working day.")
    if rhythm == Rhythm.AT_ONCE:
        return _("You get this because much of what you hear at once came together.")
    return _("You get this on working days because your e-mail comes once a day.")


def _slower(rhythm: str) -> tuple[str, str]:
    """The next rarer rhythm, and the words of its link; empty if there is none."""
    if rhythm == Rhythm.DAILY:
        return Rhythm.WEEKLY, _("Make it weekly")
    return (Rhythm.MONTHLY, _("Make it monthly")) if rhythm == Rhythm.WEEKLY else ("", "")


def _absolute(path: str) -> str:
    return urljoin(settings.BASE_URL, path)
