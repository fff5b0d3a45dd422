"""Words that no longer stand: asked at the moment of showing or sending, before any job ran."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from sapwood.conversations.models import Message
from sapwood.notify.models.notice import Notice
from sapwood.people.models import Person


def only_standing(person: Person, notices: Iterable[Notice]) -> list[Notice]:
    """Those whose words stand; where more happened, what is left without the words that went.

    A title is gone when the message that opens its thread is. One query.
    """
    listed = list(notices)
    quoted = {notice.pk: pk for notice in listed if (pk := _message_of(notice))}
    threads = {notice.about_id for notice in listed if notice.about_type == "thread"}
    if not (quoted or threads):
        return listed
    standing = Message.objects.standing().filter(thread__hidden_at=None)
    own = Message.objects.filter(author=person, removed_at=None)
    asked = Q(pk__in=set(quoted.values())) | Q(is_opening=True, thread__in=threads)
    rows = (standing | own).filter(asked).order_by().values_list("pk", "thread", "is_opening")
    found = list(rows)
    stand = {pk for pk, _thread, _opens in found}
    titled = {thread for _pk, thread, opens in found if opens}
    left = []
    for notice in listed:
        if notice.about_type == "thread" and notice.about_id not in titled:
            notice.title = ""
        if notice.pk in quoted and quoted[notice.pk] not in stand:
            if notice.count <= 1:
                continue
            notice.quote = ""
        left.append(notice)
    return left


def _message_of(notice: Notice) -> UUID | None:
    """The message whose words a notice quotes."""
    name, _colon, pk = notice.key.partition(":")
    try:
        return UUID(pk) if name == "message" else None
    except ValueError:
        return None
