"""Units at the desk: the tree, and adding, renaming, moving or removing one."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sapwood.core.pages import render
from sapwood.core.toasts import toast
from sapwood.people.desk.access import administrators_only
from sapwood.people.desk.forms import UnitForm, unit_paths
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Unit


@administrators_only
@require_http_methods(["GET", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """The tree, and a form to add a unit."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = form.save()
        toast(request, _("%(name)s is added.") % {"name": unit.name})
        return HttpResponseRedirect(reverse("desk_units"))
    values: dict[str, Any] = {"form": form, "tree": _tree(), "unit": None}
    return render(request, "people/desk/units.html", values, status=422 if form.is_bound else 200)


def _tree() -> list[tuple[Unit, int]]:
    """Units with their depth, a child below its parent; people are counted."""
    units = {unit.pk: unit for unit in Unit.objects.annotate(here=Count("people"))}
    return [(units[pk], len(units[pk].ancestry) - 1) for pk in unit_paths()]


@administrators_only
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Renames or moves one unit with everything under it."""
    unit = get_object_or_404(Unit, pk=pk)
    form = UnitForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, _("%(name)s is saved.") % {"name": unit.name})
        return HttpResponseRedirect(reverse("desk_units"))
    fresh = Unit.objects.get(pk=pk)
    values = {"form": form, "tree": _tree(), "unit": fresh}
    return render(request, "people/desk/units.html", values, status=422 if form.is_bound else 200)


@administrators_only
@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Removes a unit that holds nobody and nothing."""
    unit = get_object_or_404(Unit, pk=pk)
    if unit.people.exists() or unit.children.exists():
        toast(
            request,
            _("People or units are still in %(name)s. Move them first.") % {"name": unit.name},
        )
    else:
        unit.delete()
        toast(request, _("%(name)s is removed.") % {"name": unit.name})
    return HttpResponseRedirect(reverse("desk_units"))
