"""Forms of an import: the file, the columns, the ticks before applying."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.people.importing.headers import FIELDS, is_enough
from sapwood.people.importing.limits import MAX_BYTES
from sapwood.people.importing.problems import sentence
from sapwood.people.models import ImportRun


class UploadForm(forms.Form):
    """A CSV file."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        """50 MB at most."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(sentence("too_large"))
        return file


class ColumnsForm(forms.Form):
    """One choice a field: which column holds it."""

    def __init__(self, run: ImportRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sample = run.rows.exclude(number=0).values_list("cells", flat=True).first() or []
        choices = [("", _("Not in this file"))]
        for column, header in enumerate(run.headers):
            example = sample[column][:30] if column < len(sample) else ""
            words = header or _("Column %(number)s") % {"number": column + 1}
            choices.append((str(column), f"{words}: {example}" if example else words))
        for field in FIELDS:
            self.fields[field.key] = forms.ChoiceField(
                label=field.label,
                choices=choices,
                required=False,
                initial=str(run.columns.get(field.key, "")),
            )

    def clean(self) -> dict[str, Any]:
        """A column stands for one thing, and there must be an address and a name."""
        values: dict[str, Any] = super().clean() or {}
        columns = {key: int(column) for key, column in values.items() if column}
        if len(set(columns.values())) < len(columns):
            raise forms.ValidationError(_("One column is chosen twice. Each holds one thing."))
        if not is_enough(columns):
            raise forms.ValidationError(
                _("Choose at least the column of the e-mail and of the name.")
            )
        return columns


class ApplyForm(forms.Form):
    """What to do with each kind of row."""

    add_new = forms.BooleanField(required=False)
    change_known = forms.BooleanField(required=False)
    close_missing = forms.BooleanField(required=False)
