"""PersonSkill: one tag on one person's page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import LEAVING, Policy
from sapwood.people.models.person import Person
from sapwood.people.models.skill import Said, Skill


class PersonSkill(models.Model):
    """`person` says "ask me about" or "learning now"; written through people/skills.py."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="said_skills")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="said_by", verbose_name=_("tag"))
    said = models.CharField(_("what it says"), max_length=8, choices=Said.choices)
    position = models.PositiveSmallIntegerField(default=0)

    privacy = Policy(
        title=_("What to ask you, and what you are learning"),
        purpose=_("So that colleagues find whom to ask, and who learns the same."),
        seen_by=_("Everyone in the organisation"),
        retention=_("Until you take it off your page, or 12 months after you leave."),
        swept_by=LEAVING,
        export=("skill__name", "said"),
        circle="everyone",
        link="profile_edit",
    )

    class Meta:
        ordering = ["said", "position"]
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "said"], name="skill_said_once"),
            models.CheckConstraint(
                condition=models.Q(said__in=Said.values), name="skill_said_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.said

    @classmethod
    def forget_mentions(cls, person: Person) -> None:
        """A tag that only the erased person had was their word: it goes with them."""
        Skill.objects.unused().delete()
