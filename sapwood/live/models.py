"""The log of events: rows of the machinery that live an hour; ids in them and no one's words."""

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """Something happened under `topic`, such as `thread:<uuid>`; who hears it asks for what is new.

    `place` is the order in which rows became visible, which on PostgreSQL is not the order of `seq`
    (sapwood/live/log.py). On SQLite writers take turns: `seq` is the place and `place` stays empty.
    """

    seq = models.BigAutoField(primary_key=True)
    place = models.BigIntegerField(null=True, unique=True, editable=False)
    topic = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    data = models.TextField(default="{}")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["topic", "at"], name="event_of_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.name}"
