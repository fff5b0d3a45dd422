"""What stewards and members fill in."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.conversations.models import Membership
from sapwood.core.seen import LineField, WordsField
from sapwood.people.importing.decode import Lines
from sapwood.people.importing.limits import Unreadable
from sapwood.people.importing.reading import check_whole, check_words
from sapwood.people.models import Unit
from sapwood.people.profile.zones import find_zone
from sapwood.spaces.models import Kind, Openness, Ritual, Rule, Space, Stage
from sapwood.spaces.ruling import in_words

DAYS = [(7, gettext_lazy("a week")), (30, gettext_lazy("30 days")), (90, gettext_lazy("90 days"))]
LONGEST = timedelta(days=366)
KINDS = [Kind.COMMUNITY, Kind.CIRCLE]


class _LastDay(forms.ModelForm):
    """The last day of a circle is ahead, and not further than a year."""

    def clean_ends_on(self) -> date | None:
        """Ahead, and within a year."""
        day: date | None = self.cleaned_data["ends_on"]
        if day is None or day == self.initial.get("ends_on"):
            return day
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)


class FoundForm(_LastDay):
    """A new community or circle; `was_closed` where "open" does not go with a circle."""

    was_closed = False
    kind = forms.ChoiceField(
        label=gettext_lazy("What sort of group?"),
        choices=[(each.value, each.label) for each in KINDS],
        widget=forms.RadioSelect,
        initial=Kind.COMMUNITY,
    )

    class Meta:
        model = Space
        fields = ["kind", "name", "purpose", "openness", "ends_on", "manners"]
        field_classes = {"name": LineField, "purpose": LineField, "manners": WordsField}
        widgets = {
            "openness": forms.RadioSelect,
            "ends_on": forms.DateInput(attrs={"type": "date"}),
            "manners": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].required = True
        self.fields["openness"].required = False
        self.initial.setdefault("manners", manners())

    def clean(self) -> dict[str, Any]:
        """A circle is never open, and only a circle ends."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == Kind.CIRCLE:
            self.was_closed = given.get("openness") in ("", Openness.OPEN)
            if self.was_closed:
                given["openness"] = Openness.CLOSED
        else:
            given["ends_on"] = None
        given["openness"] = given.get("openness") or Openness.OPEN
        return given


def manners() -> str:
    """What a new group begins with; its steward changes it."""
    return _(
        "Post unfinished work. Say what you are unsure of. Answer the person, then the problem."
    )


class SpaceForm(_LastDay):
    """What a steward says about the group; openness has a page of its own."""

    stage = forms.ChoiceField(
        label=gettext_lazy("Where do you see it?"), required=False, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language it is mostly written in"), choices=settings.LANGUAGES
    )

    class Meta:
        model = Space
        fields = ["name", "purpose", "welcome", "manners", "language", "ends_on", "stage"]
        field_classes = {
            "name": LineField, "purpose": LineField, "welcome": WordsField, "manners": WordsField,
        }  # fmt: skip
        widgets = {
            "ends_on": forms.DateInput(attrs={"type": "date"}),
            "welcome": forms.Textarea(attrs={"rows": 5}),
            "manners": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", _("I would rather not say")), *Stage.choices]  # type: ignore[attr-defined]
        if self.instance.kind not in (Kind.CIRCLE, Kind.COHORT):
            del self.fields["ends_on"]

    def save(self, commit: bool = True) -> Space:
        """Writes what stands in the form and nothing else: who reads it may have changed since."""
        space: Space = self.instance
        space.save(update_fields=[*self.fields])
        return space


class AskForm(forms.Form):
    """A word to the stewards."""

    words = WordsField(
        label=gettext_lazy("What brings you here?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LinkForm(forms.Form):
    """A link that lets people in."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"), choices=DAYS, coerce=int, initial=7
    )
    most = forms.IntegerField(
        label=gettext_lazy("For how many people at most"),
        min_value=1,
        max_value=10_000,
        required=False,
    )


class RoleForm(forms.Form):
    """What a member does here."""

    role = forms.ChoiceField(choices=Membership.Role.choices)


class RuleForm(forms.ModelForm):
    """One rule; nothing filled in is no rule."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of their pages"), required=False, choices=settings.LANGUAGES
    )

    class Meta:
        model = Rule
        fields = ["unit", "site", "job_title", "language"]
        field_classes = {"site": LineField, "job_title": LineField}
        widgets = {
            "site": forms.TextInput(attrs={"list": "sites", "autocomplete": "off"}),
            "job_title": forms.TextInput(attrs={"list": "jobs", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"empty_permitted": True, "use_required_attribute": False}
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.order_by("path")  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("Any unit")  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Any language")), *settings.LANGUAGES]  # type: ignore[attr-defined]

    def rule(self) -> Rule | None:
        """The rule, not saved; None if nothing is named."""
        found = Rule(**{name: self.cleaned_data.get(name) or None for name in ("unit",)})
        for name in ("site", "job_title", "language"):
            setattr(found, name, self.cleaned_data.get(name) or "")
        return found if in_words(found) else None


class RitualForm(forms.ModelForm):
    """A recurring hour."""

    time_zone = forms.CharField(
        label=gettext_lazy("By the clock of"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    link = forms.URLField(
        label=gettext_lazy("Address of the call"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = Ritual
        fields = [
            "name", "about", "rhythm", "starts_on", "at", "minutes", "time_zone", "place", "link",
            "ended_on",
        ]  # fmt: skip
        field_classes = {"name": LineField, "about": LineField, "place": LineField}
        labels = {"rhythm": gettext_lazy("How often")}
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}),
            "ended_on": forms.DateInput(attrs={"type": "date"}),
            "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean_time_zone(self) -> str:
        """A city is enough."""
        zone = find_zone(self.cleaned_data["time_zone"])
        if not zone:
            raise forms.ValidationError(_("Choose a city of the list, for example Europe/Lisbon."))
        return zone

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and both in our time."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ended_on")
        if first and not date(2000, 1, 1) <= first <= date(2150, 1, 1):
            self.add_error("starts_on", _("Choose a day of our time."))
        if first and last and last < first:
            self.add_error("ended_on", _("The last day is before the first one."))
        return given


class FileForm(forms.Form):
    """E-mail addresses, in a file or typed."""

    file = forms.FileField(label=gettext_lazy("A file with e-mail addresses"), required=False)
    words = WordsField(
        label=gettext_lazy("Or paste the addresses"),
        max_length=200_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_file(self) -> Any:
        """Text, and not larger than a list of people is."""
        file = self.cleaned_data["file"]
        if file and file.size > 2 * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 2 MB. A list is smaller."))
        if file and not _is_text(file):
            raise forms.ValidationError(
                _("This is not a list of addresses. Choose a CSV or text file, or paste them.")
            )
        return file


def _is_text(file: Any) -> bool:
    """False for a picture, a PDF, a spreadsheet; an empty file is told apart by what it lists."""
    try:
        check_whole(file)
        check_words(list(islice(Lines(file), 20)))
    except Unreadable as problem:
        return problem.code == "empty"
    finally:
        file.seek(0)
    return True
