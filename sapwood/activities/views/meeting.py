"""Sessions of an activity: when and where, added weekly if wished."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sapwood.activities.times import OF_OUR_TIME, add_sessions, at
from sapwood.activities.views.shared import load
from sapwood.core.pages import forbid_unless, render
from sapwood.people.doors.asking import PersonRequest


class SessionForm(forms.Form):
    """Day and clock as on the wall where the activity is."""

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput({"type": "date"}), validators=OF_OUR_TIME
    )
    clock = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput({"type": "time"}))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=1440, initial=60)
    times = forms.IntegerField(
        label=_("How many weeks"), min_value=1, max_value=52, initial=1,
        help_text=_("1 is once; more repeats it each week at the same time on the clock."),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Link to join"), max_length=500, required=False, assume_scheme="https"
    )


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Adds one session, or several a week apart."""
    activity = load(request, pk)
    forbid_unless(activity.can_edit(request.user) and activity.as_kind.meets)
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        first = at(data["day"], data["clock"], activity.time_zone)
        wanted = {name: data[name] for name in ("minutes", "times", "place", "link")}
        add_sessions(activity, first=first, **wanted)
        return redirect("activity_show", pk=pk)
    status = 422 if form.errors else 200
    context = {"activity": activity, "form": form}
    return render(request, "activities/session.html", context, status=status)


@require_POST
def delete(request: PersonRequest, pk: UUID, session: UUID) -> HttpResponse:
    """Takes one session away."""
    activity = load(request, pk)
    forbid_unless(activity.can_edit(request.user))
    get_object_or_404(activity.sessions, pk=session).delete()
    return redirect("activity_show", pk=pk)
