"""Tags at the desk: what people say one can ask them, tidied by curators."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.pages import render
from sapwood.core.seen import LineField
from sapwood.core.toasts import toast
from sapwood.people.curating import NameTakenError, rename, similar_to
from sapwood.people.curating import merge as merge_tags
from sapwood.people.desk.access import curators_only
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Skill
from sapwood.people.models.skill import LONGEST
from sapwood.people.skills import find_skill

PAGE = 50


class NameForm(forms.Form):
    """Another name for one tag."""

    name = LineField(label=gettext_lazy("Name"), max_length=LONGEST)

    def clean_name(self) -> str:
        """A comma would make two tags of it."""
        name: str = self.cleaned_data["name"]
        if "," in name or ";" in name:
            raise forms.ValidationError(_("Leave out commas: they part one tag from the next."))
        return name


class MergeForm(forms.Form):
    """The tag that another one goes into, by its name."""

    into = LineField(label=gettext_lazy("Goes into"), max_length=LONGEST)

    def clean_into(self) -> Skill:
        """A tag that is there."""
        found = find_skill(self.cleaned_data["into"])
        if found is None:
            raise forms.ValidationError(_("No tag has this name. Pick one that people use."))
        return found


@curators_only
@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Every tag from A to Z with how many people say it."""
    words = request.GET.get("q", "").strip()[:100]
    tags = Skill.objects.in_use().like(words).with_counts()
    page = Paginator(tags, PAGE).get_page(request.GET.get("page"))
    values = {"page": page, "q": words}
    return render(request, "people/desk/skills.html", values, block="list")


@curators_only
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One tag: rename it, or see what it may be merged with."""
    skill = get_object_or_404(Skill.objects.standing(), pk=pk)
    form = NameForm(request.POST or None, initial={"name": skill.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename(skill, form.cleaned_data["name"])
        except NameTakenError:
            form.add_error("name", _("Another tag has this name. Merge the two instead."))
        else:
            toast(request, _("It is called “%(name)s” now.") % {"name": skill.name})
            return HttpResponseRedirect(reverse("desk_skills"))
    return _one(request, skill, form=form)


@curators_only
@require_POST
def merge(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Puts one tag into another."""
    skill = get_object_or_404(Skill.objects.standing(), pk=pk)
    form = MergeForm(request.POST)
    if form.is_valid() and form.cleaned_data["into"] == skill:
        form.add_error("into", _("That is this tag itself. Pick another."))
    if not form.is_valid():
        return _one(request, skill, merging=form)
    into = form.cleaned_data["into"]
    count = merge_tags(skill, into)
    words = ngettext(
        "“%(old)s” is “%(new)s” now, for %(num)s person.",
        "“%(old)s” is “%(new)s” now, for %(num)s people.",
        count,
    )
    toast(request, words % {"old": skill.name, "new": into.name, "num": count})
    return HttpResponseRedirect(reverse("desk_skills"))


def _one(request: PersonRequest, skill: Skill, **forms_given: forms.Form) -> HttpResponse:
    """The page of one tag; 422 when a form came back."""
    bound = any(form.is_bound for form in forms_given.values())
    values: dict[str, Any] = {
        "skill": Skill.objects.with_counts().get(pk=skill.pk),
        "form": NameForm(initial={"name": skill.name}),
        "merging": MergeForm(initial={"into": request.GET.get("into", "")[:LONGEST]}),
        "similar": similar_to(skill),
        "spellings": list(skill.merged.values_list("name", flat=True)),
        **forms_given,
    }
    return render(request, "people/desk/skill.html", values, status=422 if bound else 200)
