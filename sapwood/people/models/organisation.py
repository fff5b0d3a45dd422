"""The organisation that runs this installation: one row."""

from typing import Any, Self

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = 5  # seconds for which another process may still see the row as it was


class Organisation(models.Model):
    """Name, language, place and the rules of the door."""

    singleton = models.BooleanField(primary_key=True, default=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Lisbon")
    allowed_domains = models.TextField(
        _("e-mail domains that may join by themselves"), blank=True, default=""
    )
    minimum_group = models.PositiveSmallIntegerField(_("smallest group shown"), default=5)
    minimum_answers = models.PositiveSmallIntegerField(_("smallest group for texts"), default=10)
    set_up_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(singleton=True), name="one_organisation"),
            models.CheckConstraint(
                condition=models.Q(minimum_group__gte=3, minimum_answers__gte=3),
                name="minimum_groups_at_least_three",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A change shows at once in this process, and within seconds in the others."""
        super().save(*args, **kwargs)
        cache.delete("organisation")

    @classmethod
    def current(cls) -> Self:
        """The organisation; before the first hour an unsaved one with the defaults."""
        kept: Self | None = cache.get("organisation") or cls.objects.first()
        if kept is None:
            return cls(
                name="Sapwood", language=settings.LANGUAGE_CODE, time_zone=settings.TIME_ZONE
            )
        if kept.is_set_up:
            cache.add("organisation", kept, KEPT_FOR)
        return kept

    @property
    def is_set_up(self) -> bool:
        """True once the first hour has named the organisation and its first administrator."""
        return self.set_up_at is not None

    @property
    def domains(self) -> list[str]:
        """Allowed e-mail domains, folded."""
        return [d.strip().lower().lstrip("@") for d in self.allowed_domains.split() if d.strip()]

    def lets_join(self, email: str) -> bool:
        """True if anyone with this address may make an account without an invitation."""
        return email.rpartition("@")[2].lower() in self.domains

    def finish_setup(self) -> None:
        """Marks the first hour as done."""
        self.set_up_at = timezone.now()
        self.save()
