"""Filling the card of a link from its page: outside any transaction, and harmless to repeat."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from sapwood.core.fetcher import Page, Refused
from sapwood.kinds.resource.models import Resource
from sapwood.media.bringing_in import bring_in_bytes
from sapwood.media.links.filling import ask, read_link
from sapwood.media.links.reading import Words
from sapwood.media.models import Upload

Fetch = Callable[[str], Page]


def fill_card(activity_id: UUID, *, fetch: Fetch = ask) -> None:
    """Reads the linked page of a resource that waits for it; the author's own words stay."""
    details = Resource.objects.filter(activity=activity_id).select_related("activity").first()
    if details is None or not details.is_waiting:
        return
    try:
        _page, words = read_link(details.link, fetch)
    except Refused:
        Resource.objects.filter(pk=details.pk, link=details.link).update(
            card_state=Resource.CardState.FAILED
        )
        return
    _keep(details, words, _picture(words.picture, fetch))


def _picture(url: str, fetch: Fetch) -> Upload | None:
    """Our own redrawn copy of the picture, or none."""
    if not url:
        return None
    try:
        page = fetch(url)
        upload = bring_in_bytes(page.data, name="card", owner=None)
    except (Refused, ValidationError):
        return None
    if not upload.is_picture:
        upload.remove()
        return None
    return upload


def _keep(details: Resource, words: Words, picture: Upload | None) -> None:
    with transaction.atomic():
        kept = Resource.objects.select_for_update().filter(pk=details.pk, link=details.link).first()
        if kept is None:
            return
        kept.link_title = kept.link_title or words.title
        kept.link_text = kept.link_text or words.text
        kept.card_state = Resource.CardState.READ
        if picture:
            picture.attach()
            kept.link_picture = picture
        kept.save()
        kept.activity.refresh()
