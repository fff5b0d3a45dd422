"""A person's trunk: the seed that makes its shape theirs, and the version of their record."""

import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Policy
from sapwood.people.models import Person

CHUNK = 400  # people in one statement


def new_seed() -> str:
    """128 random bits: says nothing about the person."""
    return secrets.token_hex(16)


class Trunk(models.Model):
    """`version` grows with every change to the person's moments, so that drawings can be kept."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="trunk")
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    version = models.PositiveBigIntegerField(default=1)

    privacy = Policy(
        title=_("The shape of your rings"),
        purpose=_("So that your picture always looks like yours."),
        seen_by=_("Only you"),
        retention=_("While you have an account."),
        export=("seed",),
        private=True,
        link="rings",
    )

    def __str__(self) -> str:
        return str(self.person_id)

    @classmethod
    def touch(cls, person_id: object) -> None:
        """Notes that the person's moments changed."""
        if not cls.objects.filter(person_id=person_id).update(version=F("version") + 1):
            cls.objects.get_or_create(person_id=person_id)

    @classmethod
    def touch_many(cls, person_ids: Iterable[UUID]) -> None:
        """The same for many people at once; those who have no trunk yet get one."""
        wanted = list(person_ids)
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            cls.objects.filter(person_id__in=some).update(version=F("version") + 1)
            Trunk.objects.bulk_create([Trunk(person_id=pk) for pk in some], ignore_conflicts=True)
