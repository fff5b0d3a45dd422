"""Jobs of notify."""

from uuid import UUID

from django.utils import timezone

from sapwood.core.jobs import job
from sapwood.core.schedule import every


@job()
def tell_crowd(tale_key: str, about_pk: str, after_pk: str) -> None:
    """Tells the next thousands of a large audience; enqueues itself for the rest."""
    from sapwood.notify.crowds import carry_on

    carry_on(tale_key, about_pk, after_pk, timezone.now())


@job()
def tell_message(message_pk: str) -> None:
    """Tells of something that was posted."""
    from sapwood.notify.conversations import tell_about_message

    tell_about_message(UUID(message_pk), timezone.now())


@job()
def tell_message_again(message_pk: str) -> None:
    """Brings quotes in line with an edit, and tells who is named anew."""
    from sapwood.notify.conversations import say_it_anew

    say_it_anew(UUID(message_pk), timezone.now())


@job()
def untell_message(message_pk: str) -> None:
    """Takes back what was told of a message that is gone, and the title that it gave."""
    from sapwood.notify.conversations import say_it_anew

    say_it_anew(UUID(message_pk), timezone.now())


@job()
def untell_apart(one_pk: str, other_pk: str) -> None:
    """Takes back what two people heard of each other, if they are still kept apart."""
    from sapwood.notify.withdrawing import untell_apart

    untell_apart(UUID(one_pk), UUID(other_pk))


@job()
def forget_unseen(about_key: str) -> None:
    """Deletes notices of people who may no longer see "thread:<id>" or "audience:<id>"."""
    from sapwood.notify import withdrawing

    name, _colon, pk = about_key.partition(":")
    withdrawing.forget_unseen(name, UUID(pk))
    if name == "audience":
        withdrawing.forget_home(UUID(pk))


@job()
def tell_reactions(message_pk: str) -> None:
    """Tells an author what their words were to others."""
    from sapwood.notify.conversations import tell_about_reactions

    tell_about_reactions(UUID(message_pk), timezone.now())


@job()
def tell_accepted(message_pk: str) -> None:
    """Tells an author that their answer worked."""
    from sapwood.notify.conversations import tell_about_accepted

    tell_about_accepted(UUID(message_pk), timezone.now())


@job()
def tell_thanks(thanks_pk: str) -> None:
    """Tells somebody that they were thanked."""
    from sapwood.notify.conversations import tell_about_thanks

    tell_about_thanks(UUID(thanks_pk), timezone.now())


@every(minutes=6 * 60)
@job()
def ask_if_still_true() -> None:
    """Asks whether an accepted answer still holds, a year on."""
    from sapwood.notify import conversations

    conversations.ask_if_still_true(timezone.now())


@every(minutes=2)
@job()
def look_into_mailbox() -> None:
    """Takes the answers that wait in the mailbox, where one is set."""
    from django.conf import settings

    from sapwood.notify.inbound.mailbox import look_into

    if settings.IMAP_URL:
        look_into(settings.IMAP_URL, now=timezone.now())


@every(minutes=1)
@job()
def carry_to_phones() -> None:
    """Sends to phones what is due."""
    from sapwood.notify.push.carrying import carry

    carry(timezone.now())


@every(minutes=1)
@job()
def send_letters() -> None:
    """Writes down the letters that are due, and sends what waits."""
    from sapwood.notify.letters.claiming import claim_due
    from sapwood.notify.letters.sending import has_way_out, send_waiting

    if has_way_out():
        claim_due(timezone.now())
        send_waiting(timezone.now())


@job()
def tell_who_decides(case_pk: str) -> None:
    """Tells those who look after a group that a report waits."""
    from sapwood.notify import caring

    caring.tell_who_decides(UUID(case_pk), timezone.now())


@job()
def tell_decision(case_pk: str) -> None:
    """Tells an author what was decided about their words."""
    from sapwood.notify.caring import tell_author

    tell_author(UUID(case_pk), timezone.now())


@every(minutes=60)
@job()
def ask_who_might_know() -> None:
    """Tells a few people of questions that wait, where they said that one may ask them."""
    from sapwood.notify import asking

    asking.ask_who_might_know(timezone.now())
