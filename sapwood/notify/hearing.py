"""What notify hears from conversations. Each enqueues a job, in the transaction that did it."""

from uuid import UUID

from django.utils import timezone

from sapwood.conversations.models import Message
from sapwood.core.announcing import hears
from sapwood.notify import tasks
from sapwood.notify.models import Device
from sapwood.notify.reading import mark_seen


@hears("message_posted")
def hear_message(pk: UUID) -> None:
    """Somebody wrote: they have read the thread, and others hear of it."""
    tasks.tell_message.enqueue(str(pk))


@hears("message_changed")
def hear_change(pk: UUID) -> None:
    """Notices quote the words as they are now; who is named anew hears of it."""
    tasks.tell_message_again.enqueue(str(pk))


@hears("message_removed")
def hear_removal(pk: UUID) -> None:
    """Nothing quotes what was taken back; a thread that goes takes its notices along."""
    tasks.untell_message.enqueue(str(pk))
    thread = Message.objects.filter(pk=pk).values_list("thread", flat=True).first()
    if thread:
        tasks.forget_unseen.enqueue(f"thread:{thread}")


@hears("thread_changed")
def hear_thread(pk: UUID) -> None:
    """It may have been hidden, or merged."""
    tasks.forget_unseen.enqueue(f"thread:{pk}")


@hears("thread_read")
def hear_reading(thread: UUID, person: UUID) -> None:
    """Somebody looks at a thread: what the inbox says of it is read."""
    mark_seen(person, "thread", thread, timezone.now())


@hears("readers_changed")
def hear_readers(pk: UUID) -> None:
    """Somebody may read a group no longer."""
    tasks.forget_unseen.enqueue(f"audience:{pk}")


@hears("kept_apart")
def hear_block(blocker: UUID, blocked: UUID) -> None:
    """What the two told each other goes."""
    tasks.untell_apart.enqueue(str(blocker), str(blocked))


@hears("reaction_changed")
def hear_reaction(pk: UUID) -> None:
    """A reaction was given or taken back."""
    tasks.tell_reactions.enqueue(str(pk))


@hears("answer_accepted")
def hear_accepted(pk: UUID) -> None:
    """An answer worked."""
    tasks.tell_accepted.enqueue(str(pk))


@hears("thanked")
def hear_thanks(pk: UUID) -> None:
    """Somebody thanked somebody."""
    tasks.tell_thanks.enqueue(str(pk))


@hears("one_session_ended")
def hear_sign_out(pk: UUID) -> None:
    """Who signs out of a browser is told nothing there any more."""
    Device.objects.filter(session=pk.hex).delete()


@hears("report_made")
def hear_report(pk: UUID) -> None:
    """Words wait for a decision."""
    tasks.tell_who_decides.enqueue(str(pk))


@hears("report_decided")
def hear_decision(pk: UUID) -> None:
    """Somebody decided about words."""
    tasks.tell_decision.enqueue(str(pk))
