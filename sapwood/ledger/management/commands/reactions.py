"""Prints which functions run after a moment was kept, and what each listens to."""

from django.core.management.base import BaseCommand

from sapwood.ledger.reacting import table


class Command(BaseCommand):
    """`sapwood manage reactions`."""

    help = "What happens after a moment was kept."

    def handle(self, *args: object, **options: object) -> None:
        """Writes the table."""
        self.stdout.write(table())
