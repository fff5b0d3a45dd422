"""Connecting a passkey or an app: it has just proved who is here, so nothing asks again at once."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse


def _proved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    record_authentication(request, request.user, "mfa", reauthenticated=True)
    return response


class ConnectApp(ActivateTOTPView):
    """The code that connected the app is used up, so the next page cannot ask for it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Goes on to the recovery codes."""
        return _proved(self.request, super().form_valid(form))


class AddPasskey(AddWebAuthnView):
    """The device that made the passkey has just been unlocked."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Goes on to the recovery codes."""
        return _proved(self.request, super().form_valid(form))
