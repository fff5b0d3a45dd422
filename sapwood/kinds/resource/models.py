"""The details of a resource: an article, a file or a link with its card."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models import Activity
from sapwood.core.ids import uuid7
from sapwood.media.addresses import address
from sapwood.media.links.players import Player, player_of
from sapwood.media.models import Upload
from sapwood.media.uses import RichText
from sapwood.people.models import Person


@dataclass(frozen=True)
class LinkCard:
    """What a page shows of a link; the picture is our own copy, never the outside one."""

    url: str
    host: str
    title: str
    text: str
    picture: str
    is_waiting: bool
    failed: bool

    @property
    def player(self) -> Player | None:
        """What may play on the page, if the reader asks for it."""
        return player_of(self.url)


class Resource(models.Model):
    """`body` is rich text after the allow-list. The `link_` texts may be the author's own words;
    what is left empty a job reads from the linked page."""

    class CardState(models.TextChoices):
        """How far the reading of the linked page has come."""

        NONE = "none", _("No link")
        WAITING = "waiting", _("Being read")
        READ = "read", _("Read")
        FAILED = "failed", _("Could not be read")

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="resource"
    )
    body = RichText(blank=True)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    link_title = models.CharField(_("title on the card"), max_length=300, blank=True)
    link_text = models.CharField(_("words on the card"), max_length=600, blank=True)
    link_picture = models.ForeignKey(
        Upload, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    card_state = models.CharField(
        max_length=8, choices=CardState.choices, default=CardState.NONE, editable=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(card_state__in=["none", "waiting", "read", "failed"]),
                name="resource_card_state_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.activity_id)

    @property
    def host(self) -> str:
        """The site of the link, without www; empty when there is none."""
        return (urlsplit(self.link).hostname or "").removeprefix("www.")

    @property
    def is_waiting(self) -> bool:
        """True until the linked page was read, or could not be."""
        return self.card_state == self.CardState.WAITING

    def point_to(self, link: str) -> None:
        """Takes a link, or a new one: its page is then to be read."""
        if link != self.link:
            self.link, self.link_picture = link, None
            self.card_state = self.CardState.WAITING if link else self.CardState.NONE

    def card(self, person: Person) -> LinkCard | None:
        """The card of the link as `person` sees it."""
        if not self.link:
            return None
        picture = address(self.link_picture, person) if self.link_picture else ""
        failed = self.card_state == self.CardState.FAILED
        title = self.link_title or self.host
        return LinkCard(
            self.link, self.host, title, self.link_text, picture, self.is_waiting, failed
        )

    def files(self) -> list["Attachment"]:
        """What is attached, in order."""
        return list(self.attachments.select_related("upload")) if self.pk else []

    def file_types(self) -> list[str]:
        """PDF, DOCX… in order."""
        return [attachment.ending for attachment in self.files()]

    def downloads(self, person: Person) -> list[dict[str, Any]]:
        """Each file with its name, type, size in KB and signed address."""
        return [
            {
                "name": attachment.upload.name,
                "type": attachment.ending,
                "kilobytes": max(1, attachment.upload.size // 1024),
                "url": address(attachment.upload, person),
                "pk": attachment.pk,
            }
            for attachment in self.files()
        ]

    def copy_to(self, activity: Activity) -> None:
        """The same details for another activity."""
        attachments = self.files()
        names = ("body", "link", "link_title", "link_text", "link_picture_id", "card_state")
        copy = Resource.objects.create(
            activity=activity, **{name: getattr(self, name) for name in names}
        )
        Attachment.objects.bulk_create(
            Attachment(resource=copy, upload_id=each.upload_id, position=each.position)
            for each in attachments
        )


class Attachment(models.Model):
    """A file that comes with a resource."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="attachments")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "upload"], name="attachment_once")
        ]

    def __str__(self) -> str:
        return str(self.upload_id)

    @property
    def ending(self) -> str:
        """Its type as people say it."""
        return self.upload.name.rpartition(".")[2].upper()
