"""Notices, what was told, and how each person wants to hear of it."""

from sapwood.notify.models.inbound import Received, ReplyAddress
from sapwood.notify.models.letter import Letter
from sapwood.notify.models.notice import Notice, Telling
from sapwood.notify.models.push import Device
from sapwood.notify.models.wishes import Channel, Mute, Preference, Quiet, Rhythm

__all__ = [
    "Channel",
    "Device",
    "Letter",
    "Mute",
    "Notice",
    "Preference",
    "Quiet",
    "Received",
    "ReplyAddress",
    "Rhythm",
    "Telling",
]
