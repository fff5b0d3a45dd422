"""The form that every kind's form grows from: what all activities share, and who will see it."""

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.activities.audience import counts_by_unit, unit_in_words
from sapwood.activities.models import Activity, Audience
from sapwood.activities.times import check_zone
from sapwood.ledger.ways import OBJECTIVES, WAYS, Form
from sapwood.people.models import Person, Unit
from sapwood.spaces.models import Space

SHARED = (
    "title", "summary", "language", "audience", "unit", "space", "invited", "objectives_chosen",
    "form",
)  # fmt: skip
MOST_INVITED = 200
MOST_MINUTES = 500_000


def groups_for(person: Person, activity: Activity) -> Any:
    """The groups that this person may choose: those they may write in, and the one it is with."""
    mine = Space.objects.joined_by(person).standing()
    stands = Q(pk=activity.space_id) if activity.space_id else Q(pk__in=[])
    seen = Space.objects.visible_to(person)
    return seen.filter(Q(pk__in=mine.values("pk")) | stands).order_by("name", "pk")


class UnitField(forms.ModelChoiceField):
    """A unit, with how many people it would be beside its name."""

    counts: Counter[UUID] = Counter()

    def label_from_instance(self, obj: Any) -> str:
        """The unit in words."""
        return unit_in_words(obj, self.counts[obj.pk])


class ActivityForm(forms.ModelForm):
    """A kind adds its fields, sets `ways` when there is a choice, and says how to keep details."""

    ways: tuple[str, ...] = ()
    invited = forms.CharField(
        label=gettext_lazy("Invite by work e-mail"),
        help_text=gettext_lazy("One address on each line."),
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )
    objectives_chosen = forms.MultipleChoiceField(
        label=gettext_lazy("What it is good for"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Activity
        fields = ["title", "summary", "way", "minutes", "language", "audience", "unit", "space"]
        widgets = {"summary": forms.Textarea({"rows": 2}), "audience": forms.RadioSelect}
        help_texts = {"summary": gettext_lazy("What is it, and for whom? Cards show this.")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        activity: Activity = kwargs["instance"]
        self.is_new, self.unit_stored = activity._state.adding, activity.unit_id
        self.group_stored = None if self.is_new else activity.space_id
        given = kwargs.pop("initial", None) or {}
        kwargs["initial"] = {**self.start(activity), **given}
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=settings.LANGUAGES, initial=activity.language
        )
        self.fields["unit"] = UnitField(
            Unit.objects.all(), label=_("Unit"), required=False, empty_label=_("Pick a unit")
        )
        self.fields["unit"].counts = counts_by_unit(activity.owner or person)  # type: ignore[attr-defined]
        self.fields["space"] = forms.ModelChoiceField(
            groups_for(person, activity), label=_("Group"),
            required=False, empty_label=_("No group"),
            help_text=_("It stands in the library of this group, whoever else can see it."),
        )  # fmt: skip
        self.fields["objectives_chosen"].choices = [  # type: ignore[attr-defined]
            (int(aim), aim.label) for aim in OBJECTIVES
        ]
        self.fields["form"] = forms.ChoiceField(
            label=_("Formal, non-formal or informal"),
            choices=[("", self._usual_form()), *Form.choices],
            required=False,
            help_text=_("Change it if this one is different."),
        )
        if self.ways:
            self.fields["way"] = forms.ChoiceField(
                label=_("What kind of learning is it?"),
                choices=[(way, WAYS[way].name) for way in self.ways],
            )
        else:
            del self.fields["way"]

    def start(self, activity: Activity) -> dict[str, Any]:
        """What the fields hold at first, beyond the columns of the activity."""
        return {
            "unit": activity.unit_id or self.person.unit_id,
            "objectives_chosen": [aim.value for aim in OBJECTIVES if aim & activity.objectives],
            "form": "" if activity.form == activity.kind_of_way.form else activity.form,
        }

    def _usual_form(self) -> str:
        """What it is when nobody says otherwise; who picks the way decides it with that."""
        if self.ways:
            return _("As is usual for this way of learning")
        usual = Form(self.instance.kind_of_way.form).label
        return _("Usually %(form)s, because of the way") % {"form": str(usual).lower()}

    def contents(self) -> dict[str, Any]:
        """What stands stored, by the name of its field; invitations and files are only added."""
        stored = {**self.initial, "unit": self.unit_stored}
        return {name: stored[name] for name in self.fields if name in stored}

    def in_words(self, name: str, value: Any) -> str:
        """A value of this field as people read it."""
        if isinstance(value, Unit):
            return value.name
        value = value.pk if isinstance(value, Space) else value
        if name == "unit":
            return str(Unit.objects.filter(pk=value).first() or "") if value else ""
        words = {str(key): str(label) for key, label in getattr(self.fields[name], "choices", ())}
        values = value if isinstance(value, list) else ["" if value is None else value]
        return ", ".join(words.get(str(each), str(each)) for each in values)

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields that are not on every form."""
        return [self[name] for name in self.fields if name not in SHARED]

    def clean_invited(self) -> list[Person]:
        """The people behind the addresses, each of whom this person can see."""
        lines = {line.strip().lower() for line in self.cleaned_data["invited"].splitlines()}
        wanted = sorted(lines - {""})
        if len(wanted) > MOST_INVITED:
            raise ValidationError(_("That is more than 200 people. Pick a unit instead."))
        found = list(Person.objects.visible_to(self.person).filter(email__in=wanted))
        missing = set(wanted) - {person.email.lower() for person in found}
        if missing:
            raise ValidationError(
                _("Nobody here has this address: %(addresses)s"),
                params={"addresses": ", ".join(sorted(missing))},
            )
        return found

    def clean_minutes(self) -> int | None:
        """A year has fewer; SQLite would take more than it can hold."""
        minutes: int | None = self.cleaned_data["minutes"]
        MaxValueValidator(MOST_MINUTES)(minutes or 0)
        return minutes

    def clean(self) -> dict[str, Any]:
        """A unit audience needs its unit; any other has none."""
        data = super().clean() or self.cleaned_data
        if data.get("audience") == Audience.UNIT and not data.get("unit"):
            self.add_error("unit", _("Pick the unit that can see it."))
        if data.get("audience") != Audience.UNIT:
            data["unit"] = None
        if not data.get("space") and self._stays_unseen():
            data["space"] = self.instance.space
        if data.get("audience") == Audience.GROUP and not data.get("space"):
            self.add_error("space", _("Pick the group that can see it."))
        return data

    def _stays_unseen(self) -> bool:
        """True while it stands with a group that whoever changes it may not know of."""
        held = self.group_stored
        return bool(held and not Space.objects.visible_to(self.person).filter(pk=held).exists())

    def save(self, commit: bool = True) -> Activity:
        """Keeps the activity, its details, its invitations and its place in search together."""
        with transaction.atomic():
            activity: Activity = self.instance
            chosen = self.cleaned_data["objectives_chosen"]
            activity.objectives = sum(int(aim) for aim in chosen)
            activity.form = self.cleaned_data["form"]  # left empty, it follows from the way
            check_zone(activity)
            self.before_save(activity)
            activity.save()
            self.save_details(activity)
            for person in self.cleaned_data["invited"]:
                activity.invite(person)
            activity.refresh()
            activity.as_kind.saved(activity)
        return activity

    def before_save(self, activity: Activity) -> None:
        """Sets columns of the activity that follow from the kind's own fields."""

    def save_details(self, activity: Activity) -> None:
        """Keeps the kind's own table."""
