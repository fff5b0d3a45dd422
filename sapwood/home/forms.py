"""What the rings page sends: one sentence of the year's story."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sapwood.core.formats import number
from sapwood.core.seen import WordsField
from sapwood.home.models.story import LONGEST
from sapwood.writing.drafting import plain


class StoryForm(forms.Form):
    """A sentence in its owner's words; empty takes it out. What is too long comes back whole."""

    text = WordsField(
        label=_("This line of your story"),
        required=False,
        widget=forms.Textarea({"rows": 3, "data-most": LONGEST}),
    )

    def clean_text(self) -> str:
        """The words, counted as their writer sees them."""
        text = plain(self.cleaned_data["text"])
        if len(text) > LONGEST:
            words = _(
                "A line of the story holds up to {most} characters and this has {count}. Your words"
                " are all still here: shorten them."
            )
            raise forms.ValidationError(
                str(words).format(most=number(LONGEST), count=number(len(text)))
            )
        return text
