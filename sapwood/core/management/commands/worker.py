"""sapwood worker: runs jobs."""

import signal
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from sapwood.core.lost_jobs import LEASE
from sapwood.core.worker import POLL, Worker


class Command(BaseCommand):
    """Runs jobs until SIGTERM or Ctrl+C; the job at hand is finished first."""

    help = "Run jobs, one after the other. Start as many as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        alive = "seconds without a sign of life after which a worker counts as dead"
        parser.add_argument("--lease", type=float, default=LEASE.total_seconds(), help=alive)
        idle = "seconds between looks at an empty queue"
        parser.add_argument("--poll", type=float, default=POLL, help=idle)

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(lease=timedelta(seconds=options["lease"]), poll=options["poll"])
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
