"""Which reflection model a person likes to be asked by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.people.models import Person


class Leaning(models.Model):
    """The chosen model; no row, or an empty one, is "surprise me"."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="leaning")
    model = models.CharField(max_length=8, blank=True)

    privacy = Policy(
        title=_("How the journal asks you"),
        purpose=_("So that questions come in the order you like."),
        seen_by=_("Only you"),
        retention=_("While you have an account."),
        export=("model",),
        private=True,
    )

    def __str__(self) -> str:
        return self.model
