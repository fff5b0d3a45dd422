"""Rules: written, looked at, and only then applied."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sapwood.core.pages import forbid_unless, render
from sapwood.core.toasts import toast
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person
from sapwood.spaces.forms import RuleForm
from sapwood.spaces.models import Rule, Space
from sapwood.spaces.page import load_for_stewards
from sapwood.spaces.ruling import keep_rules, preview
from sapwood.spaces.views.desk import desk

MOST = 8
CHOICES = 500


@require_http_methods(["GET", "POST"])
def rules(request: PersonRequest, pk: UUID) -> HttpResponse:
    """POST shows what the rules would do; a second one, with what was shown, does it."""
    space = load_for_stewards(request, pk)
    forbid_unless(space.may_set_rules(request.user))
    forms = rule_forms(space, request.POST if request.method == "POST" else None)
    seen, status = None, 200
    if request.method == "POST":
        if sum(not form.is_valid() for form in forms) == 0:
            wanted = [rule for form in forms if (rule := form.rule())]
            seen = preview(space, wanted)
            if request.POST.get("seen") == seen.print:
                keep_rules(space, wanted, now=timezone.now())
                toast(request, _("The rules are in force."))
                return redirect("group_rules", pk)
        else:
            status = 422
    context = desk(request, space, "rules") | {
        "forms": forms, "seen": seen, "sites": values_of("site"), "jobs": values_of("job_title"),
        "changed": bool(seen and "seen" in request.POST),
    }  # fmt: skip
    return render(request, "spaces/rules.html", context, status=status)


def rule_forms(space: Space, sent: QueryDict | None) -> list[RuleForm]:
    """A form for each rule there is, and one more while there is room."""
    stored: list[Rule | None] = list(space.rules.select_related("unit")[:MOST])
    if sent is not None:
        count = sum(f"r{n}-site" in sent for n in range(MOST))
        return [RuleForm(sent, prefix=f"r{n}") for n in range(count)]
    rows = [*stored, None] if len(stored) < MOST else stored
    return [RuleForm(instance=rule, prefix=f"r{n}") for n, rule in enumerate(rows)]


def values_of(field: str) -> list[str]:
    """What stands in a field of anybody, to choose from."""
    named = Person.objects.active().exclude(**{field: ""})
    return list(named.order_by(field).values_list(field, flat=True).distinct()[:CHOICES])
