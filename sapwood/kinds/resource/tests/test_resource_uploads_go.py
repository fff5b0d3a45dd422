"""A deleted article takes its pictures and files along, once the days to bring it back are over."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sapwood.activities.models import Activity
from sapwood.kinds.resource.tests.test_resource_keeping import send
from sapwood.media.bringing_in import bring_in_bytes
from sapwood.media.models import Upload
from sapwood.media.tasks import KEPT, sweep_loose_uploads
from sapwood.media.tests.test_uploads_coming_in import picture


@pytest.fixture
def article(cast: SimpleNamespace, client_of: Callable[[object], Client]) -> Activity:
    """With a picture in its text and a file beside it."""
    photo = bring_in_bytes(picture("PNG"), name="pump.png", owner=cast.ana)
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 \n")
    body = f'<p>Look:</p><img data-upload="{photo.pk}" alt="a pump">'
    return send(client_of(cast.ana), body=body, files_added=[pdf])


def a_week_later() -> None:
    long_ago = timezone.now() - KEPT - timedelta(hours=1)
    Upload.objects.exclude(unused_since=None).update(unused_since=long_ago)
    sweep_loose_uploads.func()


def test_what_is_used_stays(article: Activity) -> None:
    sweep_loose_uploads.func()
    a_week_later()
    assert Upload.objects.filter(unused_since=None).count() == 2


def test_what_was_used_goes_a_week_after(article: Activity) -> None:
    names = [
        name for row in Upload.objects.all() for name in (row.file.name, row.small.name) if name
    ]
    article.delete()
    sweep_loose_uploads.func()
    assert all(default_storage.exists(name) for name in names)
    a_week_later()
    assert not Upload.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


def test_what_comes_back_in_time_stays(article: Activity) -> None:
    body = article.resource.body
    article.resource.body = ""
    article.resource.save()
    sweep_loose_uploads.func()
    assert Upload.objects.exclude(unused_since=None).count() == 1
    article.resource.body = body
    article.resource.save()
    a_week_later()
    assert Upload.objects.filter(unused_since=None).count() == 2
