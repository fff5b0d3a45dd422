"""Forms of allauth in our words: labels, hints, and no placeholders that repeat them."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD = _("At least 12 characters. Three or four words that do not belong together do well.")
LABELS = {
    "login": _("Work e-mail"),
    "email": _("Work e-mail"),
    "password": _("Password"),
    "oldpassword": _("Your present password"),
    "password1": _("New password"),
    "code": _("Code"),
    "name": _("A name for it"),
}


class OurWords(forms.Form):
    """Labels by field name; a new password is asked once, for managers of passwords type it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = NEW_PASSWORD if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class Login(OurWords, account.LoginForm):
    """E-mail and password; without a password a code is sent."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].required = False

    def _clean_without_password(self, email: str | None, phone: str | None) -> Any:
        """A code goes to an account's own address only, as RequestLoginCode has it."""
        given = super()._clean_without_password(email, phone)
        if self.user and self.user.email != (email or "").lower():
            self.user = None
        return given


class RequestLoginCode(OurWords, account.RequestLoginCodeForm):
    """Asks where to send a code: one that was typed and never proved opens nothing."""

    _user: Any

    def clean_email(self) -> str:
        """The address; its account only if that address is the account's own."""
        email = str(super().clean_email())
        if self._user and self._user.email != email.lower():
            self._user = None
        return email


class ConfirmLoginCode(OurWords, account.ConfirmLoginCodeForm):
    """The code that came by e-mail."""


class ConfirmEmailCode(OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""


class ChangeEmail(OurWords, account.AddEmailForm):
    """The new address; the old one works until the new one is proved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New address")


class ResetPassword(OurWords, account.ResetPasswordForm):
    """Asks where to send the link: one that was typed and never proved opens nothing."""

    users: Any

    def clean_email(self) -> str:
        """The address; its account only if that address is the account's own."""
        email = str(super().clean_email())
        self.users = [user for user in self.users if user.email == email.lower()]
        return email


class ResetPasswordKey(OurWords, account.ResetPasswordKeyForm):
    """The new password, after the link."""


class ChangePassword(OurWords, account.ChangePasswordForm):
    """Present and new password."""


class SetPassword(OurWords, account.SetPasswordForm):
    """A first password."""


class Reauthenticate(OurWords, account.ReauthenticateForm):
    """The password once more."""


class ReauthenticateCode(OurWords, second.ReauthenticateForm):
    """A code once more."""


class AuthenticateCode(OurWords, second.AuthenticateForm):
    """The second step."""


class ActivateApp(OurWords, totp.ActivateTOTPForm):
    """The first code of a newly connected app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class AddPasskey(OurWords, webauthn.AddWebAuthnForm):
    """A passkey: always one that can sign in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("It can sign me in by itself, without a password")


class EditPasskey(OurWords, webauthn.EditWebAuthnForm):
    """A better name for a passkey."""
