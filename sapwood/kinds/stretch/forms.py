"""The form of an offer, the line of an application, the answer, and the look back."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.activities.forms import ActivityForm
from sapwood.activities.models import Activity
from sapwood.activities.times import OF_OUR_TIME, day_begins, day_ends
from sapwood.kinds.stretch.models import Stretch
from sapwood.kinds.stretch.stages import QUESTIONS
from sapwood.ledger.models import LONGEST

TEXTS = ("why", "beyond", "support", "boundary", "shows")


def _text(name: str, hint: Any = "", required: bool = True) -> forms.CharField:
    field = Stretch._meta.get_field(name)
    return forms.CharField(
        label=capfirst(field.verbose_name),  # type: ignore[union-attr]
        help_text=hint,
        max_length=1500,
        required=required,
        widget=forms.Textarea({"rows": 2}),
    )


class StretchForm(ActivityForm):
    """Places and dates, and the five things a good offer says."""

    why = _text("why", gettext_lazy("Who needs it, and what changes when it is done?"))
    beyond = _text("beyond", gettext_lazy("What will they do for the first time?"))
    support = _text("support", gettext_lazy("Name someone they can ask, and when."))
    boundary = _text("boundary", gettext_lazy("What may go wrong without harm, and what may not?"))
    shows = _text("shows", required=False)
    site = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    places = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=1, max_value=1000, initial=1
    )
    starts_on = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=OF_OUR_TIME,
    )  # fmt: skip
    ends_on = forms.DateField(
        label=gettext_lazy("To"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=OF_OUR_TIME,
    )  # fmt: skip

    class Meta(ActivityForm.Meta):
        fields = [name for name in ActivityForm.Meta.fields if name != "minutes"]

    def start(self, activity: Activity) -> dict[str, Any]:
        """The offer as it stands."""
        self.details = Stretch.objects.filter(activity=activity.pk).first() or Stretch()
        zone = ZoneInfo(activity.time_zone)
        return {
            **super().start(activity),
            **{name: getattr(self.details, name) for name in (*TEXTS, "site")},
            "places": activity.capacity or 1,
            "starts_on": activity.starts_at and activity.starts_at.astimezone(zone).date(),
            "ends_on": activity.ends_at and activity.ends_at.astimezone(zone).date(),
        }

    def clean_places(self) -> int:
        """Not fewer than are taken already."""
        places: int = self.cleaned_data["places"]
        if not self.instance._state.adding and places < self.instance.places_taken():
            raise forms.ValidationError(_("More places than that are taken already."))
        return places

    def clean(self) -> dict[str, Any]:
        """It ends on the day it starts, or later."""
        data = super().clean()
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("This is before it starts."))
        return data

    def before_save(self, activity: Activity) -> None:
        """Places and whole days, by the owner's clock."""
        data = self.cleaned_data
        activity.capacity = data["places"]
        activity.starts_at = day_begins(data["starts_on"], activity.time_zone)
        activity.ends_at = day_ends(data["ends_on"], activity.time_zone)

    def save_details(self, activity: Activity) -> None:
        """What the offer says."""
        self.details.activity = activity
        for name in (*TEXTS, "site"):
            setattr(self.details, name, self.cleaned_data[name])
        self.details.save()


class ApplyForm(forms.Form):
    """One line."""

    line = forms.CharField(
        label=gettext_lazy("Why you, in a line"), max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Yes, or no with a reason; a yes can be taken back with words too."""

    answer = forms.ChoiceField(choices=[("agree", ""), ("decline", ""), ("take_back", "")])
    reason = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A no without a reason helps nobody."""
        data = super().clean() or self.cleaned_data
        if data.get("answer") == "take_back" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say in a sentence why you take the place back."))
        if data.get("answer") == "decline" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say in a sentence why not this time."))
        return data


class LookBackForm(forms.Form):
    """The three questions; one answer is enough, and is added to what was `kept` before."""

    def __init__(self, *args: Any, kept: str = "", **kwargs: Any) -> None:
        self.kept = kept
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS:
            self.fields[name] = forms.CharField(
                label=question, max_length=600, required=False,
                widget=forms.Textarea({"rows": 2, "class": "area"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Something was looked back on."""
        data = super().clean() or self.cleaned_data
        if not any(data.values()):
            raise forms.ValidationError(_("Answer one of the three, in a few words."))
        if (length := len(self.line())) > LONGEST:
            words = _("With what you kept before this has %(n)d characters; %(most)d fit.")
            raise forms.ValidationError(words % {"n": length, "most": LONGEST})
        return data

    def line(self) -> str:
        """What was kept and the answers as one text for the moment; sent twice, it stands once."""
        known = f"\n\n{self.kept}\n\n"
        said = [text.strip().replace("\r\n", "\n") for text in self.cleaned_data.values()]
        new = [text for text in said if text and f"\n\n{text}\n\n" not in known]
        return "\n\n".join([self.kept, *new] if self.kept else new)
