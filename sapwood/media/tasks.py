"""Jobs of media."""

from datetime import timedelta

from django.utils import timezone

from sapwood.core.jobs import job
from sapwood.core.schedule import every

KEPT = timedelta(days=7)


@every(minutes=24 * 60)
@job()
def sweep_loose_uploads() -> None:
    """Deletes, with its bytes, what nothing has used for a week; undo has its time until then."""
    from sapwood.media.models import Upload
    from sapwood.media.uses import note_unused

    note_unused(timezone.now())
    for upload in Upload.objects.loose(timezone.now() - KEPT):
        upload.remove()
