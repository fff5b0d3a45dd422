"""Identifiers that show in addresses: UUID version 7, so new rows land at the end of the index."""

from uuid import UUID

from uuid_utils import compat


def uuid7() -> UUID:
    """A new time-ordered UUID (RFC 9562, version 7)."""
    return compat.uuid7()
