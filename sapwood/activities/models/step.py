"""Step: an activity used again inside a larger one."""

from django.db import models

from sapwood.activities.models.activity import Activity
from sapwood.core.ids import uuid7


class Step(models.Model):
    """Opens some days after its container starts, or at a time of its own, or at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    container = models.ForeignKey(Activity, models.CASCADE, related_name="steps")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="used_in")
    position = models.PositiveSmallIntegerField()
    opens_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["container", "position"], name="step_position_once"),
            models.CheckConstraint(
                condition=models.Q(opens_at=None) | models.Q(opens_after_days=None),
                name="step_opens_one_way",
            ),
            models.CheckConstraint(
                condition=~models.Q(container=models.F("activity")), name="step_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.container_id} {self.position}"
