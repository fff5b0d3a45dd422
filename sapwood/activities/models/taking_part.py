"""What people do with an activity, as verbs: publish, join, leave, complete."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sapwood.core.seen import is_blank
from sapwood.ledger.models import Moment, Trunk
from sapwood.ledger.recording import record
from sapwood.people.models import Person

if TYPE_CHECKING:
    from sapwood.activities.models.participation import Participation

SOURCE = "activity"


class CannotJoin(Exception):
    """Says in words why somebody cannot take part now."""


class TakingPart:
    """The verbs of Activity; each keeps table, index and ledger together in a transaction.

    A part of one class in a file of its own: `self` is an Activity.
    """

    @transaction.atomic
    def publish(self: Any, *, by: Person) -> None:
        """Lets the audience see it. Raises PermissionDenied for anyone who may not edit it."""
        if not self.can_edit(by):
            raise PermissionDenied
        self.state = "published"
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["state", "published_at", "ring", "form"])
        self.refresh()
        self.as_kind.saved(self)

    @transaction.atomic
    def unpublish(self: Any, *, by: Person) -> None:
        """Makes it a draft again, gone from search at once.

        Raises PermissionDenied for all but its owner: nobody else would find it afterwards.
        """
        if not (self.is_hosted_by(by) and self.can_edit(by)):
            raise PermissionDenied
        self.return_to("draft")

    @transaction.atomic
    def archive(self: Any) -> None:
        """Puts it away: those who took part keep it, nobody else finds it."""
        self.return_to("archived")

    @transaction.atomic
    def return_to(self: Any, state: str) -> None:
        """Sets where it stands; search and the kind's own rows follow."""
        self.state = state
        self.save(update_fields=["state", "ring", "form"])
        self.refresh()
        self.as_kind.saved(self)

    @transaction.atomic
    def refresh(self: Any) -> None:
        """Writes the kind's line of facts and the search columns, and tells the index."""
        from sapwood.activities.search import index_activity

        said = self.as_kind.said(self)
        self.facts = said.facts[:200]
        index_activity(self, said.words)

    def invite(self: Any, person: Person) -> "Participation":
        """Lets one person see it by name, also one who left; who takes part stays as they are."""
        from sapwood.activities.models.participation import Participation

        mine = Participation.objects.get_or_create(activity=self, person=person)[0]
        if mine.state == "left":
            mine.state, mine.left_at = "invited", None
            mine.save(update_fields=["state", "left_at"])
        return mine

    @transaction.atomic
    def join(self: Any, person: Person) -> "Participation":
        """Takes a place; joining twice is joining once. Raises CannotJoin, with the reason."""
        from sapwood.activities.models.activity import Activity
        from sapwood.activities.models.participation import Participation

        locked = Activity.objects.select_for_update().get(pk=self.pk)
        mine = Participation.objects.filter(activity=self, person=person).first()
        if mine and mine.takes_a_place:
            return mine
        if not locked.is_published:
            raise CannotJoin(_("This is not open at the moment."))
        if locked.capacity is not None and locked.places_taken() >= locked.capacity:
            raise CannotJoin(_("All places are taken."))
        mine = mine or Participation(activity=self, person=person)
        mine.state, mine.joined_at = "joined", timezone.now()
        mine.save()
        return mine

    def places_taken(self: Any) -> int:
        """How many hold a place: joined or finished."""
        return int(self.participations.holding_a_place().count())

    def places_left(self: Any) -> int | None:
        """None when there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.places_taken())

    @transaction.atomic
    def leave(self: Any, person: Person) -> None:
        """Gives the place back; moments already kept stay the person's own."""
        self.participations.filter(person=person).exclude(state="completed").update(
            state="left", left_at=timezone.now()
        )
        self.as_kind.saved(self)

    @transaction.atomic
    def complete(
        self: Any,
        person: Person,
        *,
        line: str = "",
        minutes: int | None = None,
        occurred_on: date | None = None,
        **more: Any,
    ) -> Moment:
        """Finishes it and keeps a moment; `line` is what the person took from it, for them alone.

        A line makes the moment a reflected one. Once finished, a later line replaces the first.
        Raises CannotJoin when there is no place to finish from.
        """
        mine = self.join(person)
        mine.state, mine.completed_at = "completed", mine.completed_at or timezone.now()
        mine.save(update_fields=["state", "completed_at"])
        line = "" if is_blank(line) else line.strip()
        values = {
            "minutes": minutes or self.minutes or self.kind_of_way.default_minutes,
            "form": self.form,
            "objectives": self.objectives,
            "planned": self.starts_at is not None,
            "reflected": bool(line),
            **more,
        }
        moment = record(
            person,
            way=self.way,
            title=line or self.title,
            occurred_on=occurred_on,
            source=(SOURCE, self.pk, self.title),
            **values,
        )
        if line and moment.title != line:
            moment.title, moment.reflected = line, True
            moment.save(update_fields=["title", "reflected", "ring", "changed_at"])
            Trunk.touch(person.pk)
        return moment

    @transaction.atomic
    def reopen(self: Any, person: Person) -> None:
        """Takes finishing back: the moment goes, the place stays."""
        self.participations.filter(person=person, state="completed").update(
            state="joined", completed_at=None
        )
        self.moments_of(person).delete()
        Trunk.touch(person.pk)

    def moments_of(self: Any, person: Person) -> Any:
        """What this person kept from it: their own, nobody else's."""
        return Moment.objects.of(person).filter(source_type=SOURCE, source_id=self.pk)
