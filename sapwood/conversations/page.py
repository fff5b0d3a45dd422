"""What the page of a thread shows: what was said, from the newest back, and what stands beside."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from sapwood.conversations import watching
from sapwood.conversations.forms import WordsForm
from sapwood.conversations.models import Case, Membership, Message, Thread
from sapwood.conversations.reading import Said, read
from sapwood.people.models import Person

SHOWN = 30
CLOSE = 3


@dataclass(frozen=True)
class Stretch:
    """A page of answers, counted back from the newest: page 1 holds the latest."""

    number: int
    pages: int

    @property
    def first(self) -> int:
        """Where it begins among the answers, newest first."""
        return (self.number - 1) * SHOWN

    @property
    def earlier(self) -> int:
        """The page before in time; 0 if there is none."""
        return self.number + 1 if self.number < self.pages else 0

    @property
    def later(self) -> int:
        """The page after in time; 0 if there is none."""
        return self.number - 1


def thread_context(
    request: HttpRequest, thread: Thread, *, form: WordsForm | None = None
) -> dict[str, Any]:
    """What templates/conversations/show.html draws for this reader; six queries at any length.

    `thread` comes from `for_reader`. Opening it on its newest page marks it as read.
    """
    reader: Person = request.user  # type: ignore[assignment]
    stretch = _stretch(request, thread)
    said = read(list(_messages(thread, reader, stretch)), reader)
    answers = [each for each in said if not each.message.is_opening]
    until = thread.read_until
    is_looking = "prefetch" not in request.headers.get("Sec-Purpose", "")
    if is_looking and stretch.number == 1 and (until is None or until < thread.last_at):
        watching.mark_read(reader, thread, thread.last_at)
    return {
        "thread": thread,
        "audience": thread.audience,
        "opening": next((each for each in said if each.message.is_opening), None),
        "accepted": [each for each in answers if each.message.is_accepted],
        "answers": [each for each in answers if not each.message.is_accepted],
        "stretch": stretch,
        "unread": _first_after(answers, until),
        "may_write": may_write(thread),
        "is_member": thread.role is not None,
        "looks_after": thread.role not in {None, Membership.Role.MEMBER},
        "close": close_to(thread, reader) if thread.is_question else [],
        "today": reader.today(),
        "cases": _told(said),
        "form": form or _composer(thread, reader),
    }


def may_write(thread: Thread) -> bool:
    """True if this reader's words would be taken here now."""
    if thread.is_closed or thread.hidden_at:
        return False
    writing = thread.audience.writing
    return writing == "readers" or (writing == "members" and thread.role is not None)


def close_to(thread: Thread, reader: Person) -> list[Thread]:
    """Other questions of the same group that share one of this one's longest words."""
    words = sorted({word.strip("?!.,;:") for word in thread.title.split()}, key=len)[-3:]
    shares = Q(pk__in=[])
    for word in words:
        shares |= Q(title__icontains=word) if len(word) > 4 else Q()
    others = Thread.objects.visible_to(reader).filter(audience=thread.audience).questions()
    return list(others.filter(shares).exclude(pk=thread.pk).order_by("-last_at")[:CLOSE])


def _told(said: list[Said]) -> dict[UUID, Case]:
    """What was decided about one's own hidden words, by message; no query where none are."""
    hidden = [each.message for each in said if each.is_own and each.message.hidden_at]
    if not hidden:
        return {}
    told = Case.objects.told_to(said[0].reader).filter(message__in=hidden).order_by("opened_at")
    return {case.message_id: case for case in told}


def _stretch(request: HttpRequest, thread: Thread) -> Stretch:
    pages = max(1, -(-thread.answers // SHOWN))
    asked = request.GET.get("page", "1")
    return Stretch(
        min(max(1, int(asked) if asked.isdecimal() and len(asked) < 6 else 1), pages), pages
    )


def _messages(thread: Thread, reader: Person, stretch: Stretch) -> QuerySet[Message]:
    every = Message.objects.visible_to(reader).filter(thread=thread)
    newest = every.answers().order_by("-at", "-id").values("pk")
    shown = newest[stretch.first : stretch.first + SHOWN]
    wanted = Q(is_opening=True) | Q(accepted_at__isnull=False) | Q(pk__in=shown)
    return every.filter(wanted).with_parts()


def _first_after(answers: list[Said], until: Any) -> Said | None:
    """The first answer that is new to the reader; none on a first visit, where all are."""
    return next((each for each in answers if until and each.message.at > until), None)


def slot_of(thread: Thread) -> str:
    """The box for answers to it, among a person's drafts."""
    return f"thread-{thread.pk}"


def _composer(thread: Thread, reader: Person) -> WordsForm:
    return WordsForm.begun_in(reader, slot_of(thread), look=thread.has_draft)
