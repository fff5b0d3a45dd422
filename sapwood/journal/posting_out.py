"""An entry, or a piece of one, in a group: posted as a copy, and taken back from the entry."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.conversations.changing import remove
from sapwood.conversations.posting import open_thread
from sapwood.journal.models import EntryPost, JournalEntry
from sapwood.people.models import Person
from sapwood.spaces.models import Openness, Space


@dataclass(frozen=True)
class Group:
    """A group that words may go to, with who would read them."""

    space: Space
    who: str


def groups_for(person: Person) -> list[Group]:
    """Those this person may write in, from A to Z; two questions."""
    spaces = list(Space.objects.joined_by(person).standing().with_counts().order_by("name", "pk"))
    is_any_open = any(space.openness == Openness.OPEN for space in spaces)
    everyone = Person.objects.active().exclude(pk=person.pk).count() if is_any_open else 0
    return [Group(space, _who(space, everyone)) for space in spaces]


def _who(space: Space, everyone: int) -> str:
    if space.openness == Openness.OPEN:
        return ngettext(
            "Open: everyone can read it, %(n)s other person.",
            "Open: everyone can read it, %(n)s other people.",
            everyone,
        ) % {"n": everyone}
    others = max(0, space.people - 1)  # type: ignore[attr-defined]
    return ngettext(
        "Its members can read it: %(n)s other person.",
        "Its members can read it: %(n)s other people.",
        others,
    ) % {"n": others}


def post_out(
    entry: JournalEntry,
    space: Space,
    *,
    key: UUID,
    text: str,
    now: datetime,
    confirmed: int | None = None,
) -> EntryPost:
    """Posts a copy of these words; `key` comes from the page, so that twice is once.

    It makes no moment: the entry made its own. Raises Refused.
    """
    with transaction.atomic():
        thread = open_thread(
            entry.person, space.audience, key=key, text=text, now=now, tone="",
            keeps_moment=False, confirmed=confirmed,
        )  # fmt: skip
        return EntryPost.objects.get_or_create(
            thread=thread, defaults={"entry": entry, "person": entry.person, "at": now}
        )[0]


def where_it_stands(entry: JournalEntry) -> list[EntryPost]:
    """The groups that have words of it now, first posted first."""
    standing = entry.posts.standing()
    return list(standing.select_related("thread__audience").order_by("at", "pk"))


def take_back(post: EntryPost, *, now: datetime) -> None:
    """The words go at once; where somebody answered, a stub without words holds the answers."""
    with transaction.atomic():
        opening = post.thread.messages.filter(is_opening=True, removed_at=None).first()
        EntryPost.objects.filter(pk=post.pk).delete()
        if opening:
            remove(opening, now=now)


def left_standing(posts: list[EntryPost]) -> str:
    """What is said when the entry goes and its copies stay; nothing where there are none."""
    names = ", ".join(dict.fromkeys(post.thread.audience.name for post in posts))
    said = _("What you posted in %(groups)s still stands there; you can take it away there.")
    return said % {"groups": names} if posts else ""
