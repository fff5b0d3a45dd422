"""Notice: one line of somebody's inbox, about one thread; and each thing that was told in it."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import Limit, Policy
from sapwood.people.models import Person

KEPT = timedelta(days=60)
LONGEST_TITLE, LONGEST_QUOTE = 300, 200


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def visible_to(self, person: Person) -> Self:
        """One's own. Nobody else's, whatever their role."""
        return self.filter(person=person)

    def showing(self, now: datetime) -> Self:
        """In the inbox now: their time came, nobody snoozed them."""
        return self.filter(shows_at__lte=now)

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at__isnull=True)

    def due_by_email(self, now: datetime) -> Self:
        """Whose e-mail should leave now."""
        return self.filter(email_due_at__lte=now)

    def due_by_push(self, now: datetime) -> Self:
        """Whose message to the phone should leave now."""
        return self.filter(push_due_at__lte=now)

    def about(self, kind: str, pk: UUID) -> Self:
        """About one thing, as about("thread", pk)."""
        return self.filter(about_type=kind, about_id=pk)

    def read(self, now: datetime) -> int:
        """Marks these as read; nothing more is sent about them. Says how many."""
        waiting = {"email_due_at": None, "push_due_at": None, "unsent": 0}
        return self.unread().update(read_at=now, **waiting)


class Notice(models.Model):
    """One row for a person and a thread (or goal, gathering …) while it is unread.

    What happens there before they look makes this row grow instead of adding another: `count`
    events by `actors_count` people, of whom `actor` is the latest and `actor_before` another.
    `thread_key` says what merges, `key` is that of the latest event, whose words `quote` holds.
    `shows_at` is since, or from, when it stands in the inbox (None: never), `email_due_at` and
    `push_due_at` when it leaves (None: it need not), and `unsent` how many events no e-mail has
    told of yet. `place` is what holds the thread, as "audience:<id>", for muting all of that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, blank=True)
    about_type = models.CharField(max_length=20)
    about_id = models.UUIDField()
    place = models.CharField(max_length=64, blank=True)
    thread_key = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    actor_before = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    actors_count = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    quote = models.CharField(max_length=LONGEST_QUOTE, blank=True)
    link = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    shows_at = models.DateTimeField(null=True)
    email_due_at = models.DateTimeField(null=True)
    push_due_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    sent_email_at = models.DateTimeField(null=True)
    sent_push_at = models.DateTimeField(null=True)
    unsent = models.PositiveIntegerField(default=1)

    objects = NoticeQuerySet.as_manager()

    privacy = Policy(
        title=_("Notices"),
        purpose=_("So that you hear of what is addressed to you."),
        seen_by=_("Only you"),
        retention=_("60 days."),
        limit=Limit(KEPT, "at"),
        export=("at", "kind", "title", "quote", "count", "link", "read_at", "sent_email_at"),
        private=True,
        link="inbox",
    )

    class Meta:
        ordering = ["-shows_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "thread_key"],
                condition=models.Q(read_at__isnull=True),
                name="notice_once_while_unread",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-shows_at", "-id"], name="notice_of_person"),
            models.Index(
                fields=["person", "shows_at"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["email_due_at", "person"],
                condition=models.Q(email_due_at__isnull=False),
                name="notice_by_email",
            ),
            models.Index(
                fields=["push_due_at", "person"],
                condition=models.Q(push_due_at__isnull=False),
                name="notice_by_push",
            ),
            models.Index(fields=["about_type", "about_id"], name="notice_about"),
            models.Index(fields=["at"], name="notice_at"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_new(self) -> bool:
        """True until it is opened."""
        return self.read_at is None

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """Words that name somebody who was erased go; the thread itself keeps what is left."""
        if person.name:
            cls.objects.filter(quote__icontains=person.name).update(quote="")
            cls.objects.filter(title__icontains=f"@{person.name}").update(title="")

    def snooze(self, until: datetime) -> None:
        """Takes it out of the inbox until then; nothing leaves by e-mail or phone before."""
        self.shows_at = self.snoozed_until = until
        for field in ("email_due_at", "push_due_at"):
            due = getattr(self, field)
            setattr(self, field, max(due, until) if due else None)
        self.save(update_fields=["shows_at", "snoozed_until", "email_due_at", "push_due_at"])


class Telling(models.Model):
    """One thing that one person was told, or would have been: its key makes that happen once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tellings")
    key = models.CharField(max_length=100)
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="tellings")
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("What you were told already"),
        purpose=_("So that nothing reaches you twice."),
        seen_by=_("Only you"),
        retention=_("60 days."),
        limit=Limit(KEPT, "at"),
        export=("at",),
        private=True,
        link="inbox",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["at"], name="telling_at"),
            models.Index(fields=["key"], name="telling_key"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
