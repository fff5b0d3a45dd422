"""An address that somebody at the desk, or an import, wrote for a person who has come in before."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.people.models.person import Person


class NewAddress(models.Model):
    """Waits until its owner confirms it (docs/decisions/0009): until then it opens nothing."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="new_address"
    )
    email = models.EmailField()
    asked_at = models.DateTimeField(default=timezone.now)

    privacy = Policy(
        title=_("A new address that waits for you"),
        purpose=_("So that nobody but you can make another address open your account."),
        seen_by=_("You and administrators"),
        retention=_("Until you confirm it or keep the one you have."),
        export=("email", "asked_at"),
        circle="desk",
        link="account_email",
    )

    def __str__(self) -> str:
        return str(self.person_id)
