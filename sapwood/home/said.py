"""What groups said about something: posts, questions, answers and notes, as far as one may read.

Who searches sees what `visible_to` lets them read, and nothing is counted or suggested from the
rest: words of others never show through a number or a spelling.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, CharField, F, UUIDField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from sapwood.conversations.models import Message, Thread
from sapwood.media.markup import plain
from sapwood.people.folding import fold, marked
from sapwood.people.models import Person
from sapwood.spaces.models import Note
from sapwood.writing.words import first_line

MOST = 5  # of what was said, and of notes
LOOKED_AT = 60  # so that many messages of one thread leave room for others
NOTE = "note"
AROUND = 90
TITLE = 120
SHORTEST = 2
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Said:
    """One of them: where it stands, and the words that matched."""

    kind: str
    icon: str
    url: str
    title: Pieces
    words: Pieces
    group: str
    by: str
    at: datetime
    lang: str = ""


class Row(NamedTuple):
    """A message or a note as one question finds both; `thread` is None for notes."""

    pk: UUID
    at: datetime
    title: str
    text: str
    group: str
    by: str | None
    lang: str
    kind: str
    is_opening: bool
    thread: UUID | None


def said_in_groups(q: str, person: Person) -> list[Said]:
    """Up to five threads, newest first, then up to five notes; one question."""
    terms = fold(q).split()
    if not any(len(term) >= SHORTEST for term in terms):
        return []
    found = _messages(q, person).union(_notes(q, person), all=True).order_by("-when", "-pk")
    threads: dict[Any, Said] = {}
    notes: list[Said] = []
    for row in (Row(*values) for values in found[:LOOKED_AT]):
        if row.thread is None:
            notes.append(_of_note(row, terms))
        elif row.thread not in threads:  # once, by what was said in it last
            threads[row.thread] = _of_message(row, terms)
    return list(threads.values())[:MOST] + notes[:MOST]


def _messages(q: str, person: Person) -> Any:
    found = Message.objects.visible_to(person).standing().matching(q)
    found = found.filter(thread__hidden_at=None, thread__merged_into=None).order_by()
    return found.annotate(when=F("at"), in_thread=F("thread")).values_list(
        "pk", "when", "thread__title", "text", "thread__audience__name", "author__name",
        "thread__language", "thread__kind", "is_opening", "in_thread",
    )  # fmt: skip


def _notes(q: str, person: Person) -> Any:
    found = Note.objects.visible_to(person).standing().matching(q).order_by()
    return found.annotate(
        when=F("changed_at"),
        nobody=Value(None, CharField()),
        is_kind=Value(NOTE, CharField()),
        is_first=Value(True, BooleanField()),
        in_thread=Value(None, UUIDField()),
    ).values_list(
        "pk", "when", "title", "html", "space__name", "nobody", "space__language", "is_kind",
        "is_first", "in_thread",
    )  # fmt: skip


def _of_message(row: Row, terms: list[str]) -> Said:
    title = row.title or first_line(row.text, TITLE)
    is_question = row.kind == Thread.Kind.QUESTION
    kind = _("Answer")
    if row.is_opening:
        kind = _("Question") if is_question else _("Post")
    rest = row.text if row.title else row.text.removeprefix(title.removesuffix("…"))
    return Said(
        kind=kind,
        icon="circle-question-mark" if row.is_opening and is_question else "message-square",
        url=f"{reverse('thread', args=[row.thread])}#m-{row.pk}",
        title=marked(title, terms),
        words=excerpt(rest, terms),
        group=row.group,
        by=row.by or "",
        at=row.at,
        lang=row.lang,
    )


def _of_note(row: Row, terms: list[str]) -> Said:
    return Said(
        kind=_("Note"),
        icon="file-text",
        url=reverse("note", args=[row.pk]),
        title=marked(row.title, terms),
        words=excerpt(plain(row.text), terms),
        group=row.group,
        by="",
        at=row.at,
        lang=row.lang,
    )


def excerpt(text: str, terms: list[str]) -> Pieces:
    """The stretch of `text` around the first term that it has, marked; nothing without one."""
    text = " ".join(text.split())
    pieces = marked(text, terms)
    place = 0
    for piece, hit in pieces:
        if hit:
            break
        place += len(piece)
    else:
        return []
    start = text.rfind(" ", 0, max(0, place - AROUND)) + 1
    end = text.find(" ", place + AROUND)
    part = text[start : end if end > 0 else len(text)]
    before, after = "… " if start else "", " …" if end > 0 else ""
    return marked(f"{before}{part}{after}", terms)
