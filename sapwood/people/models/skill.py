"""Skills: free tags that people put on themselves, and curators keep tidy."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.people.folding import fold
from sapwood.people.near import near_words

LONGEST = 80


class SkillQuerySet(models.QuerySet["Skill"]):
    """Questions about tags."""

    def standing(self) -> Self:
        """Tags that were not merged into another."""
        return self.filter(merged_into=None)

    def in_use(self) -> Self:
        """Standing tags that somebody who works here has."""
        from sapwood.people.models.person_skill import PersonSkill

        rows = PersonSkill.objects.filter(skill=models.OuterRef("pk"), person__is_active=True)
        return self.standing().filter(models.Exists(rows))

    def unused(self) -> Self:
        """Standing tags that nobody has any more."""
        return self.standing().filter(said_by=None)

    def like(self, words: str) -> Self:
        """Every word begins one of the tag's words; accents, case and plurals do not matter."""
        found = self
        for form in near_words(words):
            found = found.filter(
                models.Q(near__contains=f" {form}") | models.Q(folded__contains=form)
            )
        return found

    def with_counts(self) -> Self:
        """Each with `asked` and `learned`: how many people here say either. Tags are public."""
        here = models.Q(said_by__person__is_active=True)
        return self.order_by("folded").annotate(
            asked=models.Count("said_by", filter=here & models.Q(said_by__said="ask")),
            learned=models.Count("said_by", filter=here & models.Q(said_by__said="learning")),
        )


class Skill(models.Model):
    """One tag. A merged one stays as another spelling of the tag it went into."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("tag"), max_length=LONGEST)
    folded = models.CharField(max_length=2 * LONGEST, unique=True, editable=False)
    # Near forms of its words, a space around each.
    near = models.CharField(max_length=3 * LONGEST, editable=False)
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged", editable=False
    )

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what searches compare in step with the name."""
        self.fold_name()
        super().save(*args, **kwargs)

    def fold_name(self) -> None:
        """The name as searches compare it."""
        self.folded = fold(self.name)[: 2 * LONGEST]
        self.near = f" {' '.join(near_words(self.name))} "[: 3 * LONGEST]

    @property
    def standing(self) -> "Skill":
        """The tag that people have: this one, or the one it was merged into."""
        return self.merged_into or self


class Said(models.TextChoices):
    """What a person says with a tag."""

    ASK = "ask", _("Ask me about")
    LEARNING = "learning", _("Learning now")
