"""Forms of the ledger: keeping a moment, and changing one."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sapwood.core.seen import LineField, WordsField
from sapwood.ledger.models import LONGEST, Moment, Visibility
from sapwood.ledger.ways import OBJECTIVES, WAYS, Form, Objective, Place, decide_form, ways_by_ring
from sapwood.people.models import Person
from sapwood.people.picking import Picking, pick, picked_from

EARLIEST = date(1950, 1, 1)
MINUTES = ("15", "30", "60")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def _ways() -> list[Any]:
    """All forty under their rings, after the empty choice."""
    groups = [(str(ring.name), [(w.id, w.name) for w in ways]) for ring, ways in ways_by_ring()]
    return [("", _("As it looks")), *groups]


def _aims() -> list[Any]:
    return [(aim.value, aim.label) for aim in OBJECTIVES]


def _question(label: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, choices=YES_NO, required=False, widget=forms.RadioSelect
    )


class MomentForm(forms.Form):
    """What a person says about a moment; only the sentence is required."""

    title = WordsField(
        label=_("What did you learn, and from what?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "class": "say"}),
        error_messages={
            "required": _("Write one sentence first: what you learned, and from what."),
            "max_length": _(
                "A moment holds up to %(limit_value)d characters and this has %(show_value)d."
                " Keep the heart of it here; your journal has room for the rest."
            ),
        },
    )
    way = forms.ChoiceField(
        label=_("All forty ways"),
        choices=_ways,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the forty ways from the list.")},
    )
    visibility = forms.ChoiceField(
        label=_("Who can see it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        initial=Visibility.PRIVATE,
    )
    people = forms.ModelMultipleChoiceField(
        label=_("People you pick"),
        queryset=Person.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _("One of the people you picked is not here any more."),
            "invalid_pk_value": _("One of the people you picked is not here any more."),
        },
    )
    aims = forms.TypedMultipleChoiceField(
        label=_("What was it for?"),
        choices=_aims,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.ChoiceField(
        label=_("Where was it?"),
        choices=Place.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    intended = _question(_("Did you mean to learn?"))
    organised = _question(_("Did somebody organise it as learning?"))
    qualification = _question(_("Does it lead to a recognised qualification?"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        colleagues = Person.objects.visible_to(person).apart_from(person).exclude(pk=person.pk)
        self.fields["people"].queryset = colleagues  # type: ignore[attr-defined]

    @property
    def picking(self) -> Picking:
        """The picker as it was sent, or with the people who can see it already."""
        if isinstance(self.data, QueryDict) and self.is_bound:
            return picked_from(self.person, self.data)
        return pick(self.person, ids=[str(pk) for pk in self.initial.get("people", ())])

    def clean(self) -> dict[str, Any]:
        """Sharing needs somebody; a day has to have come."""
        data = super().clean() or {}
        shared = data.get("visibility") == Visibility.PEOPLE
        if shared and not data.get("people") and "people" not in self.errors:
            self.add_error("visibility", _("Pick at least one person, or keep it for yourself."))
        if not shared:
            data["people"] = Person.objects.none()
        return data

    def forget_mistakes(self) -> None:
        """The words stay as they were sent, and are not judged yet."""
        self._errors = ErrorDict()

    def check_day(self, day: date) -> date:
        """The day, if it can be one on which something was learned."""
        if day > self.person.today():
            raise forms.ValidationError(_("That day has not come yet. Choose today or earlier."))
        if day < EARLIEST:
            raise forms.ValidationError(_("That is before 1950. Is the year right?"))
        return day

    def facts(self, way: str, moment: Moment | None = None) -> dict[str, Any]:
        """Field values that follow from the answers; what was not answered stays as it was.

        What was never changed by its owner follows the way.
        """
        data, kind = self.cleaned_data, WAYS[way]
        before = WAYS[moment.way] if moment else kind
        form = moment.form if moment and moment.form != before.form else kind.form
        place = moment.place if moment and moment.place != before.place else kind.place
        asked = {name: data[name] for name in ("intended", "organised", "qualification")}
        if any(asked.values()):
            answers = {name: answer == "yes" for name, answer in asked.items() if answer}
            form = decide_form(kind, **answers)
        return {
            "form": Form(form),
            "place": Place(data["place"] or place),
            "intended": asked["intended"] != "no",
            "objectives": sum(Objective(aim) for aim in data["aims"]),
        }


class AddForm(MomentForm):
    """The quick sheet: today unless said otherwise, minutes if one likes."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[
            ("today", _("Today")),
            ("yesterday", _("Yesterday")),
            ("day", _("Another day")),
        ],
        widget=forms.RadioSelect,
        initial="today",
    )
    day = forms.DateField(
        label=_("Which day?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2026-10-08.")},
    )
    minutes = forms.ChoiceField(
        label=_("About how long"),
        choices=[("5", _("5 min")), *((m, m) for m in MINUTES), ("longer", _("Longer"))],
        required=False,
        widget=forms.RadioSelect,
    )
    minutes_other = forms.IntegerField(
        label=_("How many minutes?"),
        required=False,
        min_value=1,
        max_value=9999,
        error_messages={
            "min_value": _("Minutes are a number from 1 to 9999."),
            "max_value": _("Minutes are a number from 1 to 9999."),
            "invalid": _("Minutes are a number from 1 to 9999."),
        },
    )
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Says which day and how many minutes the choices mean."""
        data = super().clean()
        try:
            data["occurred_on"] = self.check_day(self._day(data))
        except forms.ValidationError as problem:
            self.add_error("day", problem)
        chosen = data.get("minutes")
        data["spent"] = data.get("minutes_other") if chosen == "longer" else int(chosen or 0)
        return data

    def _day(self, data: dict[str, Any]) -> date:
        today = self.person.today()
        if data.get("when") != "day" or "day" in self.errors:
            return today - timedelta(days=data.get("when") == "yesterday")
        if not data.get("day"):
            raise forms.ValidationError(_("Say which day it was."))
        return data["day"]  # type: ignore[no-any-return]


class ChangeForm(MomentForm):
    """Everything about a moment that is there, its name in the rings included."""

    occurred_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say which day it was."),
            "invalid": _("Write the day like 2026-10-08."),
        },
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=9999,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={
            "min_value": _("Minutes are a number from 1 to 9999."),
            "max_value": _("Minutes are a number from 1 to 9999."),
            "invalid": _("Minutes are a number from 1 to 9999."),
        },
    )
    knot = LineField(
        label=_("Name it in your rings"),
        help_text=_("A moment with a name gets an eye and a letter in your picture."),
        max_length=80,
        required=False,
        error_messages={
            "max_length": _(
                "A name has up to %(limit_value)d characters and this has %(show_value)d."
            )
        },
    )

    def clean_occurred_on(self) -> date:
        """A day that has come."""
        return self.check_day(self.cleaned_data["occurred_on"])

    @staticmethod
    def initial_of(moment: Moment) -> dict[str, Any]:
        """The moment as the form shows it."""
        return {
            "title": moment.title,
            "way": moment.way,
            "occurred_on": moment.occurred_on,
            "minutes": moment.minutes,
            "visibility": moment.visibility,
            "people": [share.person_id for share in moment.shares.all()],
            "aims": [aim.value for aim in moment.aims],
            "place": moment.place,
            "intended": "" if moment.intended else "no",
            "knot": moment.knot,
        }
