"""Jobs of media."""

from datetime import timedelta

from django.utils import timezone

from sapwood.core.jobs import job
from sapwood.core.schedule import every

KEPT = timedelta(days=7)


@every(minutes=24 * 60)
@job()
def sweep_loose_uploads() -> None:
    """Deletes what was brought in a week ago and never used."""
    from sapwood.media.models import Upload

    for upload in Upload.objects.loose(timezone.now() - KEPT):
        upload.remove()
