"""The tables of conversations."""

from sapwood.conversations.models.audience import (
    Audience,
    AudienceQuerySet,
    Membership,
    Reach,
    Writing,
)
from sapwood.conversations.models.case import Case, CaseQuerySet, HiddenWord, Report
from sapwood.conversations.models.message import Attachment, Message, MessageQuerySet, Revision
from sapwood.conversations.models.reaction import Mention, Reaction, Sense
from sapwood.conversations.models.thanks import Thanks
from sapwood.conversations.models.thread import Thread, ThreadQuerySet, Tone
from sapwood.conversations.models.watch import ReadMark, Watch

__all__ = [
    "Attachment",
    "Audience",
    "AudienceQuerySet",
    "Case",
    "CaseQuerySet",
    "HiddenWord",
    "Membership",
    "Mention",
    "Message",
    "MessageQuerySet",
    "Reach",
    "Reaction",
    "ReadMark",
    "Report",
    "Revision",
    "Sense",
    "Thanks",
    "Thread",
    "ThreadQuerySet",
    "Tone",
    "Watch",
    "Writing",
]
