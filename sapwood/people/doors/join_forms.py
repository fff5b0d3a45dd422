"""Forms of those who come in: by invitation, by an allowed domain, and the code that proves it."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.core.seen import LineField
from sapwood.people.doors.forms import NEW_PASSWORD
from sapwood.people.models import Invitation, Organisation, Person


class JoinForm(forms.Form):
    """Name, work e-mail, and a password for those who want one."""

    name = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        max_length=256,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation and invitation.email:
            email = self.fields["email"]
            email.initial, email.disabled = invitation.email, True
            email.help_text = _("The invitation is for this address.")

    def clean_email(self) -> str:
        """Folded; without an invitation its domain must be allowed."""
        email = str(self.cleaned_data["email"]).lower()
        if not self.invitation and not Organisation.current().lets_join(email):
            raise ValidationError(_("Use your work address, or ask for an invitation."))
        return email

    def clean(self) -> dict[str, Any]:
        """Checks the password against the common ones and against name and address."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if password := given.get("password"):
            person = Person(email=given.get("email", ""), name=given.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return given


class CodeForm(forms.Form):
    """The code from the e-mail."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
