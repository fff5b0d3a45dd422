"""What the writing page and the reply box send."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.journal.models.entry import LONGEST
from sapwood.journal.prompts import MODELS, PROMPTS, Prompt
from sapwood.ledger.models import Visibility


class EntryForm(forms.Form):
    """An entry being written. It grew from revision `base`; `seen` are questions waved on."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0, required=False)
    prompt = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    about = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": _("Write a sentence first. It can be short.")},
    )
    visibility = forms.ChoiceField(
        label=_("Who can read this entry?"),
        choices=Visibility.choices,
        required=False,
        initial=Visibility.PRIVATE,
    )

    def clean_id(self) -> UUID:
        """A page without scripts may leave it to us."""
        return self.cleaned_data["id"] or uuid7()

    def clean_base(self) -> int:
        """Nothing yet is revision 0."""
        return self.cleaned_data["base"] or 0

    def clean_visibility(self) -> str:
        """Only you, unless something else was said."""
        return self.cleaned_data["visibility"] or Visibility.PRIVATE

    @property
    def question(self) -> Prompt | None:
        """The question that stands above the words, if it is one of ours."""
        return PROMPTS.get(str(self["prompt"].value() or ""))

    @property
    def waved_on(self) -> list[str]:
        """Questions shown since the page was opened, this one included."""
        seen = f"{self['seen'].value() or ''} {self['prompt'].value() or ''}"
        return list(dict.fromkeys(pid for pid in seen.split() if pid in PROMPTS))

    def told(self, **values: Any) -> "EntryForm":
        """The same form with some answers replaced, as the page shows it again."""
        answers = {name: self[name].value() for name in self.fields} | values
        return EntryForm(initial=answers)


class DraftForm(forms.Form):
    """A save while writing: which form, which box, and the revision it grew from."""

    id = forms.UUIDField()
    slot = forms.SlugField(max_length=60, required=False)
    base = forms.IntegerField(min_value=0, required=False)
    fields: dict[str, forms.Field]

    RESERVED = ("id", "slot", "base", "csrfmiddlewaretoken")

    def words(self) -> dict[str, str]:
        """Everything else that was sent, by field name."""
        return {name: str(self.data[name]) for name in self.data if name not in self.RESERVED}


class ReplyForm(forms.Form):
    """A reply to an entry; the browser makes its id, so that sending twice is one reply."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your reply"),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Write a few words first.")},
    )


class LeaningForm(forms.Form):
    """How the journal asks."""

    model = forms.ChoiceField(choices=list(MODELS.items()), required=False)


def uuid_or_none(text: str) -> UUID | None:
    """A UUID from an address, or None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
