"""LinkCard: what the page behind a link says about itself, read once for everybody."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.fetcher import Refused
from sapwood.core.ids import uuid7
from sapwood.media.links.identity import host_of, key_of, opens_doors, tidied
from sapwood.media.links.players import Player, player_of
from sapwood.media.links.reading import Words
from sapwood.media.models.upload import Upload

FRESH = timedelta(days=30)  # then a link that is written again is read again
KEPT = timedelta(days=365)  # since anybody wrote the link or saw the card
LEASE = timedelta(minutes=10)  # one job at a time reads a page
WAITS = (timedelta(minutes=10), timedelta(hours=2), timedelta(days=1))
PASSING = ("time", "connection", "name", "status 429", "status 5")  # worth another try


class LinkCardQuerySet(models.QuerySet["LinkCard"]):
    """Questions about cards, and the wish for one."""

    def of(self, urls: Iterable[str], now: datetime | None = None) -> dict[str, "LinkCard"]:
        """The cards that are ready, by the address as it was given: one query for all.

        A card shown for the first time in a month notes that it is still in use.
        """
        keys = {url: key_of(asked) for url in urls if (asked := _askable(url))}
        if not keys:
            return {}
        found = self.filter(key__in=set(keys.values()), state=LinkCard.State.READY)
        cards = {card.key: card for card in found.select_related("picture")}
        now = now or timezone.now()
        if stale := [card.pk for card in cards.values() if card.wanted_at < now - FRESH]:
            LinkCard.objects.filter(pk__in=stale).update(wanted_at=now)
        return {url: cards[key] for url, key in keys.items() if key in cards}

    def want(self, urls: Iterable[str], now: datetime | None = None) -> None:
        """Asks for the cards of links that somebody has just written; twice asks once.

        Rows are made in one order, so that two who write the same links never wait for each other
        in a circle.
        """
        from sapwood.media.tasks import fetch_card

        now = now or timezone.now()
        asked = {key_of(url): url for each in urls if (url := _askable(each))}
        if not asked:
            return
        rows = [LinkCard(key=k, url=asked[k], next_at=now, wanted_at=now) for k in sorted(asked)]
        with transaction.atomic():
            LinkCard.objects.bulk_create(rows, ignore_conflicts=True)
            known = LinkCard.objects.filter(key__in=asked).order_by("key")
            for card in known:
                if card.is_to_be_read(now) and card.take(now):
                    fetch_card.enqueue(str(card.pk))

    def due(self, now: datetime) -> Self:
        """Those whose time to be read, or tried again, has come."""
        return self.filter(next_at__lte=now)

    def unused(self, now: datetime) -> Self:
        """Neither written nor shown for a year."""
        return self.filter(wanted_at__lt=now - KEPT)


class LinkCard(models.Model):
    """One for each address, shared by all who write it; it holds no person.

    `next_at` is when it should be read (again): empty when there is nothing to do. A job moves it
    ahead while it reads, so that no two read the same page.
    """

    class State(models.TextChoices):
        """How far the reading has come."""

        WAITING = "waiting", _("Being read")
        READY = "ready", _("Read")
        FAILED = "failed", _("Could not be read")

    class Kind(models.TextChoices):
        """What is behind the link."""

        PAGE = "page", _("Page")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        PICTURE = "picture", _("Picture")
        FILE = "file", _("File")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.TextField(editable=False)
    final_url = models.TextField(blank=True, editable=False)
    site = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    picture = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.PAGE)
    ending = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    failed_because = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, db_index=True)
    fetched_at = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField()

    objects = LinkCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "ready", "failed"]),
                name="link_card_state_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def of(cls, urls: Iterable[str], now: datetime | None = None) -> dict[str, "LinkCard"]:
        """The cards that are ready, by address, in one query."""
        return cls.objects.of(urls, now)

    @classmethod
    def wanted(cls, *urls: str, now: datetime | None = None) -> None:
        """Somebody has written these links: their cards are made, or renewed when old."""
        cls.objects.want(urls, now)

    @property
    def host(self) -> str:
        """Where the link leads in the end, without www."""
        return host_of(self.final_url or self.url)

    @property
    def player(self) -> Player | None:
        """What may play on a page, if the reader asks for it."""
        return player_of(self.url) or player_of(self.final_url)

    @property
    def is_guarded(self) -> bool:
        """The address holds a key: nothing but the place and the title is kept."""
        return opens_doors(self.url) or opens_doors(self.final_url)

    def is_to_be_read(self, now: datetime) -> bool:
        """True if nobody reads it now and it is new, or older than a month."""
        if self.next_at is not None:
            return self.next_at <= now
        return self.fetched_at is None or self.fetched_at < now - FRESH

    def take(self, now: datetime) -> bool:
        """Claims the reading for one job; False if another was faster."""
        mine = LinkCard.objects.filter(pk=self.pk, next_at=self.next_at)
        again = {} if self.next_at else {"tries": 0}
        return bool(mine.update(next_at=now + LEASE, wanted_at=now, **again))

    def keep(self, words: Words, *, final_url: str, picture: Upload | None, now: datetime) -> bool:
        """What was read; False if another job has done it meanwhile."""
        self.final_url = final_url if final_url != self.url else ""
        guarded = self.is_guarded
        fields: dict[str, Any] = {
            "state": self.State.READY,
            "final_url": self.final_url,
            "site": words.site,
            "title": words.title or self.host[:200],
            "summary": "" if guarded else words.text,
            "picture": None if guarded else picture,
            "kind": words.kind,
            "ending": words.ending,
            "failed_because": "",
            "tries": 0,
        }
        return self._finish(fields, next_at=None, now=now)

    def fail(self, code: str, now: datetime) -> None:
        """It could not be read; a passing trouble is tried again, each time after a longer wait.

        A card that was read before keeps what it says.
        """
        is_passing = code.startswith(PASSING) and self.tries < len(WAITS)
        next_at = now + WAITS[self.tries] if is_passing else None
        state = self.State.READY if self.title else self.State.FAILED
        fields = {"state": state, "failed_because": code[:20], "tries": self.tries + 1}
        self._finish(fields, next_at=next_at, now=now)

    def _finish(self, fields: dict[str, Any], *, next_at: datetime | None, now: datetime) -> bool:
        """Ends one reading: only the first job that comes so far writes."""
        mine = LinkCard.objects.filter(pk=self.pk, next_at=self.next_at)
        return bool(mine.update(**fields, next_at=next_at, fetched_at=now))

    def remove(self) -> None:
        """Deletes the row and its picture."""
        picture = self.picture
        self.delete()
        if picture:
            picture.remove()


def _askable(url: str) -> str:
    """The address as we would ask for it; empty if we never would."""
    try:
        return tidied(url) if urlsplit(url).scheme else ""
    except (Refused, ValueError):
        return ""
