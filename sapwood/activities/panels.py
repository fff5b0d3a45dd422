"""A kind's own piece of a page, drawn from its own template."""

from collections.abc import Mapping
from typing import Any

from django.template import engines
from django.utils.translation import get_language
from jinja2 import TemplateNotFound

from sapwood.activities.models import Activity
from sapwood.core.markup import drawn
from sapwood.core.pages import csrf_input
from sapwood.people.doors.asking import PersonRequest


def piece(request: PersonRequest, template: str, context: Mapping[str, Any]) -> Any:
    """The drawn template, or nothing when the kind has none of that name."""
    try:
        found = engines["jinja2"].env.get_template(template)  # type: ignore[attr-defined]
    except TemplateNotFound as missing:
        if missing.name != template:
            raise
        return ""
    base = {
        "request": request,
        "person": request.user,
        "lang": get_language(),
        "csrf_input": csrf_input(request),
    }
    return drawn(found.render({**base, **context}))


def panel(request: PersonRequest, activity: Activity, **more: Any) -> Any:
    """What the kind shows on the page of one activity."""
    kind = activity.as_kind
    context = {"activity": activity, **kind.panel(activity, request.user), **more}
    return piece(request, f"{kind.slug}/_panel.html", context)


def fields(request: PersonRequest, activity: Activity, form: Any) -> Any:
    """The kind's own fields, drawn by its template where it has one."""
    return piece(request, f"{activity.kind}/_fields.html", {"form": form, "activity": activity})
