"""The stream of an audience: threads, newest first, each with its first and its last words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat, Replace
from django.http import HttpRequest

from sapwood.conversations.forms import QUESTION, PostForm
from sapwood.conversations.models import Audience, Message, Thread, Tone
from sapwood.conversations.reading import Said, read
from sapwood.people.models import Person
from sapwood.writing.models import Draft

SHOWN = 20


@dataclass(frozen=True)
class Pages:
    """Where a stream stands; counting all of it would cost more than drawing a page."""

    number: int
    more: bool

    @property
    def earlier(self) -> int:
        """The page with what is older; 0 if there is none."""
        return self.number + 1 if self.more else 0

    @property
    def later(self) -> int:
        """The page with what is newer; 0 on the first."""
        return self.number - 1


@dataclass
class Card:
    """A thread in a stream: its opening words, and the last that was said under them."""

    thread: Thread
    opening: Said | None = None
    last: Said | None = None


def cards_of(threads: list[Thread], reader: Person) -> list[Card]:
    """Threads as cards; four queries at any length."""
    last = (
        Message.objects.visible_to(reader)
        .standing()
        .answers()
        .filter(thread=OuterRef("thread"))
        .order_by(F("accepted_at").desc(nulls_last=True), "-at", "-id")
    )
    wanted = (
        Message.objects.filter(thread__in=threads)
        .filter(Q(is_opening=True) | Q(pk=Subquery(last.values("pk")[:1])))
        .with_parts()
    )
    cards = {thread.pk: Card(thread) for thread in threads}
    for said in read(list(wanted), reader, short=True):
        card = cards[said.message.thread_id]
        if said.message.is_opening:
            card.opening = said
        else:
            card.last = said
    return list(cards.values())


def stream_context(
    request: HttpRequest,
    audience: Audience,
    *,
    only: str = "",
    may_write: bool = False,
    people: int = 0,
    form: PostForm | None = None,
    look: bool = True,
) -> dict[str, Any]:
    """What `ui/talk.html` needs to draw a stream: {page, cards, composer, audience, …}.

    `only` is "questions" for those alone, "open" for those without an answer; `people` is how
    many belong, for the words on the button; `look` is False where no draft waits.
    """
    reader: Person = request.user  # type: ignore[assignment]
    threads = Thread.objects.visible_to(reader).filter(audience=audience).in_stream()
    if only:
        threads = threads.questions() if only == "questions" else threads.unanswered()
    number = _number(request)
    rows = list(threads.select_related("author__unit")[(number - 1) * SHOWN : number * SHOWN + 1])
    return {
        "page": Pages(number, more=len(rows) > SHOWN),
        "cards": cards_of(rows[:SHOWN], reader),
        "audience": audience,
        "only": only,
        "composer": (form or _composer(reader, audience, only, look)) if may_write else None,
        "people": people,
    }


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def slot_of(audience: Audience) -> str:
    """The box over its stream, among a person's drafts."""
    return f"audience-{audience.pk.hex}"


def has_draft(person: Person, audience: str = "audience") -> Exists:
    """Whether something begun waits in the box of the audience at this path of a row."""
    key = Replace(Cast(OuterRef(audience), CharField()), Value("-"), Value(""))
    return Exists(Draft.objects.of(person).filter(slot=Concat(Value("audience-"), key)))


def _composer(reader: Person, audience: Audience, only: str, look: bool) -> PostForm:
    tone = QUESTION if only else Tone.DOING
    return PostForm.begun_in(reader, slot_of(audience), look=look, tone=tone)
