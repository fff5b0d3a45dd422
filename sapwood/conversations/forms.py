"""What the boxes take: a post or a question, an answer, other words."""

from contextlib import suppress
from typing import Any, Self
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sapwood.conversations.models import Report, Thread, Tone
from sapwood.core.ids import uuid7
from sapwood.core.seen import LineField
from sapwood.media.attaching import WithFiles
from sapwood.people.models import Person
from sapwood.writing.drafting import begun
from sapwood.writing.forms import ComposerForm

QUESTION = "question"
TONES = [*Tone.choices, (QUESTION, _("A question"))]


class WordsForm(WithFiles, ComposerForm):
    """Words under a thread, with files. Length is judged where words come in (gate.py), which also
    knows mail."""

    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        strip=False,
    )
    confirmed = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def begun_in(cls, person: Person, slot: str, *, look: bool = True, **initial: Any) -> Self:
        """The box as this person left it; without `look` nobody asks whether there is a draft."""
        draft = begun(person, slot) if look else None
        words = {"id": uuid7(), **initial, **(draft.answers if draft else {})}
        form = cls(initial=words, slot=slot, person=person)
        form.draft = draft
        return form

    def picked(self) -> list[UUID]:
        """Ids of people chosen from the list of names; what is no id is left out."""
        found = []
        for text in (self.data.getlist("picked") if isinstance(self.data, QueryDict) else [])[:60]:
            with suppress(ValueError):
                found.append(UUID(text))
        return found

    def taken(self) -> dict[str, Any]:
        """What posting needs of it; call it once the form is valid."""
        data = self.cleaned_data
        return {
            "key": data["id"],
            "text": data["text"],
            "uploads": self.attached,
            "picked": self.picked(),
            "confirmed": data["confirmed"],
        }


class PostForm(WordsForm):
    """A post in the open, or a question."""

    tone = forms.ChoiceField(
        label=_("This is"), choices=TONES, widget=forms.RadioSelect, required=False
    )
    title = LineField(label=_("Your question"), max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"tone": Tone.DOING.value, **more.get("initial", {})}
        super().__init__(*args, **more)
        self.fields["tone"].widget.attrs["data-draft"] = "on"

    def taken(self) -> dict[str, Any]:
        """With kind, tone and title."""
        tone, words = self.cleaned_data["tone"], super().taken()
        if tone == QUESTION:
            return words | {"kind": Thread.Kind.QUESTION, "title": self.cleaned_data["title"]}
        return words | {"kind": Thread.Kind.POST, "tone": tone}


class EditForm(WordsForm):
    """Other words for what one said; a question's first message also has its title."""

    title = LineField(label=_("Your question"), max_length=200, required=False)

    def __init__(self, *args: Any, titled: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not titled:
            del self.fields["title"]


class ThanksForm(forms.Form):
    """A private word of thanks."""

    text = forms.CharField(
        label=_("What it did for you"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )


class ReportForm(forms.Form):
    """Why somebody should look."""

    why = forms.ChoiceField(
        label=_("What is wrong?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What should we know?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
