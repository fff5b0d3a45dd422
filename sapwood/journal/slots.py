"""Names of the journal's text boxes, under which their drafts are kept."""

from uuid import UUID

JOURNAL = "journal"  # an entry that is not kept yet


def entry_slot(pk: UUID) -> str:
    """Changes to a kept entry."""
    return f"entry-{pk}"


def group_slot(pk: UUID) -> str:
    """The words of an entry on their way to a group."""
    return f"entry-out-{pk}"


def reply_slot(pk: UUID) -> str:
    """The answer to an entry that a colleague shared."""
    return f"reply-{pk}"
