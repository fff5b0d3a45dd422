"""How allauth behaves here: who may make an account, what is said, how letters leave."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors import words
from sapwood.people.doors.letters import letter
from sapwood.people.models import NewAddress, Organisation, Person

logger = logging.getLogger("sapwood.doors")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from import, invitation or an allowed e-mail domain."""

    error_messages = DefaultAccountAdapter.error_messages | words.ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open only while the organisation names e-mail domains that may join by themselves."""
        return bool(Organisation.current().domains)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "",
        message: str | None = None,
    ) -> None:  # fmt: skip
        """Our words for what happened; what the page itself shows stays unsaid."""
        known = words.NOTES.get(message_template or "")
        text = message or (known and str(known).format(**(message_context or {})))
        if text:
            messages.add_message(request, level, text)

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:  # fmt: skip
        """Every letter of allauth in our words and dress."""
        to = [email] if isinstance(email, str) else email
        door = self.request.build_absolute_uri(reverse("account_login"))
        return letter(words.LETTERS[template_prefix], to=to, context={"link": door, **context})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends now; a mail server that does not answer is told, the account is not."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("letter not sent")
            toast(self.request, _("The e-mail could not be sent just now. Try again in a minute."))

    def pre_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse | None:
        """A code that came back proves the address it went to; addresses of before then end."""
        proofs = get_authentication_records(request, user)[-1:]
        if any(p["method"] == "code" and p.get("email") == user.email for p in proofs):
            with transaction.atomic():
                EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
                proved = {"verified": True, "primary": True}
                EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=proved)
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def post_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse:
        """Asks first about an address that others wrote for this person."""
        answer: HttpResponse = super().post_login(request, user, **more)
        NewAddress.objects.filter(person=user, email=user.email).delete()
        return HttpResponseRedirect(reverse("account_email")) if user.waiting_address else answer

    def clean_email(self, email: str) -> str:
        """Addresses are folded to lower case."""
        return str(super().clean_email(email)).lower()

    def clean_password(self, password: str, user: Any = None) -> str:
        """Django's validators; argon2 reads at most what a form should send."""
        if len(password) > 256:
            raise ValidationError(_("A password can have at most 256 characters."))
        super().clean_password(password, user)
        return password


def login_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account somebody tries to enter, folded; locks are counted by it and the address."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login", "")
    return str(name).strip().lower()[:255]  # as long as the column that counts wrong tries


def locked_out(request: HttpRequest, response: object, credentials: object) -> HttpResponse:
    """Too many wrong tries for this account from this address."""
    return render(request, "people/doors/locked.html", status=429)
