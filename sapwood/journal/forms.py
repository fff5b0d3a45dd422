"""What the writing page and the reply box send."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sapwood.core.formats import number
from sapwood.core.ids import uuid7
from sapwood.core.seen import LineField, WordsField
from sapwood.journal.models.entry import LONGEST
from sapwood.journal.prompts import MODELS, PROMPTS, Prompt
from sapwood.ledger.models import Visibility

LONGEST_TITLE = 200
LONGEST_REPLY = 4000
TOO_LONG = _(
    "This is more than a draft can hold. Your words are still here: keep them in two parts."
)


class EntryForm(forms.Form):
    """An entry being written. It grew from revision `base`; `seen` are questions waved on.

    A draft may be longer than what can be kept, so that nothing has to be cut to save it.
    """

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0, required=False)
    prompt = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    about = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = LineField(label=_("Title"), required=False)
    text = WordsField(
        label=_("Your words"),
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

    def clean_title(self) -> str:
        """One line; a draft of it may be longer."""
        title: str = self.cleaned_data["title"]
        if self._is_kept and len(title) > LONGEST_TITLE:
            words = _("A title has up to {most} characters and this has {count}. Shorten it.")
            raise _too_long(str(words), len(title), LONGEST_TITLE)
        return title

    def clean_text(self) -> str:
        """The words; a draft of them may be longer."""
        text: str = self.cleaned_data["text"]
        count = len(text.replace("\r\n", "\n"))  # as the writer sees them
        if self._is_kept and count > LONGEST:
            words = _(
                "An entry holds up to {most} characters and this has {count}. Your words are all"
                " still here: keep them as two entries, or shorten them."
            )
            raise _too_long(str(words), count, LONGEST)
        return text

    @property
    def _is_kept(self) -> bool:
        return bool(self.data.get("as", "keep") == "keep")

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
    text = WordsField(
        label=_("Your reply"),
        max_length=LONGEST_REPLY,
        widget=forms.Textarea,
        error_messages={
            "required": _("Write a few words first."),
            "max_length": _(
                "A reply holds up to %(limit_value)d characters and this has %(show_value)d. Your"
                " words are all still here: shorten them, or send them as two replies."
            ),
        },
    )


class LeaningForm(forms.Form):
    """How the journal asks."""

    model = forms.ChoiceField(choices=list(MODELS.items()), required=False)


def _too_long(words: str, count: int, most: int) -> forms.ValidationError:
    return forms.ValidationError(words.format(count=number(count), most=number(most)))


def uuid_or_none(text: str) -> UUID | None:
    """A UUID from an address, or None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
