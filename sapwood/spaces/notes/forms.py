"""What the pages of a note take: its words and files, and what was chosen in a clash."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.conversations.words import clean as without_controls
from sapwood.core.formats import number
from sapwood.core.seen import LineField
from sapwood.media.bringing_in import bring_in
from sapwood.media.fields import ManyFiles, SeveralFiles
from sapwood.media.markup import shown, stored, typed
from sapwood.media.models import Upload
from sapwood.people.models import Person
from sapwood.spaces.models import Note, NoteFile, Ritual, Space
from sapwood.spaces.models.note import LONGEST_SUMMARY, LONGEST_TITLE
from sapwood.spaces.notes.blocks import DEEPEST, cut, depth
from sapwood.spaces.notes.merging import Blocks, Clash
from sapwood.spaces.notes.saving import Clashing, Words
from sapwood.writing.forms import ComposerForm

LONGEST = 200_000  # characters of a note as it is stored, marks included
LONGEST_SENT = 2 * LONGEST  # the editor adds the addresses of pictures
MOST_FILES = 10
KEPT = {"data-draft": "on"}  # hidden, and part of the draft all the same


def checked(text: str, *, writer: Person, before: str = "") -> str:
    """Rich text as it is stored. Raises ValidationError with what to do; nothing is ever cut."""
    if len(text) > LONGEST_SENT:
        raise _too_long(len(text))
    html = without_controls(stored(typed(text), writer=writer, before=before))
    if len(html) > LONGEST:
        raise _too_long(len(html))
    if depth(html) > DEEPEST:
        raise ValidationError(
            _("Lists stand in lists more than %(n)s times here. Take some of them apart.")
            % {"n": DEEPEST}
        )
    return html


def _too_long(length: int) -> ValidationError:
    said = _(
        "This note is %(n)s characters long; %(most)s fit. Your words are all here: move a part of"
        " them to a second note."
    )
    return ValidationError(said % {"n": number(length), "most": number(LONGEST)})


class NoteForm(ComposerForm):
    """Title, text, what changed in a few words, and files. `since` is the version it began with."""

    title = LineField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("What you know"), required=False, strip=False,
        widget=forms.Textarea({"rows": 16, "dir": "auto"}),
    )  # fmt: skip
    summary = LineField(
        label=gettext_lazy("What changed, in a few words"), max_length=LONGEST_SUMMARY,
        required=False, help_text=gettext_lazy("For the list of versions."),
    )  # fmt: skip
    since = forms.IntegerField(
        widget=forms.HiddenInput(KEPT), required=False, min_value=0, max_value=2**31 - 1, initial=0
    )
    ritual = forms.ModelChoiceField(
        Ritual.objects.none(), widget=forms.HiddenInput(KEPT), required=False
    )
    held_on = forms.DateField(widget=forms.HiddenInput(KEPT), required=False)
    files_added = ManyFiles(
        label=gettext_lazy("Files"), required=False, widget=SeveralFiles({"multiple": True}),
        help_text=gettext_lazy("PDF, office documents, text or pictures, up to 20 MB each."),
    )  # fmt: skip
    files_removed = forms.ModelMultipleChoiceField(
        NoteFile.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Take away"),
    )  # fmt: skip

    def about(self, person: Person, space: Space, note: Note | None = None) -> Self:
        """Says whose words these are, and where they go."""
        self.person, self.note = person, note
        self.fields["ritual"].queryset = Ritual.objects.filter(space=space)  # type: ignore[attr-defined]
        files = NoteFile.objects.filter(note=note) if note else NoteFile.objects.none()
        self.fields["files_removed"].queryset = files.select_related("upload")  # type: ignore[attr-defined]
        return self

    def clean_text(self) -> str:
        """Rich text after the allow-list, with pictures of one's own and those already there."""
        return checked(self.cleaned_data["text"], writer=self.person, before=self._before())

    def _before(self) -> str:
        if self.note is None:
            return ""
        since = self.cleaned_data.get("since") or 0
        began = self.note.versions.filter(number=since).values_list("html", flat=True)
        return "".join([self.note.html, *began])

    def clean_files_added(self) -> list[Upload]:
        """Each file brought in; what is not used in the end is swept away later."""
        given = self.cleaned_data["files_added"]
        if len(given) > MOST_FILES:
            raise ValidationError(_("Ten files at a time, please."))
        return [bring_in(file, owner=self.person) for file in given]

    def words(self) -> Words:
        """What the note is to say."""
        answers = self.cleaned_data
        return Words(answers["title"], answers["text"], answers["summary"])

    def keep_files(self, note: Note) -> None:
        """Attaches and takes away."""
        for gone in self.cleaned_data["files_removed"]:
            gone.delete()
        start = note.note_files.count()
        for place, upload in enumerate(self.cleaned_data["files_added"], start):
            upload.attach()
            NoteFile.objects.create(note=note, upload=upload, position=place)


PICKS = (
    ("mine", gettext_lazy("Yours")),
    ("theirs", gettext_lazy("Theirs")),
    ("both", gettext_lazy("Both, as I write it")),
)


class SettlingForm(forms.Form):
    """For each clash: yours, theirs, or a text that holds both; and the same for the title."""

    key = forms.UUIDField(widget=forms.HiddenInput)  # of the draft that the words came from

    def __init__(self, *args: Any, clashing: Clashing, person: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.clashing, self.person = clashing, person
        self.clashes: Sequence[Clash] = clashing.merging.clashes
        for place, clash in enumerate(self.clashes):
            area = forms.Textarea({"rows": 4, "dir": "auto"})
            text = str(shown(clash.both, person)) if "data-upload" in clash.both else clash.both
            both = forms.CharField(required=False, strip=False, widget=area, initial=text)
            self._add(str(place), both)
        if clashing.title is None:
            mine = clashing.mine.title
            title = LineField(max_length=LONGEST_TITLE, required=False, initial=mine)
            self._add("title", title)

    def _add(self, name: str, both: forms.Field) -> None:
        both.label = _("Both, as I write it")
        self.fields[f"pick_{name}"] = forms.ChoiceField(choices=PICKS, initial="both")
        self.fields[f"both_{name}"] = both

    def clean(self) -> dict[str, Any]:
        """Texts of both pass the allow-list; a title needs words."""
        answers = super().clean() or {}
        before = "".join(
            each.html for each in (self.clashing.base, self.clashing.mine, self.clashing.theirs)
        )
        for place, _clash in enumerate(self.clashes):
            try:
                text = answers.get(f"both_{place}") or ""
                answers[f"both_{place}"] = checked(text, writer=self.person, before=before)
            except ValidationError as problem:
                self.add_error(f"both_{place}", problem)
        if answers.get("pick_title") == "both" and not answers.get("both_title"):
            self.add_error("both_title", _("Give the note a title."))
        return answers

    def words(self) -> Words:
        """The whole note, as it was chosen."""
        return self.clashing.settled(self._title(), self._choose)

    def _title(self) -> str:
        pick = self.cleaned_data.get("pick_title", "theirs")
        if pick == "both":
            return str(self.cleaned_data["both_title"])
        side = self.clashing.mine if pick == "mine" else self.clashing.theirs
        return side.title

    def _choose(self, place: int, clash: Clash) -> Blocks:
        pick = self.cleaned_data[f"pick_{place}"]
        if pick == "both":
            return cut(self.cleaned_data[f"both_{place}"])
        return clash.mine if pick == "mine" else clash.theirs
