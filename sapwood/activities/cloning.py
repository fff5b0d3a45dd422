"""A copy to begin the next one from: a draft of whoever copies, with nobody in it."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sapwood.activities.models import Activity, Audience, Step
from sapwood.people.models import Person
from sapwood.spaces.models import Space

COPIED = (
    "kind", "summary", "image_id", "way", "form", "objectives", "audience", "unit_id", "time_zone",
    "capacity", "language", "minutes", "is_sample",
)  # fmt: skip


@transaction.atomic
def clone(source: Activity, *, by: Person) -> Activity:
    """Copies text, details and steps; not people, sessions or dates. It stays in its group where
    whoever copies may write there."""
    copy = Activity(owner=by, **{name: getattr(source, name) for name in COPIED})
    if source.space_id:
        copy.space = Space.objects.joined_by(by).standing().filter(pk=source.space_id).first()
    if copy.space is None and copy.audience == Audience.GROUP:
        copy.audience = Audience.INVITED
    with override(by.language):
        copy.title = (_("%(title)s (copy)") % {"title": source.title})[:200]
    copy.save()
    source.as_kind.clone(source, copy)
    steps = list(source.steps.all())
    Step.objects.bulk_create(
        Step(
            container=copy,
            activity_id=step.activity_id,
            position=step.position,
            opens_after_days=step.opens_after_days,
            required=step.required,
        )
        for step in steps
    )
    copy.refresh()
    return copy
