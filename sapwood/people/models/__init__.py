"""The people tables, one idea a file."""

from sapwood.people.models.audit import AuditEvent
from sapwood.people.models.block import Block
from sapwood.people.models.importing import ImportRow, ImportRun, RowState, RunState
from sapwood.people.models.invitation import Invitation
from sapwood.people.models.new_address import NewAddress
from sapwood.people.models.organisation import Organisation
from sapwood.people.models.person import Person, PersonQuerySet
from sapwood.people.models.person_skill import PersonSkill
from sapwood.people.models.photo import Photo
from sapwood.people.models.role import Role, RoleGrant
from sapwood.people.models.skill import Said, Skill
from sapwood.people.models.unit import Unit

__all__ = [
    "AuditEvent",
    "Block",
    "ImportRow",
    "ImportRun",
    "Invitation",
    "NewAddress",
    "Organisation",
    "Person",
    "PersonQuerySet",
    "PersonSkill",
    "Photo",
    "Role",
    "RoleGrant",
    "RowState",
    "RunState",
    "Said",
    "Skill",
    "Unit",
]
