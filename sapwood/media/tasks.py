"""Jobs of media."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from sapwood.core.jobs import job
from sapwood.core.schedule import every

KEPT = timedelta(days=7)
AT_ONCE = 50  # cards that one round tries again


@job()
def fetch_card(card_pk: str) -> None:
    """Fills the card of a link from its page."""
    from sapwood.media.links.filling import fill

    fill(UUID(card_pk), now=timezone.now())


@every(minutes=10)
@job()
def retry_cards() -> None:
    """Reads again what could not be read, and what a lost job left unread."""
    from sapwood.media.models import LinkCard

    now = timezone.now()
    for card in LinkCard.objects.due(now).order_by("next_at")[:AT_ONCE]:
        if card.take(now):
            fetch_card.enqueue(str(card.pk))


@every(minutes=24 * 60)
@job()
def sweep_link_cards() -> None:
    """Deletes, with its picture, the card of a link that nobody wrote or saw for a year."""
    from sapwood.media.models import LinkCard

    for card in LinkCard.objects.unused(timezone.now()).select_related("picture"):
        card.remove()


@every(minutes=24 * 60)
@job()
def sweep_loose_uploads() -> None:
    """Deletes, with its bytes, what nothing has used for a week; undo has its time until then."""
    from sapwood.media.models import Upload
    from sapwood.media.uses import note_unused

    note_unused(timezone.now())
    for upload in Upload.objects.loose(timezone.now() - KEPT):
        upload.remove()
