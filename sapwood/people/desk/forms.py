"""Forms of the people desk: a person, a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.core.seen import LineField
from sapwood.people.importing.problems import sentence
from sapwood.people.importing.rows import check_email
from sapwood.people.importing.units import MAX_DEPTH
from sapwood.people.models import Person, Role, Unit


def unit_paths() -> dict[Any, str]:
    """Unit id → "A / B / C", in the order of the tree; one query."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    paths = {
        pk: " / ".join(units[key].name for key in unit.ancestry if key in units)
        for pk, unit in units.items()
    }
    return dict(sorted(paths.items(), key=lambda each: each[1].lower()))


class UnitChoice(forms.ModelChoiceField):
    """A unit shown by its whole path."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Unit.objects.all(), **options)

    def name_paths(self) -> None:
        """Fills in the paths; called when a form is made, so that they are fresh."""
        self.choices = [("", str(self.empty_label)), *unit_paths().items()]


class PersonForm(forms.ModelForm):
    """Someone's place in the organisation, their account and roles."""

    email = forms.CharField(label=gettext_lazy("Work e-mail"), max_length=254)
    unit = UnitChoice(
        label=gettext_lazy("Unit"), required=False, empty_label=gettext_lazy("No unit")
    )
    manager_words = forms.CharField(
        label=gettext_lazy("Manager"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("E-mail or staff number."),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_active = forms.BooleanField(label=gettext_lazy("Can sign in"), required=False)

    class Meta:
        model = Person
        fields = ["name", "email", "staff_number", "unit", "job_title", "site", "is_active"]
        field_classes = {"name": LineField, "job_title": LineField, "site": LineField}
        labels = {"staff_number": gettext_lazy("Staff number")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].name_paths()  # type: ignore[attr-defined]
        if self.instance.manager:
            self.initial["manager_words"] = self.instance.manager.email
        if not self.instance._state.adding:
            self.initial["roles"] = list(self.instance.roles)

    def clean_email(self) -> str:
        """Folded, plain letters only, nobody else's."""
        email = self.cleaned_data["email"].strip().lower()
        if problem := check_email(email):
            raise forms.ValidationError(sentence(problem[1], problem[2]))
        if Person.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Someone else has this address."))
        return str(email)

    def clean_staff_number(self) -> str | None:
        """Empty means none."""
        return (self.cleaned_data["staff_number"] or "").strip() or None

    def clean_manager_words(self) -> str:
        """Finds the manager and refuses a circle, with its path."""
        words = self.cleaned_data["manager_words"].strip().lower()
        self.instance.manager = None
        if not words:
            return ""
        manager = (
            Person.objects.active().filter(email=words).first()
            or Person.objects.active().filter(staff_number__iexact=words).first()
        )
        if manager is None:
            raise forms.ValidationError(_("Nobody here has this e-mail or staff number."))
        if circle := self.instance.chain_to(manager):
            names = " → ".join(person.name for person in circle)
            raise forms.ValidationError(sentence("manager_circle", {"path": names}))
        self.instance.manager = manager
        return str(words)

    @property
    def changed_fields(self) -> set[str]:
        """Columns that differ from before, without the roles."""
        names = {"manager_words": "manager"}
        return {names.get(name, name) for name in self.changed_data} - {"roles"}


class UnitForm(forms.ModelForm):
    """A unit's name and the unit above it."""

    parent = UnitChoice(
        label=gettext_lazy("Under"), required=False, empty_label=gettext_lazy("At the top")
    )

    class Meta:
        model = Unit
        fields = ["name", "parent"]
        field_classes = {"name": LineField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].name_paths()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One name once under one parent; nothing moves under itself, or too deep."""
        values: dict[str, Any] = super().clean() or {}
        parent, name = values.get("parent"), values.get("name", "")
        if parent and not self.instance._state.adding and parent.is_under(self.instance):
            self.add_error("parent", _("A unit can't stand under itself."))
        elif parent and len(parent.ancestry) + self._height() > MAX_DEPTH:
            self.add_error("parent", sentence("unit_deep", {}))
        beside = Unit.objects.filter(parent=parent, name__iexact=name).exclude(pk=self.instance.pk)
        if name and beside.exists():
            self.add_error("name", _("There is a unit of this name in the same place."))
        return values

    def _height(self) -> int:
        """How many units stand under each other here, this one included."""
        if self.instance._state.adding:
            return 1
        depths = [len(unit.ancestry) for unit in Unit.objects.within(self.instance)]
        return max(depths) - len(self.instance.ancestry) + 1
