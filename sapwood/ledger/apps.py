"""Ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Moments, ways, rings and reactions."""

    name = "sapwood.ledger"
    label = "ledger"
