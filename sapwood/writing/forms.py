"""What composers send, and what <draft-keeper> sends while one writes."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.people.models import Person
from sapwood.writing.drafting import begun
from sapwood.writing.models import Draft

LONGEST_SLOT = 60
SLOT = r"\A[A-Za-z0-9-]+\Z"
TOO_LONG = _(
    "This is more than a draft can hold. Your words are still here: keep them in two parts."
)


class ComposerForm(forms.Form):
    """A form with a draft: `id` is the key of what is sent, `base` the revision it grew from.

    The browser makes the id, so that sending twice is one sending. `slot` keeps the marks of
    several composers on one page apart.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0, required=False)
    draft: Draft | None = None

    def __init__(self, *args: Any, slot: str, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{slot}-%s"} | more)
        self.slot = slot

    @classmethod
    def opened(cls, person: Person, slot: str, **initial: Any) -> Self:
        """The form as this person left it; `initial` is for what they had not touched."""
        draft = begun(person, slot)
        form = cls(
            initial={"id": uuid7(), **initial, **(draft.answers if draft else {})}, slot=slot
        )
        form.draft = draft
        return form


class DraftForm(forms.Form):
    """A save while writing: which form, which box, and the revision it grew from."""

    id = forms.UUIDField()
    slot = forms.RegexField(SLOT, max_length=LONGEST_SLOT)
    base = forms.IntegerField(min_value=0, required=False)
    fields: dict[str, forms.Field]

    RESERVED = ("id", "slot", "base", "csrfmiddlewaretoken")

    def words(self) -> dict[str, str]:
        """Everything else that was sent, by field name."""
        return {name: str(self.data[name]) for name in self.data if name not in self.RESERVED}
