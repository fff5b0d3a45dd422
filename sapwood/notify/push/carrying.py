"""From notices whose time has come to the phones of the people they are for.

A notice is taken before it is sent, in one statement, so that two workers never send it twice; what
a push service could not take now is tried again for an hour, then waits in the inbox.
"""

import logging
import time
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from sapwood.core.fetcher import post
from sapwood.notify.abouts import still_seen
from sapwood.notify.kinds import kind_of
from sapwood.notify.models import Device, Notice
from sapwood.notify.muting import unmuted
from sapwood.notify.push.sending import GONE, Message, Post, send
from sapwood.people.models import Person

BATCH = 200
SECONDS = 20  # of one run: other jobs wait behind it; the next begins a minute later
WAIT = timedelta(minutes=5)
LATEST = timedelta(hours=1)
FAILING = timedelta(days=14)
logger = logging.getLogger("sapwood.push")


def carry(now: datetime, *, post: Post = post) -> int:
    """Sends what is due; says to how many devices."""
    due = Notice.objects.unread().due_by_push(now)
    people = due.order_by().values_list("person", flat=True).distinct()[:BATCH]
    began, reached = time.monotonic(), 0
    for pk in list(people):
        if time.monotonic() - began > SECONDS:
            break
        try:
            reached += _carry_to(pk, now, post)
        except Exception:  # one person's trouble keeps nobody else waiting
            logger.exception("push failed")
    return reached


def _carry_to(pk: UUID, now: datetime, post: Post) -> int:
    person = Person.objects.active().filter(pk=pk).first()
    notices = _take(pk, now)
    devices = list(Device.objects.filter(person=pk)) if person else []
    if person is None or not devices:
        return 0
    wanted = unmuted(person, still_seen(person, notices))
    with override(person.language):
        messages = [(notice, _message(notice, person)) for notice in wanted]
    reached = 0
    later: list[UUID] = []
    for notice, message in messages:
        statuses = [_send(device, message, now, post) for device in devices if device.pk]
        arrived = sum(200 <= status < 300 for status in statuses)
        reached += arrived
        may_pass = any(status == 0 or status >= 429 for status in statuses)
        is_young = any(each.failed_at and now - each.failed_at < LATEST for each in devices)
        if may_pass and is_young and not arrived:
            later.append(notice.pk)
    waiting = Notice.objects.unread().filter(pk__in=later, push_due_at__isnull=True)
    waiting.update(push_due_at=now + WAIT)
    return reached


def _take(person: UUID, now: datetime) -> list[Notice]:
    """The due notices of one person, which are due no more."""
    with transaction.atomic():
        mine = Notice.objects.unread().due_by_push(now).filter(person=person)
        notices = list(mine.select_for_update().order_by("at"))
        taken = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
        taken.update(push_due_at=None, sent_push_at=now)
    return notices


def _message(notice: Notice, person: Person) -> Message:
    kind = kind_of(notice)
    title = kind.headline(notice) if kind else notice.title
    return Message(title, notice.quote, notice.link, notice.pk.hex, person.language)


def _send(device: Device, message: Message, now: datetime, post: Post) -> int:
    """Sends, and notes how it went: a device that is gone goes, one that fails long too."""
    status = send(device, message, post=post)
    if status in GONE or (device.failed_at and device.failed_at < now - FAILING):
        Device.objects.filter(pk=device.pk).delete()
        device.pk = None
    elif 200 <= status < 300:
        if device.failed_at:
            Device.objects.filter(pk=device.pk).update(failed_at=None)
    elif device.failed_at is None:
        device.failed_at = now
        Device.objects.filter(pk=device.pk).update(failed_at=now)
    return status
