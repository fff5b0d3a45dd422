"""Device: a browser or phone that somebody asked to be told on."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sapwood.core.ids import uuid7
from sapwood.core.policies import LEAVING, Policy
from sapwood.people.models import Person


class Device(models.Model):
    """Where a push service takes messages for one browser, and the keys that only it can open.

    `digest` is that of the endpoint, whose length is anybody's. `session` is that of the sign-in
    it was made in: who signs out there is told nothing there. `failed_at` is when a message first
    did not arrive since one last did.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    endpoint = models.TextField(max_length=2000)
    digest = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    session = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    failed_at = models.DateTimeField(null=True)

    privacy = Policy(
        title=_("Devices that show your notices"),
        purpose=_("So that what is addressed to you reaches your phone."),
        seen_by=_("Only you; the messages are read by nobody on the way"),
        retention=_(
            "Until you switch it off or sign out there, after 14 days of failing, or 12 months "
            "after you leave."
        ),
        swept_by=LEAVING,
        export=("endpoint", "at", "failed_at"),
        private=True,
        link="inbox",
    )

    class Meta:
        indexes = [models.Index(fields=["person"], name="device_of_person")]

    def __str__(self) -> str:
        return str(self.pk)
