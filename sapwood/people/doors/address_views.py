"""What its owner says about an address that others wrote for them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sapwood.core.toasts import toast
from sapwood.people.doors.addresses import keep_address
from sapwood.people.doors.asking import PersonRequest


@require_POST
def keep(request: PersonRequest) -> HttpResponse:
    """Stays with the present address; the other one is forgotten."""
    keep_address(request.user)
    toast(request, _("Your address stays as it is."))
    return redirect("account_email")
