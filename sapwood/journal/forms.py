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
from sapwood.writing.forms import ComposerForm

LONGEST_TITLE = 200
GROUP = "group"  # not a visibility: the entry stays private, and a copy of its words is posted
LONGEST_REPLY = 4000


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
        choices=[*Visibility.choices, (GROUP, _("A group"))],
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


class ReplyForm(ComposerForm):
    """A reply to an entry."""

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


class PostOutForm(ComposerForm):
    """Words of an entry for a group; `confirmed` is how many a mention of the whole group calls."""

    text = WordsField(
        label=_("What the group reads"),
        widget=forms.Textarea,
        error_messages={"required": _("Leave at least a few words.")},
    )
    confirmed = forms.IntegerField(widget=forms.HiddenInput, required=False)


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
