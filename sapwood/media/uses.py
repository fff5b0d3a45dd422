"""What still uses an upload: every foreign key to one, and the pictures in every rich text."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from sapwood.media.markup import upload_ids
from sapwood.media.models import Upload


class RichText(models.TextField[str, str]):
    """A text that went through `stored()`; the pictures in it count as used."""

    def deconstruct(self) -> Any:
        """A plain text field for migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


def in_use() -> set[UUID]:
    """Ids of all uploads that a row points to or a text shows."""
    return {pk for field in _fields() for pk in _named_by(field)}


def note_unused(now: datetime) -> None:
    """Starts the time of grace of what lost its last use, and ends that of what is used again."""
    used = in_use()
    for upload in Upload.objects.only("pk", "unused_since").iterator():
        if upload.pk in used:
            upload.attach()
        elif upload.unused_since is None:
            Upload.objects.filter(pk=upload.pk).update(unused_since=now)


def _fields() -> Iterator[Any]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Upload or isinstance(field, RichText):
                yield field


def _named_by(field: Any) -> Iterator[UUID]:
    rows = field.model._default_manager.order_by()
    if not isinstance(field, RichText):
        yield from rows.exclude(**{field.name: None}).values_list(field.attname, flat=True)
        return
    texts = rows.filter(**{f"{field.name}__contains": "data-upload"})
    for html in texts.values_list(field.name, flat=True).iterator():
        yield from upload_ids(html)
