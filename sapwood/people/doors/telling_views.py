"""Telling people that they can come in: one from their page at the desk, the first five at once."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from sapwood.core.pages import forbid_unless
from sapwood.core.toasts import toast
from sapwood.people.doors import telling
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

IN_SESSION = "first_five"


class FirstFiveForm(forms.Form):
    """Up to five addresses, one a line."""

    addresses = forms.CharField(
        label=gettext_lazy("Up to five addresses, one a line"),
        max_length=telling.MOST * 260,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocapitalize": "none"}),
    )

    def clean_addresses(self) -> list[str]:
        """Each once, five at most."""
        typed = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()
        addresses = list(dict.fromkeys(word.lower() for word in typed))
        if len(addresses) > telling.MOST:
            raise forms.ValidationError(
                ngettext(
                    "%(num)s address at once, so that somebody can answer each of them.",
                    "%(num)s addresses at once, so that somebody can answer each of them.",
                    telling.MOST,
                )
                % {"num": telling.MOST}
            )
        return addresses


@require_POST
def tell_one(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Writes to somebody who is here and never signed in how they do."""
    forbid_unless(request.user.is_administrator)
    person = get_object_or_404(Person, pk=pk)
    if person.waits_to_sign_in:
        sent = telling.tell_ready(person, by=request.user, absolute=request.build_absolute_uri)
        toast(request, telling.sent_words(sent))
    else:
        toast(request, _("Signs in already. No letter was sent."))
    return redirect("desk_person", pk=person.pk)


def tell_five(request: PersonRequest, form: FirstFiveForm) -> None:
    """Writes to each address; the answers wait in the session for the page that follows."""
    answers = [
        telling.let_know(email, by=request.user, absolute=request.build_absolute_uri)
        for email in form.cleaned_data["addresses"]
    ]
    request.session[IN_SESSION] = [list(answer) for answer in answers]


def answers_of(request: PersonRequest) -> list[telling.Answer]:
    """What became of the addresses just written to; shown once."""
    return [telling.Answer(*answer) for answer in request.session.pop(IN_SESSION, [])]
