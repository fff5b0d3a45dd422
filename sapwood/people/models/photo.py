"""A person's photo: small, re-encoded, kept beside the person so that it leaves with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import LEAVING, Policy
from sapwood.people.models.person import Person


class Photo(models.Model):
    """256 by 256 pixels of WebP, about ten kilobytes."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="photo")
    content = models.BinaryField()

    privacy = Policy(
        title=_("Photo"),
        purpose=_("So that colleagues recognise you. It is yours to leave out."),
        seen_by=_("Everyone in the organisation"),
        retention=_("Until you remove it, or 12 months after you leave."),
        swept_by=LEAVING,
        export=("person",),
        attachment="as_file",
        link="profile_edit",
        circle="everyone",
    )

    def __str__(self) -> str:
        return str(self.person_id)

    def as_file(self) -> tuple[str, bytes]:
        """Name and bytes, for the person's copy."""
        return "photo.webp", bytes(self.content)
