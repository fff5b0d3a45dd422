"""Is this installation healthy? Only what was measured just now."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

SLOW = timedelta(minutes=5)


class Fact(NamedTuple):
    """One line: what, in words, whether it is well, and its icon's name."""

    title: str
    text: str
    well: bool

    @property
    def icon(self) -> str:
        """A check, or a sign to look."""
        return "check" if self.well else "circle-alert"


def facts() -> list[Fact]:
    """Jobs, e-mail, database and memory shared between processes."""
    return [jobs(), mail(), database(), shared_memory()]


def jobs() -> Fact:
    """How many jobs wait, and whether the oldest has waited too long for a worker to be there."""
    now = timezone.now()
    waiting = DBTaskResult.objects.ready()
    count = waiting.count()
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    if not count:
        return Fact(_("Jobs"), _("None waiting"), True)
    text = ngettext("%(num)s waiting", "%(num)s waiting", count) % {"num": count}
    late = oldest is not None and now - oldest > SLOW
    if late:
        text += ". " + _("The oldest waits for more than five minutes: is a worker running?")
    return Fact(_("Jobs"), text, not late)


def has_mail_server() -> bool:
    """True if letters leave; else they stay on the console or in a folder."""
    return str(settings.EMAIL_BACKEND).endswith("smtp.EmailBackend")


def where_letters_stay() -> str:
    """Says where letters are while no mail server is set."""
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        return _(
            "No mail server is set (SMTP_URL), so letters are kept as files in %(folder)s."
        ) % {"folder": folder}  # fmt: skip
    return _("No mail server is set (SMTP_URL), so letters stay on the console of this computer.")


def mail() -> Fact:
    """Whether letters go to a server, or stay on the console or in a folder."""
    if not has_mail_server():
        return Fact(
            _("E-mail"),
            where_letters_stay(),
            False,
        )
    return Fact(_("E-mail"), _("A mail server is set. Send yourself a test."), True)


def database() -> Fact:
    """Which database keeps everything."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return Fact(_("Database"), f"SQLite {cursor.fetchone()[0]}", True)
        cursor.execute("SHOW server_version")
        return Fact(_("Database"), f"PostgreSQL {cursor.fetchone()[0].split()[0]}", True)


def shared_memory() -> Fact:
    """Whether limits on tries are counted for all processes together."""
    if settings.REDIS_URL:
        return Fact(_("Limits"), _("Counted for all processes together, in Redis."), True)
    return Fact(
        _("Limits"),
        _("Asking for codes is counted in each process. Wrong passwords are counted for all."),
        True,
    )
