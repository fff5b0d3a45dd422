"""Photos and files in a composer: which of them this person may attach, with or without scripts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sapwood.media.bringing_in import LARGEST, bring_in
from sapwood.media.fields import ManyFiles, SeveralFiles
from sapwood.media.listed_ids import UploadIds
from sapwood.media.models import Upload
from sapwood.media.showing import ShownFile, shown_files
from sapwood.people.models import Person

MOST = 10
MOST_BYTES = 60 * 1024 * 1024


def attachable(person: Person, ids: Iterable[UUID], kept: Iterable[Upload] = ()) -> list[Upload]:
    """The uploads with these ids, in their order: their own, and those in `kept`, which the text
    carries already. Raises ValidationError if there is too much, or one is not there any more."""
    wanted = list(dict.fromkeys(ids))
    have = {upload.pk: upload for upload in kept}
    missing = [pk for pk in wanted if pk not in have]
    if missing:
        have |= Upload.objects.visible_to(person).in_bulk(missing[: 10 * MOST])
    found = [have[pk] for pk in wanted if pk in have]
    check(found)
    if lost := len(wanted) - len(found):
        raise ValidationError(
            ngettext(
                "One of the files is no longer here. Choose it again.",
                "%(num)s of the files are no longer here. Choose them again.",
                lost,
            )
            % {"num": lost}
        )
    return found


def check(uploads: Sequence[Upload]) -> None:
    """Raises ValidationError if they are more, or larger, than one text carries."""
    if len(uploads) > MOST:
        raise ValidationError(_("Ten photos and files at most. Take some away."))
    if sum(upload.size for upload in uploads) > MOST_BYTES:
        raise ValidationError(_("Together these files are larger than 60 MB. Take some away."))


def attach(uploads: Iterable[Upload]) -> None:
    """Notes that something carries them, so that the sweep leaves them alone."""
    loose = [upload.pk for upload in uploads if upload.unused_since]
    Upload.objects.filter(pk__in=loose).update(unused_since=None)


def listed(data: QueryDict) -> list[UUID]:
    """The ids that a composer sent in `uploads`, without those in `uploads_off`."""
    ids, off = (
        UploadIds().to_python(" ".join(data.getlist(name))) for name in ("uploads", "uploads_off")
    )
    return [pk for pk in ids if pk not in off]


def gathered(
    person: Person, data: QueryDict, files: MultiValueDict[str, Any], carried: Iterable[Upload] = ()
) -> list[Upload]:
    """What to attach, for a form that is not WithFiles: brought in before, or come with the form.
    `carried` is what the text has already. Raises ValidationError."""
    found, came = attachable(person, listed(data), carried), files.getlist("files")
    if len(found) + len(came) > MOST:
        raise ValidationError(_("Ten photos and files at most. Take some away."))
    found += [bring_in(file, owner=person) for file in came]
    check(found)
    return found


@dataclass(frozen=True)
class Drop:
    """What `ui.file_drop` draws: what is attached so far, and what is wrong. `id` is that of the
    field, its own on a page."""

    attached: Sequence[ShownFile] = ()
    id: str = "files"
    errors: Sequence[str] = ()
    most: int = MOST
    largest: int = LARGEST

    @classmethod
    def of(cls, person: Person, uploads: Iterable[Upload] = (), *, id: str = "files") -> "Drop":
        """With what a text carries already, or nothing."""
        return cls(shown_files(uploads, person), id)

    @property
    def value(self) -> str:
        """The ids of what is attached, as the field holds them."""
        return " ".join(str(each.pk) for each in self.attached)

    @property
    def send(self) -> str:
        """Where a file goes as soon as it is chosen."""
        return reverse("file_create")

    @property
    def look(self) -> str:
        """Where ids from a draft become names and pictures again."""
        return reverse("file_index")


class WithFiles(forms.Form):
    """Mixed into the form of a composer; after `is_valid`, `attached` is what to keep.

    `uploads` are ids of what was brought in while writing; `files` came with the form, from a
    browser without scripts; `uploads_off` are ids to take away, without scripts too. Files that
    came with a form in trouble are brought in all the same, so that nobody chooses them twice.
    """

    uploads = UploadIds(required=False)
    uploads_off = UploadIds(required=False)

    def __init__(self, *args: Any, person: Person, carried: Iterable[Upload] = (), **more: Any):
        super().__init__(*args, **more)
        several = SeveralFiles({"multiple": True})
        self.fields["files"] = ManyFiles(required=False, widget=several)
        self.person = person
        self.carried = list(carried)
        self.attached: list[Upload] = list(self.carried)

    def clean(self) -> dict[str, Any] | None:
        """Gathers what is attached; what is wrong stands at `files`."""
        data = super().clean() or self.cleaned_data
        ids, off = data.get("uploads") or [], set(data.get("uploads_off") or [])
        self.attached = []
        try:
            wanted = [pk for pk in ids if pk not in off]
            self.attached = attachable(self.person, wanted, self.carried)
        except ValidationError as problem:
            self.attached = _still_there(self.person, ids, self.carried)
            self.add_error("files", problem)
        for file in data.get("files") or []:
            self._bring_in(file)
        return data

    def _bring_in(self, file: Any) -> None:
        try:
            if len(self.attached) >= MOST:
                raise ValidationError(_("Ten photos and files at most. Take some away."))
            upload = bring_in(file, owner=self.person)
            self.attached.append(upload)
            check(self.attached)
        except ValidationError as problem:
            self.add_error("files", problem)

    @property
    def drop(self) -> Drop:
        """For `ui.file_drop(form.drop)`."""
        shown = shown_files(self.attached, self.person)
        return Drop(
            shown, self["files"].auto_id or "files", [str(each) for each in self["files"].errors]
        )


def _still_there(person: Person, ids: Iterable[UUID], kept: Iterable[Upload]) -> list[Upload]:
    """Those of the ids that may be attached, without a word about the others."""
    own = Upload.objects.visible_to(person).in_bulk(list(ids)[: 10 * MOST])
    have = own | {upload.pk: upload for upload in kept}
    return [have[pk] for pk in ids if pk in have][:MOST]
