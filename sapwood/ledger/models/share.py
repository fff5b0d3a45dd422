"""A moment shown to a colleague by name; deleting the row takes it back at once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.ledger.models.moment import Moment
from sapwood.people.models import Person


class MomentShare(models.Model):
    """Who may see one moment."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("Moments colleagues showed you"),
        purpose=_("So that you can read what a colleague chose to show you."),
        seen_by=_("You and the colleague"),
        retention=_("Until the colleague takes it back."),
        export=("shared_at",),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "person"], name="moment_share_once")
        ]

    def __str__(self) -> str:
        return f"{self.moment_id}"

    def erase(self) -> None:
        """Its reader was erased: the moment is private again when nobody else can see it."""
        from sapwood.ledger.sharing import withdraw

        withdraw(self.moment, self.person)
