"""Pages of people: show, edit one's own, and the photo."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sapwood.core.keeping import taken
from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person, Photo
from sapwood.people.profile.forms import DAYS, ProfileForm
from sapwood.people.profile.page import profile_page
from sapwood.people.profile.zones import zones

YEAR = 365 * 24 * 3600


@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One colleague's page."""
    colleagues = Person.objects.visible_to(request.user).apart_from(request.user)
    who = get_object_or_404(colleagues.select_related("unit", "manager"), pk=pk)
    page = profile_page(who, request.user)
    return render(
        request, "people/profile/show.html", {"page": page, "days": DAYS, "seen_as": None}
    )


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest) -> HttpResponse:
    """One's own page and preferences."""
    person = Person.objects.select_related("unit", "manager").get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, _("Your page is as you wrote it."))
        return taken(request, HttpResponseRedirect(reverse("profile_edit")))
    status = 422 if form.is_bound else 200
    values = {"form": form, "owner": Person.objects.get(pk=person.pk), "zones": zones()}
    return render(request, "people/profile/edit.html", values, block="form", status=status)


@require_GET
def photo(request: PersonRequest, pk: UUID, key: str) -> HttpResponse:
    """A colleague's photo; its address changes with it, so browsers keep it."""
    colleagues = Person.objects.visible_to(request.user)
    found = Photo.objects.filter(person__in=colleagues.filter(pk=pk, photo_key=key)).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    response["Content-Disposition"] = "inline"
    return response
