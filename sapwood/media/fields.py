"""Form fields that take files."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class SeveralFiles(forms.FileInput):
    """Hands over every file of the field, not only the last."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class ManyFiles(forms.FileField):
    """A file field that takes several."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file checked like a single one."""
        return [super(ManyFiles, self).clean(each, initial) for each in data or []]
