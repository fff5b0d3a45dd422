"""Message: what one person said in a thread, with its files and its earlier wordings."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models.apart import not_apart
from sapwood.conversations.models.audience import readable
from sapwood.conversations.models.thread import Thread
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.media.attaching import attach
from sapwood.media.models import Upload
from sapwood.people.folding import fold
from sapwood.people.models import Person

LONGEST = 20_000


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about messages."""

    def visible_to(self, person: Person) -> Self:
        """In threads one may read; not those of somebody blocked, nor hidden ones unless they are
        one's own or one looks after the group."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        looked_after = person.memberships.looking_after().values("audience")
        stands = models.Q(hidden_at=None, thread__hidden_at=None)
        shown = stands | models.Q(author=person.pk) | models.Q(thread__audience__in=looked_after)
        apart = not_apart(person) & not_apart(person, "thread__author")
        return self.filter(readable(person, "thread__audience__"), shown, apart)

    def standing(self) -> Self:
        """Neither removed nor hidden."""
        return self.filter(removed_at=None, hidden_at=None)

    def matching(self, words: str) -> Self:
        """Every word is in the message, or in the question that it asks; accents do not matter."""
        found = self
        for term in fold(words).split():
            found = found.filter(folded__contains=term)
        return found

    def answers(self) -> Self:
        """What was said under the first message."""
        return self.filter(is_opening=False)

    def with_parts(self) -> Self:
        """With the author, and whether there are files (`Attachment.bring_to` fetches them)."""
        files = Attachment.objects.filter(message=models.OuterRef("pk"))
        found = self.select_related("author__unit")
        return found.annotate(has_files=models.Exists(files))


class Message(models.Model):
    """Plain text with links. Removing it leaves a stub without words; editing keeps a `Revision`.

    `true_on` is the day on which its author last said that an accepted answer still holds, and
    `review_on` the day on which they are asked again.
    """

    class Via(models.TextChoices):
        """How it came."""

        PAGE = "page", _("Written here")
        EMAIL = "email", _("By e-mail")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.ForeignKey(
        Thread, models.CASCADE, related_name="messages", verbose_name=_("the thread")
    )
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="messages")
    is_opening = models.BooleanField(
        _("whether it opens the thread"), default=False, editable=False
    )
    text = models.TextField(_("your words"), blank=True)
    folded = models.TextField(blank=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    via = models.CharField(_("how it came"), max_length=5, choices=Via.choices, default=Via.PAGE)
    edited_at = models.DateTimeField(_("when it was changed"), null=True, editable=False)
    removed_at = models.DateTimeField(_("when it was removed"), null=True, editable=False)
    hidden_at = models.DateTimeField(_("when it was hidden"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("when it was accepted"), null=True, editable=False)
    true_on = models.DateField(_("the day it was last said to hold"), null=True, editable=False)
    review_on = models.DateField(_("the day it is asked about again"), null=True, editable=False)
    # Names after an @ and whom they lead to, as in `mentions`: a page has them with the words.
    named = models.JSONField(_("the people it names"), default=dict, blank=True, editable=False)
    calls_group = models.BooleanField(
        _("whether it calls the whole group"), default=False, editable=False
    )
    mentioned = models.ManyToManyField(Person, through="Mention", related_name="+")
    files = models.ManyToManyField(Upload, through="Attachment", related_name="+")

    objects = MessageQuerySet.as_manager()

    if TYPE_CHECKING:  # what `with_parts` adds
        has_files: bool

    privacy = Policy(
        title=_("What you say in threads"),
        purpose=_("So that colleagues can read and answer."),
        seen_by=_("Whoever may read the thread"),
        retention=_("Until you remove it; your name goes with your account."),
        person="author",
        circle="everyone",
        link="groups",
        export=("id", "thread", "text", "at", "via", "edited_at", "removed_at", "accepted_at"),
        erase="anonymise",
    )

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"],
                condition=models.Q(is_opening=True),
                name="one_opening_message",
            )
        ]
        indexes = [
            models.Index(fields=["thread", "at", "id"]),
            models.Index(fields=["author", "-at"]),
            models.Index(
                fields=["review_on"],
                condition=models.Q(review_on__isnull=False),
                name="message_review_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: object, **kwargs: object) -> None:
        """Keeps the folded words for search in step; those of a question have its title too."""
        fields = kwargs.get("update_fields")
        if fields is None or (isinstance(fields, list) and "text" in fields):
            title = self.thread.title if self.is_opening and self.removed_at is None else ""
            self.folded = fold(f"{title} {self.text}")
            if fields is not None:
                kwargs["update_fields"] = [*fields, "folded"]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_removed(self) -> bool:
        """True for a stub."""
        return self.removed_at is not None

    @property
    def is_accepted(self) -> bool:
        """True if who asked said that it worked."""
        return self.accepted_at is not None

    def is_due(self, today: date) -> bool:
        """True if its author should say whether it still holds."""
        return self.review_on is not None and self.review_on <= today

    def carry(self, uploads: Iterable[Upload]) -> None:
        """Has these files from now on, in this order, and no others."""
        wanted = list(uploads)
        self.attachments.exclude(upload__in=wanted).delete()
        for position, upload in enumerate(wanted):
            Attachment.objects.update_or_create(
                message=self, upload=upload, defaults={"position": position}
            )
        attach(wanted)

    def can_edit(self, person: Person) -> bool:
        """Only who wrote it, while it stands."""
        return self.author_id == person.pk and not self.is_removed


def without_name(text: str, name: str, others: Iterable[str] = ()) -> str:
    """The text with "@name" made nameless; a longer name among `others` that begins so stays."""
    gone = gettext("Someone who left")
    names = sorted({name, *others}, key=len, reverse=True)
    at = re.compile("@(" + "|".join(re.escape(each) for each in names) + r")(?!\w)")
    return at.sub(lambda found: f"@{gone}" if found.group(1) == name else found.group(), text)


class Revision(models.Model):
    """An earlier wording; whoever may read the message may read it. It goes when the message is
    removed."""

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="revisions", verbose_name=_("the message")
    )
    text = models.TextField()
    replaced_at = models.DateTimeField(_("when it was replaced"), default=timezone.now)

    privacy = Policy(
        title=_("Earlier wordings of what you said"),
        purpose=_("So that nobody answers words that were changed unseen."),
        seen_by=_("Whoever may read the thread"),
        retention=_("As long as the message."),
        person="message__author",
        circle="everyone",
        link="groups",
        export=("message", "text", "replaced_at"),
        erase="keep",
        kept_because=_("It stays with its message, without your name."),
    )

    class Meta:
        ordering = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """Earlier wordings may name somebody whom the message names no more."""
        for row in cls.objects.filter(text__contains=f"@{person.name}").select_related("message"):
            row.text = without_name(row.text, person.name, [*row.message.named])
            row.save(update_fields=["text"])


class Attachment(models.Model):
    """A picture or a file of a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["message", "upload"], name="attached_once")]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def bring_to(cls, messages: Iterable[Message]) -> dict[UUID, list[Upload]]:
        """The uploads of these messages, in their order; no query where none has any."""
        having = [message.pk for message in messages if getattr(message, "has_files", True)]
        found: dict[UUID, list[Upload]] = {}
        rows = cls.objects.filter(message__in=having).select_related("upload") if having else ()
        for row in rows:
            found.setdefault(row.message_id, []).append(row.upload)
        return found
