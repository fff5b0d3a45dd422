"""Loading and removing the sample organisation from the set-up page."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sapwood.core.pages import forbid_unless
from sapwood.core.toasts import toast
from sapwood.demo.loading import load_sample, remove_sample
from sapwood.people.doors.asking import PersonRequest


@require_POST
def load(request: PersonRequest) -> HttpResponse:
    """Only administrators; loading twice is loading once."""
    forbid_unless(request.user.is_administrator)
    load_sample()
    toast(request, _("The sample organisation is here. One button takes it away again."))
    return HttpResponseRedirect(reverse("setup"))


@require_POST
def remove(request: PersonRequest) -> HttpResponse:
    """Only administrators; real people and what they wrote stay."""
    forbid_unless(request.user.is_administrator)
    gone = remove_sample()
    toast(
        request,
        ngettext(
            "%(count)s invented person has left, with everything they wrote.",
            "%(count)s invented people have left, with everything they wrote.",
            gone,
        )
        % {"count": gone},
    )
    return HttpResponseRedirect(reverse("setup"))
