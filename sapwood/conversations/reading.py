"""A message as a reader meets it: words with links and names, reactions, files, cards."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from sapwood.conversations.models import Attachment, Message, Reaction, Sense
from sapwood.core.template_globals import url
from sapwood.media.showing import ShownCard, ShownFile, cards_for, shown_files
from sapwood.people.models import Person
from sapwood.writing.words import Piece, paragraphs

ICONS = {
    Sense.USEFUL: "wrench",
    Sense.LEARNED: "lightbulb",
    Sense.BEEN_THERE: "hand",
    Sense.QUESTION: "circle-question-mark",
    Sense.OUTDATED: "history",
}
IN_STREAM = 1200  # characters of a post before "Read it all"
Body = list[list[list[Piece]]]


@dataclass(frozen=True)
class Counted:
    """One sense with how many gave it, and whether the reader did."""

    sense: str
    words: str
    icon: str
    n: int = 0
    given: bool = False


@dataclass
class Said:
    """One message with all that is drawn around it."""

    message: Message
    reader: Person
    reactions: list[Counted]
    files: list[ShownFile] = field(default_factory=list)
    cards: list[ShownCard] = field(default_factory=list)
    short: bool = False

    @property
    def body(self) -> Body:
        """Paragraphs of lines of pieces."""
        return body_of(self.message, IN_STREAM if self.short else 0)

    @property
    def is_cut(self) -> bool:
        """True if the stream shows only its beginning."""
        return self.short and len(self.message.text) > IN_STREAM

    @property
    def given(self) -> list[Counted]:
        """Only those that somebody gave."""
        return [each for each in self.reactions if each.n]

    @property
    def is_own(self) -> bool:
        """True for one's own words."""
        return self.message.author_id == self.reader.pk


def read(messages: Sequence[Message], reader: Person, *, short: bool = False) -> list[Said]:
    """The messages as this reader meets them; one query, and one more where there are files,
    one where there are links."""
    counted = _counted([message.pk for message in messages], reader)
    files = Attachment.bring_to(messages)
    cards = cards_for(reader, [message.text for message in messages])
    none = [Counted(sense, str(sense.label), ICONS[sense]) for sense in Sense]
    return [
        Said(
            message,
            reader,
            counted.get(message.pk, none),
            shown_files(files.get(message.pk, ()), reader),
            links,
            short,
        )
        for message, links in zip(messages, cards, strict=True)
    ]


def _counted(pks: list[UUID], reader: Person) -> dict[UUID, list[Counted]]:
    """Reactions by message, each sense in its order; one query for counts and one's own."""
    rows = (
        Reaction.objects.filter(message__in=pks)
        .values_list("message", "sense")
        .annotate(n=Count("pk"), own=Count("pk", filter=Q(person=reader.pk)))
    )
    found: dict[UUID, dict[str, tuple[int, int]]] = {}
    for pk, sense, n, own in rows:
        found.setdefault(pk, {})[sense] = (n, own)
    return {
        pk: [
            Counted(sense, str(sense.label), ICONS[sense], n, bool(own))
            for sense in Sense
            for n, own in [senses.get(sense, (0, 0))]
        ]
        for pk, senses in found.items()
    }


def body_of(message: Message, most: int = 0) -> Body:
    """The words as paragraphs; names of people who are mentioned lead to their pages."""
    text = message.text
    if most and len(text) > most:
        text = text[:most].rsplit(None, 1)[0] + " …"
    blocks = paragraphs(text)
    if not message.named:
        return blocks
    names = sorted(message.named, key=len, reverse=True)
    at = re.compile("@(" + "|".join(re.escape(name) for name in names) + r")(?!\w)")
    return [
        [[each for piece in line for each in _named(piece, at, message.named)] for line in block]
        for block in blocks
    ]


def _named(piece: Piece, at: re.Pattern[str], named: dict[str, str]) -> Iterable[Piece]:
    if piece.href:
        yield piece
        return
    stood = 0
    for found in at.finditer(piece.text):
        if found.start() > stood:
            yield Piece(piece.text[stood : found.start()])
        yield Piece(found.group(), url("profile", named[found.group(1)]))
        stood = found.end()
    if stood < len(piece.text):
        yield Piece(piece.text[stood:])
