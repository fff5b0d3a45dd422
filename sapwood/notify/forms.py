"""The forms of the inbox: what reaches one, the hours, and a holiday."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.notify.kinds import NoticeGroup, groups, rhythms
from sapwood.notify.models import Channel, Quiet, Rhythm
from sapwood.notify.wishing import Wishes
from sapwood.people.profile.forms import DAYS

LONGEST_PAUSE = timedelta(days=366)
HOURS = ("hours_from", "hours_to", "digest_at")


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget)


class SettingsForm(forms.Form):
    """A choice for each group and channel, and the hours."""

    hours_from = _clock(gettext_lazy("From"))
    hours_to = _clock(gettext_lazy("To"))
    digest_at = _clock(gettext_lazy("Daily e-mail at"))
    digest_day = forms.TypedChoiceField(
        label=gettext_lazy("Weekly e-mail on"), coerce=int, choices=()
    )

    def __init__(self, data: Any, *, wishes: Wishes, quiet: Quiet) -> None:
        initial = {name: getattr(quiet, name) for name in (*HOURS, "digest_day")}
        super().__init__(data, initial=initial)
        self.fields["digest_day"].choices = DAYS  # type: ignore[attr-defined]
        for group in groups():
            for channel in Channel:
                self.fields[f"{group.slug}-{channel.value}"] = forms.ChoiceField(
                    label=f"{group.name}, {channel.label}",
                    choices=[(r.value, r.label) for r in rhythms(channel)],
                    initial=wishes[group.slug, channel.value],
                    widget=forms.Select(
                        attrs={
                            "class": _look(wishes[group.slug, channel.value]),
                            "aria-label": f"{group.name}, {channel.label}",
                        }
                    ),
                )

    def table(self) -> Iterator[tuple[NoticeGroup, list[tuple[Any, BoundField]]]]:
        """Rows of the settings table: the group, and (words of the channel, field)."""
        for group in groups():
            yield group, [(c.label, self[f"{group.slug}-{c.value}"]) for c in Channel]

    @property
    def rhythms(self) -> Wishes:
        """What was chosen, by (group, channel)."""
        return {
            (group.slug, channel): self.cleaned_data[f"{group.slug}-{channel}"]
            for group in groups()
            for channel in Channel.values
        }

    @property
    def hours(self) -> dict[str, Any]:
        """What was chosen for the fields of `Quiet`."""
        return {name: self.cleaned_data[name] for name in (*HOURS, "digest_day")}


def _look(rhythm: str) -> str:
    return "select off" if rhythm == Rhythm.OFF else "select"


class HolidayForm(forms.Form):
    """The day one is back; `now` is the present where the person is."""

    back_on = forms.DateField(
        label=gettext_lazy("Back on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data)
        self.now = now

    def clean_back_on(self) -> date:
        """After today, within a year."""
        day: date = self.cleaned_data["back_on"]
        today = self.now.date()
        if not today < day <= today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Pick a day after today, within a year."))
        return day

    @property
    def until(self) -> datetime:
        """The first minute of that day, where the person is."""
        return datetime.combine(self.cleaned_data["back_on"], time.min, self.now.tzinfo)
