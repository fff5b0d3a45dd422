"""Filling one card from its page: outside any transaction, and harmless to repeat."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.core.exceptions import ValidationError

from sapwood.core.fetcher import Page, Refused, fetch
from sapwood.media.bringing_in import bring_in_bytes
from sapwood.media.links.players import about_url, player_of
from sapwood.media.links.reading import PICTURES, Words, read, read_oembed, wanted
from sapwood.media.models import LinkCard, Upload
from sapwood.media.pictures import SMALL


class Fetch(Protocol):
    """The guarded way out, `sapwood.core.fetcher.fetch`."""

    def __call__(self, url: str, /) -> Page:
        """The page. Raises Refused."""


def ask(url: str, /) -> Page:
    """The page at `url`, as far as two megabytes; of what is no page or picture only its type."""
    return fetch(url, reads=wanted, cuts=True)


def fill(card_pk: UUID, *, now: datetime, ask: Fetch = ask) -> None:
    """Reads the page of a card that waits for it; one that is done, or gone, asks nobody."""
    card = LinkCard.objects.filter(pk=card_pk, next_at__isnull=False).first()
    if card is None:
        return
    try:
        page, words = read_link(card.url, ask)
    except Refused as problem:
        card.fail(str(problem), now)
        return
    card.final_url = page.url
    picture = None if card.is_guarded else _picture(page, words, ask)
    if card.keep(words, final_url=page.url, picture=picture, now=now):
        if picture:
            picture.attach()
    elif picture:
        picture.remove()


def read_link(url: str, ask: Fetch) -> tuple[Page, Words]:
    """The page and its words; a site of films is asked about the one film first. Raises Refused."""
    player = player_of(url)
    if player and (about := about_url(url)):
        try:
            answer = ask(about)
            words = read_oembed(answer, player.site.kind)
        except Refused:
            words = Words()
        if words.title:
            return Page(url, answer.content_type, "", b""), words
    page = ask(url)
    return page, read(page)


def _picture(page: Page, words: Words, ask: Fetch) -> Upload | None:
    """Our own small, redrawn copy of the picture, or none."""
    try:
        data = page.data if words.kind == "picture" else b""
        if words.picture:
            found = ask(words.picture)
            data = found.data if found.content_type in PICTURES else b""
        upload = bring_in_bytes(data, name="card", owner=None, widest=SMALL) if data else None
    except (Refused, ValidationError):
        return None
    if upload and not upload.is_picture:
        upload.remove()
        return None
    return upload
