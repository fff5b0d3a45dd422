"""Forms of the first run and of the first hour."""

import re
import zoneinfo
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sapwood.core.seen import LineField
from sapwood.people.doors.forms import NEW_PASSWORD
from sapwood.people.models import Organisation, Person

LANGUAGES = [("en", "English"), ("pt", "Português")]
DOMAIN = re.compile(r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$")
LEAST = 3


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str]]:
    """Every time zone that is a place."""
    names = sorted(zoneinfo.available_timezones())
    return [(n, n.replace("_", " ")) for n in names if "/" in n and not n.startswith("Etc/")]


class PlaceForm(forms.ModelForm):
    """Name, language and time zone of the organisation."""

    name = LineField(label=gettext_lazy("Name of the organisation"), max_length=120)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=LANGUAGES,
        help_text=gettext_lazy("For letters and newcomers. Everybody may choose their own."),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones)

    class Meta:
        model = Organisation
        fields = ("name", "language", "time_zone")


class FirstRunForm(PlaceForm):
    """The organisation and its first administrator."""

    person = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=256,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {"name": "", "language": get_language(), "time_zone": settings.TIME_ZONE}
        self.initial = {**self.initial, **mine}

    def clean(self) -> dict[str, Any]:
        """The password is checked against name and address too."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if password := given.get("password"):
            person = Person(email=given.get("email", ""), name=given.get("person", ""))
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return given


class PrivacyForm(forms.ModelForm):
    """The smallest groups shown: they may be raised at any time, and never go under three."""

    minimum_group = forms.IntegerField(
        label=gettext_lazy("Smallest group shown"), min_value=LEAST, max_value=50
    )
    minimum_answers = forms.IntegerField(
        label=gettext_lazy("For surveys and texts"), min_value=LEAST, max_value=50
    )

    class Meta:
        model = Organisation
        fields = ("minimum_group", "minimum_answers")


class DomainsForm(forms.ModelForm):
    """Which e-mail domains may join by themselves."""

    allowed_domains = forms.CharField(
        label=gettext_lazy("E-mail domains that may join by themselves"),
        required=False,
        help_text=gettext_lazy(
            "One a line, for example ardal.example. Empty means by invitation only."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
    )

    class Meta:
        model = Organisation
        fields = ("allowed_domains",)

    def clean_allowed_domains(self) -> str:
        """Folded, one a line, each really a domain."""
        typed = str(self.cleaned_data["allowed_domains"]).lower().replace(",", " ").split()
        domains = list(dict.fromkeys(word.strip().lstrip("@") for word in typed))
        for domain in domains:
            if not DOMAIN.match(domain):
                raise ValidationError(_("“%(word)s” is not a domain."), params={"word": domain})
        return "\n".join(domains)
