"""Answers to a thread: said there in the writer's name, as if written on its page."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.conversations import posting
from sapwood.conversations.models import Audience, Message, Thread
from sapwood.conversations.models.message import LONGEST
from sapwood.conversations.refusing import Refused
from sapwood.notify.inbound.registry import Answer, SentBack, answers
from sapwood.people.models import Person


def _page(about: str) -> str:
    """Where the box for answers stands."""
    return reverse("thread", args=[about])


def _welcomes(person: Person, about: str) -> bool:
    """True where this person may answer now."""
    open_ones = Thread.objects.visible_to(person).filter(is_closed=False, hidden_at=None)
    writable = Audience.objects.writable_by(person).values("pk")
    return open_ones.filter(pk=UUID(about), audience__in=writable).exists()


@answers(
    "thread",
    longest=LONGEST,
    slot="thread-{about}",
    page=_page,
    has_files=True,
    invites=gettext_lazy("and your answer stands in the thread, for everyone who can read it."),
    welcomes=_welcomes,
)
def into_thread(answer: Answer) -> None:
    """Says it under the thread. Raises SentBack where that is not possible any more."""
    thread = Thread.objects.visible_to(answer.person).filter(pk=UUID(answer.about)).first()
    if thread is None:
        raise SentBack(
            _("The thread is no longer there for you: it was removed, or you left its group.")
        )
    try:
        posting.answer(
            answer.person,
            thread,
            key=answer.key,
            text=answer.text,
            now=answer.now,
            uploads=answer.uploads,
            via=Message.Via.EMAIL,
        )
    except Refused as problem:
        raise SentBack(problem.text, _page(answer.about)) from problem
