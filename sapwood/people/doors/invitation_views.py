"""Invitations on the people desk: those that are open, a new one, taking one back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.doors.inviting import invite, withdraw
from sapwood.people.doors.telling import send_invitation, sent_words, tell_ready
from sapwood.people.models import Invitation, Person, Role, Unit

DAYS = [(7, gettext_lazy("a week")), (14, gettext_lazy("two weeks")), (30, gettext_lazy("30 days"))]


class InvitationForm(forms.Form):
    """For one address, or a link for several people."""

    email = forms.EmailField(label=gettext_lazy("Work e-mail"), required=False)
    send = forms.BooleanField(
        label=gettext_lazy("Send the letter to this address"), required=False, initial=True
    )
    uses = forms.IntegerField(
        label=gettext_lazy("How many people a shared link lets in"),
        min_value=1,
        max_value=1000,
        initial=5,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"), choices=DAYS, coerce=int, initial=14
    )
    unit = forms.ModelChoiceField(Unit.objects, label=gettext_lazy("Unit"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].empty_label = _("No unit yet")  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Learns, like everyone")), *Role.choices]  # type: ignore[attr-defined]


def index(request: PersonRequest) -> HttpResponse:
    """Open invitations, and the form for a new one; POST makes it."""
    if not request.user.is_administrator:
        raise Http404
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _create(request, form):
        return redirect("invitations")
    waiting = Invitation.objects.open(timezone.now()).select_related("unit", "invited_by")
    context = {
        "form": form,
        "page": Paginator(waiting, 50).get_page(request.GET.get("page")),
        "base": request.build_absolute_uri("/").rstrip("/"),
        "roles": dict(Role.choices),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/doors/invitations.html", context, status=status)


@require_POST
def withdraw_one(request: PersonRequest, pk: str) -> HttpResponse:
    """Takes a link back."""
    forbid_unless(request.user.is_administrator)
    invitation = get_object_or_404(Invitation.objects.open(timezone.now()), pk=pk)
    withdraw(invitation, by=request.user, now=timezone.now())
    toast(request, _("The link no longer works."))
    return redirect("invitations")


def _create(request: PersonRequest, form: InvitationForm) -> bool:
    given, by = form.cleaned_data, request.user
    here = Person.objects.filter(email__iexact=given["email"]).first() if given["email"] else None
    if here and here.waits_to_sign_in:
        return _tell(request, form, here)
    try:
        invitation = invite(
            by, email=given["email"], uses=given["uses"], unit=given["unit"], role=given["role"],
            lasts=timedelta(days=given["days"]),
        )  # fmt: skip
    except ValidationError as error:
        form.add_error("email", error)
        return False
    if given["email"] and given["send"]:
        sent = send_invitation(invitation, by=by, absolute=request.build_absolute_uri)
        toast(
            request,
            sent_words(sent) if sent else _("Not sent. Copy the link and send it yourself."),
        )
    else:
        toast(request, _("The link is ready. Copy it below."))
    return True


def _tell(request: PersonRequest, form: InvitationForm, here: Person) -> bool:
    """Somebody who was brought in before needs no link: they are told how to sign in."""
    given = form.cleaned_data
    if not given["send"]:
        form.add_error(
            "send", _("They are here and have not signed in yet. Tick this to tell how.")
        )
    elif given["unit"] or given["role"]:
        form.add_error("email", _("They are here already. Set unit and role on their page."))
    else:
        sent = tell_ready(here, by=request.user, absolute=request.build_absolute_uri)
        told = _("Is here and has not signed in yet: told how.") if sent else ""
        toast(request, f"{told} {sent_words(sent)}".strip())
    return form.is_valid()
