"""What live hears from the apps below, and passes on to open pages."""

from uuid import UUID

from sapwood.conversations.models import Message, Thread
from sapwood.core.announcing import hears
from sapwood.live.log import ENDED, READERS
from sapwood.live.publishing import publish


@hears("session_ended", "one_session_ended")
def close_streams(pk: UUID) -> None:
    """A person's streams close with their sessions, in every process; `pk` is either's."""
    publish(f"{ENDED}{pk}", "ended")


@hears("readers_changed")
def ask_for_rights(audience: UUID) -> None:
    """Whoever listens to a group shows a new ticket: somebody may read it no longer."""
    publish(f"{READERS}{audience}", "check")


@hears("notice_given")
def show_notice(person: UUID) -> None:
    """The inbox has something new."""
    publish(f"person:{person}", "notice")


@hears("message_posted")
def show_message(pk: UUID) -> None:
    """Somebody posted, asked or answered."""
    _about_message(pk, "posted")


@hears("message_changed", "message_removed")
def show_change(pk: UUID) -> None:
    """Words changed, or went."""
    _about_message(pk, "changed")


@hears("reaction_changed")
def show_reactions(pk: UUID) -> None:
    """Somebody found a message useful, or no more."""
    _about_message(pk, "reacted")


@hears("answer_accepted")
def show_answer(pk: UUID) -> None:
    """A question has its answer."""
    _about_message(pk, "answered")


@hears("thread_changed")
def show_thread(pk: UUID) -> None:
    """A thread was closed, hidden, merged or opened again."""
    for audience in Thread.objects.filter(pk=pk).values_list("audience", flat=True):
        publish(f"thread:{pk}", "thread")
        publish(f"audience:{audience}", "thread", {"thread": pk})


def _about_message(pk: UUID, name: str) -> None:
    known = Message.objects.filter(pk=pk).values_list("thread", "thread__audience")
    for thread, audience in known:
        publish(f"thread:{thread}", name, {"message": pk})
        publish(f"audience:{audience}", name, {"thread": thread, "message": pk})
