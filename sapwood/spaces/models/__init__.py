"""The tables of spaces."""

from sapwood.spaces.models.door import JoinLink, JoinRequest
from sapwood.spaces.models.greeting import Greeting
from sapwood.spaces.models.leaving import Leaving
from sapwood.spaces.models.note import Note, NoteFile, NoteQuerySet, NoteVersion
from sapwood.spaces.models.ritual import Rhythm, Ritual
from sapwood.spaces.models.rule import Rule
from sapwood.spaces.models.space import Kind, Openness, Space, SpaceQuerySet, Stage

__all__ = [
    "Greeting",
    "JoinLink",
    "JoinRequest",
    "Kind",
    "Leaving",
    "Note",
    "NoteFile",
    "NoteQuerySet",
    "NoteVersion",
    "Openness",
    "Rhythm",
    "Ritual",
    "Rule",
    "Space",
    "SpaceQuerySet",
    "Stage",
]
