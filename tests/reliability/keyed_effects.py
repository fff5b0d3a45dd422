"""A job with a keyed effect, for the kill test: `python keyed_effects.py prepare|enqueue N`."""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sapwood.settings")
if __name__ == "__main__":
    import django

    django.setup()

from django.db import connection

from sapwood.core.jobs import job


@job()
def leave_a_mark(key: int) -> None:
    """Counts the attempt, works a little, then leaves one mark under its key."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kill_attempts (job_key) VALUES (%s)", [key])
        time.sleep(0.03)
        cursor.execute("INSERT INTO kill_marks (job_key) VALUES (%s) ON CONFLICT DO NOTHING", [key])
        time.sleep(0.01)


def main() -> None:
    """Makes the two tables, or enqueues N jobs in one transaction."""
    from django.db import transaction

    if sys.argv[1] == "prepare":
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kill_attempts (job_key integer)")
            cursor.execute("CREATE TABLE kill_marks (job_key integer PRIMARY KEY)")
        return
    from keyed_effects import leave_a_mark as importable

    with transaction.atomic():
        for key in range(int(sys.argv[2])):
            importable.enqueue(key)


if __name__ == "__main__":
    main()
