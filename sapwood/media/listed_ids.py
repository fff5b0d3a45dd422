"""The form field that holds which uploads were brought in while writing."""

from typing import Any
from uuid import UUID

from django import forms


class _AllValues(forms.HiddenInput):
    """Reads the name once with ids beside each other, or several times with one each."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return " ".join(map(str, values))


class UploadIds(forms.CharField):
    """Ids of uploads, in their order, each once; what is no id is left out."""

    widget = _AllValues

    def to_python(self, value: Any) -> Any:
        """A list of ids."""
        found = []
        for word in str(value or "").split()[:100]:
            try:
                found.append(UUID(word))
            except ValueError:
                continue
        return list(dict.fromkeys(found))

    def validate(self, value: Any) -> None:
        """None at all is fine."""

    def run_validators(self, value: Any) -> None:
        """Nothing more to ask of ids."""
