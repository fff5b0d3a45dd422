"""Files that came with an answer: by what they are, not by what they are called."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sapwood.core.seen import tidy
from sapwood.media.bringing_in import LARGEST, bring_in_bytes
from sapwood.media.models import Upload
from sapwood.notify.inbound.reading import MOST_FILES, File
from sapwood.people.models import Person


def bring_in_files(
    files: Sequence[File], person: Person, *, takes_them: bool
) -> tuple[list[Upload], list[str]]:
    """The uploads, and for each file that stayed out a line with its name and the reason."""
    uploads: list[Upload] = []
    left_out: list[str] = []
    for place, file in enumerate(files):
        try:
            uploads.append(_bring_in(file, person, place, takes_them))
        except ValidationError as problem:
            left_out.append(f"{tidy(file.name)}: {' '.join(problem.messages)}")
    return uploads, left_out


def _bring_in(file: File, person: Person, place: int, takes_them: bool) -> Upload:
    if not takes_them:
        raise ValidationError(_("Your journal keeps words only."))
    if place >= MOST_FILES:
        raise ValidationError(_("Ten files go with one answer. Send the others with another one."))
    if len(file.data) > LARGEST:
        raise ValidationError(_("This file is larger than 20 MB. Choose a smaller one."))
    return bring_in_bytes(file.data, name=file.name, owner=person)
