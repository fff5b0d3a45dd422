"""sapwood mail: takes answers that come by e-mail."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sapwood.notify.inbound.listening import listen

USUAL = "lmtp://127.0.0.1:8024"


class Command(BaseCommand):
    """Listens for the mail server until SIGTERM or Ctrl+C."""

    help = "Take answers that come by e-mail, over LMTP or SMTP from the mail server beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        text = "lmtp://host:port or smtp://host:port; lmtp://127.0.0.1:8024 unless told"
        parser.add_argument(
            "--listen", default=settings.INBOUND or "lmtp://127.0.0.1:8024", help=text
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REPLY_ADDRESS:
            raise CommandError("Set SAPWOOD_REPLY_ADDRESS first, such as reply@learn.example.org.")
        try:
            listen(options["listen"])
        except (ValueError, OSError) as problem:
            raise CommandError(f"Cannot listen at {options['listen']}: {problem}") from problem
