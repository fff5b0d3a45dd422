"""Stretch assignment: real work a little beyond what someone has done before, with support."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sapwood.activities.models import Activity
from sapwood.activities.registry import Kind, Said, Waiting
from sapwood.people.models import Person

PARTS = ("why", "beyond", "support", "boundary", "shows")


class StretchKind(Kind):
    """Offered by someone, applied for, agreed, done, looked back on."""

    slug = "stretch"
    name = _("Stretch assignment")
    plural = _("Stretch assignments")
    icon = "sprout"
    shape = "offer"
    way = "stretch_assignment"
    offer = _("Offer a stretch assignment")
    offer_hint = _("Real work a little beyond the usual, with someone to ask and room to fail.")
    leave = _("Step back")
    by_name = True
    meets = True
    asks_what_stayed = False
    unanswered = MappingProxyType({"stretch__applications__state": "asked"})

    def form_class(self) -> Any:
        """What a good offer says."""
        from sapwood.kinds.stretch.forms import StretchForm

        return StretchForm

    def said(self, activity: Activity) -> Said:
        """Where it takes place, and all that the offer says."""
        details = self._details(activity)
        if details is None:
            return Said()
        return Said(details.site, " ".join(getattr(details, name) for name in PARTS))

    def waiting(self, person: Person, now: datetime) -> list[Waiting]:
        """Applications to answer, and answers to one's own."""
        from sapwood.kinds.stretch.telling import told

        return told(person, now)

    def panel(self, activity: Activity, person: Person) -> dict[str, Any]:
        """The offer; for whoever applies their application, for the owner all that wait."""
        from sapwood.kinds.stretch.forms import ApplyForm, LookBackForm
        from sapwood.kinds.stretch.stages import kept_by, stage_for

        return {
            "details": self._details(activity),
            "apply_form": ApplyForm(),
            "answer_form": None,
            "answering": None,
            "look_back_form": LookBackForm(),
            "kept": kept_by(activity, person),
            **stage_for(activity, person),
        }

    def may_join(self, activity: Activity, person: Person) -> str:
        """One applies, and joins once the owner agreed."""
        from sapwood.kinds.stretch.models import Application

        if activity.is_hosted_by(person):
            return gettext("You offer this yourself.")
        mine = Application.objects.filter(stretch=activity.pk, person=person)
        agreed = mine.filter(state=Application.State.AGREED).exists()
        return "" if agreed else gettext("You apply for this, and whoever offers it answers.")

    def clone(self, source: Activity, copy: Activity) -> None:
        """The offer, without the people."""
        from sapwood.kinds.stretch.models import Stretch

        details = self._details(source)
        if details:
            said = {name: getattr(details, name) for name in (*PARTS, "site")}
            Stretch.objects.create(activity=copy, **said)

    def saved(self, activity: Activity) -> None:
        """Applications follow: a closed offer answers them, who left has no place any more."""
        from sapwood.kinds.stretch.settling import settle

        settle(activity)

    def _details(self, activity: Activity) -> Any:
        from sapwood.kinds.stretch.models import Stretch

        return Stretch.objects.filter(activity=activity).first()
