"""What people's tables keep only for a while."""

from datetime import datetime, timedelta

from sapwood.people.models import AuditEvent, ImportRun, Invitation

IMPORTS = timedelta(days=30)
YEAR = timedelta(days=365)


def forget_old(now: datetime) -> int:
    """Deletes imports after 30 days, the record and dead invitations after a year; counts rows."""
    gone = ImportRun.objects.filter(created_at__lt=now - IMPORTS).delete()[0]
    gone += Invitation.objects.filter(expires_at__lt=now - YEAR).delete()[0]
    return gone + AuditEvent.objects.filter(at__lt=now - YEAR).delete()[0]
