"""Rows of the machinery: which workers live, and when each periodic job is due. No one's data."""

from django.db import models


class WorkerBeat(models.Model):
    """A worker that lives: it renews `beat_at`; a beat older than the lease means it died."""

    worker = models.CharField(primary_key=True, max_length=64)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class DueJob(models.Model):
    """When a periodic job runs next, by the path of its function."""

    name = models.CharField(primary_key=True, max_length=200)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
