"""The form in which a person writes their own page and chooses how Sapwood behaves."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.core.seen import LineField
from sapwood.people.models import Person, Said
from sapwood.people.profile.photos import (
    MAX_BYTES,
    UnreadablePhotoError,
    make_small,
    remove_photo,
    set_photo,
)
from sapwood.people.profile.zones import find_zone
from sapwood.people.skills import MOST, say, split_tags, tags_of, too_long

DAYS = [
    ("0", gettext_lazy("Mon")), ("1", gettext_lazy("Tue")), ("2", gettext_lazy("Wed")),
    ("3", gettext_lazy("Thu")), ("4", gettext_lazy("Fri")), ("5", gettext_lazy("Sat")),
    ("6", gettext_lazy("Sun")),
]  # fmt: skip
THEMES = [
    ("", gettext_lazy("As the device")), ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
]  # fmt: skip


class TagsField(forms.CharField):
    """Tags with commas between, twenty at most; a line of them is what is kept."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> str:
        """Each once and tidied."""
        names = split_tags(super().clean(value))
        if len(names) > MOST:
            raise forms.ValidationError(
                _("Keep it to twenty things. Colleagues read the first ones.")
            )
        if long := too_long(names):
            words = _("“%(tag)s” is more than 80 characters long. Say it shorter.")
            raise forms.ValidationError(words % {"tag": f"{long[:40]}…"})
        return ", ".join(names)


class ProfileForm(forms.ModelForm):
    """Every line of one's page, and one's preferences."""

    ask_about = TagsField(label=gettext_lazy("Ask me about"), required=False)
    learning = TagsField(label=gettext_lazy("Learning now"), required=False)
    photo_file = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    remove = forms.BooleanField(label=gettext_lazy("Show my initials instead"), required=False)
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    working_days = forms.MultipleChoiceField(
        label=gettext_lazy("Working days"),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"), choices=THEMES, required=False, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the pages"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Person
        fields = ["name", "pronouns", "ask_about", "speaks", "language", "time_zone",
                  "working_days", "theme", "shortcuts"]  # fmt: skip
        field_classes = {"name": LineField, "pronouns": LineField, "speaks": LineField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["working_days"] = list(self.instance.working_days)
        learning = tags_of(self.instance).filter(said=Said.LEARNING)
        self.initial["learning"] = ", ".join(each.skill.name for each in learning)

    def clean_time_zone(self) -> str:
        """A city is enough."""
        zone = find_zone(self.cleaned_data["time_zone"])
        if not zone:
            raise forms.ValidationError(_("Choose a city of the list, for example Europe/Lisbon."))
        return zone

    def clean_working_days(self) -> str:
        """Days as digits, Monday being 0."""
        return "".join(sorted(self.cleaned_data["working_days"]))

    def clean_photo_file(self) -> bytes | None:
        """The photo, already small."""
        file = self.cleaned_data["photo_file"]
        if not file:
            return None
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The picture is larger than 5 MB. Choose a smaller one."))
        try:
            return make_small(file.file)
        except UnreadablePhotoError:
            raise forms.ValidationError(
                _("This picture can't be read. Choose a JPEG, PNG or WebP.")
            )

    def save(self, commit: bool = True) -> Person:
        """Keeps the page; a name written here is not overwritten by imports."""
        person = cast(Person, self.instance)
        person.named_self = person.named_self or "name" in self.changed_data
        person = cast(Person, super().save(commit))
        for said, field in ((Said.ASK, "ask_about"), (Said.LEARNING, "learning")):
            if field in self.changed_data:
                say(person, said, split_tags(self.cleaned_data[field]))
        if photo := self.cleaned_data["photo_file"]:
            set_photo(person, photo)
        elif self.cleaned_data["remove"]:
            remove_photo(person)
        return person
