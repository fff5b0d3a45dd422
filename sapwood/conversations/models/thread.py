"""Thread: a post or a question, with everything that is said under it."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models.apart import not_apart
from sapwood.conversations.models.audience import Audience, Membership, readable
from sapwood.core.ids import uuid7
from sapwood.core.policies import Policy
from sapwood.people.models import Person
from sapwood.writing.models import Draft


class Tone(models.TextChoices):
    """What a post in the open says: the three sentences of working out loud."""

    DOING = "doing", _("What I am doing")
    LEARNED = "learned", _("What I learned")
    NEED = "need", _("What I need")


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Questions about threads."""

    def visible_to(self, person: Person) -> Self:
        """In what one may read, not hidden by a steward unless one wrote it or looks after it."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        looked_after = person.memberships.looking_after().values("audience")
        shown = (
            models.Q(hidden_at=None)
            | models.Q(author=person.pk)
            | models.Q(audience__in=looked_after)
        )
        return self.filter(readable(person, "audience__"), shown, not_apart(person))

    def for_reader(self, person: Person, slot: str) -> Self:
        """With the reader's `role` among the members, `read_until` and `muted`, each None if there
        is none; and whether a draft waits in `slot`."""
        from sapwood.conversations.models.watch import ReadMark, Watch

        place = Membership.objects.filter(person=person.pk, audience=models.OuterRef("audience"))
        mark = ReadMark.objects.filter(person=person.pk, thread=models.OuterRef("pk"))
        watch = Watch.objects.filter(person=person.pk, thread=models.OuterRef("pk"))
        return self.annotate(
            role=models.Subquery(place.values("role")[:1]),
            read_until=models.Subquery(mark.values("at")[:1]),
            muted=models.Subquery(watch.values("is_muted")[:1]),
            has_draft=models.Exists(Draft.objects.of(person).filter(slot=slot)),
        )

    def in_stream(self) -> Self:
        """What stands in a stream, newest first; merged questions stand where they went."""
        return self.filter(merged_into=None).order_by("-opened_at", "-id")

    def questions(self) -> Self:
        """Questions that were not merged into another."""
        return self.filter(kind=Thread.Kind.QUESTION, merged_into=None)

    def unanswered(self) -> Self:
        """Questions that nobody has answered yet."""
        return self.questions().filter(answers=0, is_closed=False)


class Thread(models.Model):
    """`answers` counts the messages under the first one that are not removed, and `last_at` is the
    time of the latest; `title` is that of a question, posts have none.

    The words of the one who opened it are its first message (`Message.is_opening`).
    """

    class Kind(models.TextChoices):
        """What it is."""

        POST = "post", _("Post")
        QUESTION = "question", _("Question")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    audience = models.ForeignKey(
        Audience, models.CASCADE, related_name="threads", verbose_name=_("the group")
    )
    kind = models.CharField(
        _("post or question"), max_length=8, choices=Kind.choices, default=Kind.POST
    )
    tone = models.CharField(
        _("what it says: doing, learned or need"), max_length=7, choices=Tone.choices, blank=True
    )
    title = models.CharField(_("question"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="threads")
    opened_at = models.DateTimeField(_("when it was opened"), default=timezone.now, editable=False)
    last_at = models.DateTimeField(
        _("when somebody last wrote in it"), default=timezone.now, editable=False
    )
    answers = models.PositiveIntegerField(_("number of answers"), default=0, editable=False)
    is_answered = models.BooleanField(
        _("whether it has an answer that worked"), default=False, editable=False
    )
    is_closed = models.BooleanField(_("whether it is closed"), default=False)
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("the question it was put with"),
    )
    hidden_at = models.DateTimeField(_("when it was hidden"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = ThreadQuerySet.as_manager()

    if TYPE_CHECKING:  # what `for_reader` adds
        role: str | None
        read_until: datetime | None
        muted: bool | None
        has_draft: bool

    privacy = Policy(
        title=_("Posts and questions you opened"),
        purpose=_("So that colleagues can read and answer."),
        seen_by=_("Whoever may read the group"),
        retention=_("Until you remove them; your name goes with your account."),
        person="author",
        circle="everyone",
        link="groups",
        export=("id", "kind", "tone", "title", "opened_at"),
        erase="anonymise",
    )

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="post") | ~models.Q(title=""), name="question_has_a_title"
            ),
            models.CheckConstraint(
                condition=models.Q(tone__in=["", *Tone.values]), name="thread_tone_known"
            ),
        ]
        indexes = [
            models.Index(fields=["audience", "-opened_at", "-id"]),
            models.Index(fields=["author", "-opened_at"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """The page of the thread."""
        return reverse("thread", args=[self.pk])

    @property
    def is_question(self) -> bool:
        """True if answers can be accepted."""
        return self.kind == self.Kind.QUESTION

    @property
    def tone_words(self) -> str:
        """What the tag over a post says."""
        return str(Tone(self.tone).label) if self.tone else ""

    def can_accept(self, person: Person) -> bool:
        """Who asked says which answers worked."""
        return self.is_question and self.author_id == person.pk

    def touch(self, at: datetime) -> None:
        """Counts again what stands in it, and who accepted what; call it inside the transaction."""
        said = self.messages.filter(removed_at=None, hidden_at=None, is_opening=False)
        self.answers = said.count()
        self.is_answered = said.exclude(accepted_at=None).exists()
        self.last_at = max(self.last_at, at)
        self.save(update_fields=["answers", "is_answered", "last_at"])
