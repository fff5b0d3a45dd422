"""Rule: who belongs by where they work, what they do, or the language they read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.people.models import Unit
from sapwood.spaces.models.space import Space


class Rule(models.Model):
    """Everything it names must hold for a person; a group with several takes who fits any of them.

    `unit` includes the units under it. Site and job title are compared whole, in any case.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="rules")
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    site = models.CharField(_("site"), max_length=120, blank=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    language = models.CharField(_("language of their pages"), max_length=8, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False)
                | ~models.Q(site="")
                | ~models.Q(job_title="")
                | ~models.Q(language=""),
                name="rule_names_something",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def holds(self) -> models.Q:
        """What it asks of a person."""
        found = models.Q()
        if self.unit:
            found &= models.Q(unit__path__startswith=self.unit.path)
        if self.site:
            found &= models.Q(site__iexact=self.site)
        if self.job_title:
            found &= models.Q(job_title__iexact=self.job_title)
        if self.language:
            found &= models.Q(language=self.language)
        return found
