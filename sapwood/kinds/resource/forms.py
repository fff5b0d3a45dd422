"""The form of a resource: text, link and files; one of them is enough."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sapwood.activities.forms import ActivityForm
from sapwood.activities.models import Activity
from sapwood.kinds.resource.looks import LOOKS, guess_way
from sapwood.kinds.resource.models import Attachment, Resource
from sapwood.ledger.ways import WAYS
from sapwood.media.bringing_in import bring_in
from sapwood.media.fields import ManyFiles, SeveralFiles
from sapwood.media.markup import plain, shown, stored, typed
from sapwood.media.models import Upload

MOST_FILES = 10
WORDS_A_MINUTE = 200
WEB_ONLY = gettext_lazy("Give an address that begins with https://.")


class ResourceForm(ActivityForm):
    """Adds the article, the link with its card, and the files."""

    ways = tuple(LOOKS)
    body = forms.CharField(
        label=gettext_lazy("The article"), max_length=200_000, required=False,
        widget=forms.Textarea({"rows": 12}),
    )  # fmt: skip
    link = forms.URLField(
        label=gettext_lazy("A link"), max_length=1000, required=False, assume_scheme="https",
        help_text=gettext_lazy("We read its title and a sentence for the card."),
        error_messages={"invalid": WEB_ONLY},
    )  # fmt: skip
    link_title = forms.CharField(
        label=gettext_lazy("Title on the card"), max_length=300, required=False
    )
    link_text = forms.CharField(
        label=gettext_lazy("Words on the card"), max_length=600, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    files_added = ManyFiles(
        label=gettext_lazy("Files"), required=False, widget=SeveralFiles({"multiple": True}),
        help_text=gettext_lazy("PDF, office documents, text or pictures, up to 20 MB each."),
    )  # fmt: skip
    files_removed = forms.ModelMultipleChoiceField(
        Attachment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Take away"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files_removed"].queryset = Attachment.objects.filter(  # type: ignore[attr-defined]
            resource=self.instance.pk
        ).select_related("upload")
        self.fields["way"] = forms.ChoiceField(
            label=_("What sort of thing is it?"),
            choices=[("", _("Work it out from what I give"))]
            + [(way, WAYS[way].name) for way in self.ways],
            required=False,
        )
        if self.instance._state.adding:
            self.initial["way"] = ""

    def start(self, activity: Activity) -> dict[str, Any]:
        """The details that exist, with pictures that the editor can show."""
        found = Resource.objects.filter(activity=activity.pk).first()
        self.details = found or Resource(activity=activity)
        return {
            **super().start(activity),
            "body": str(shown(self.details.body, self.person)),
            "link": self.details.link,
            "link_title": self.details.link_title,
            "link_text": self.details.link_text,
        }

    def contents(self) -> dict[str, Any]:
        """The article as it is stored, not with the addresses that the editor is shown."""
        return {**super().contents(), "body": self.details.body}

    def in_words(self, name: str, value: Any) -> str:
        """The article without its marks."""
        return plain(value or "") if name == "body" else super().in_words(name, value)

    def clean_body(self) -> str:
        """Rich text after the allow-list, with pictures of one's own."""
        body = typed(self.cleaned_data["body"])
        return stored(body, writer=self.person, before=self.details.body)

    def clean_link(self) -> str:
        """Only addresses of the web; "javascript:…" is not the name of a place."""
        scheme, colon, rest = str(self.data.get("link", "")).strip().partition(":")
        is_web = scheme.lower() in {"http", "https"} and rest.startswith("//")
        if colon and not is_web and "." not in scheme:
            raise ValidationError(WEB_ONLY)
        return str(self.cleaned_data["link"])

    def clean_files_added(self) -> list[Upload]:
        """Each file brought in; what is not used in the end is swept away later."""
        given = self.cleaned_data["files_added"]
        if len(given) > MOST_FILES:
            raise ValidationError(_("Ten files at a time, please."))
        return [bring_in(file, owner=self.person) for file in given]

    def clean(self) -> dict[str, Any]:
        """There is something to read, to open or to download."""
        data = super().clean()
        kept = self.details.pk and not self.details._state.adding and self.details.files()
        if not self.errors and not (
            data.get("body") or data.get("link") or data.get("files_added") or kept
        ):
            self.add_error("body", _("Write something, or give a link or a file."))
        return data

    def before_save(self, activity: Activity) -> None:
        """Way and minutes follow from what was given, unless the author says them."""
        data = self.cleaned_data
        self._point(data)
        activity.way = data.get("way") or guess_way(self.details.host)
        words = len(plain(data["body"]).split())
        if not data.get("minutes") and words > WORDS_A_MINUTE // 2 and not data.get("link"):
            activity.minutes = max(1, round(words / WORDS_A_MINUTE))

    def _point(self, data: dict[str, Any]) -> None:
        """Keeps the author's words for the card; words of an older link go with it."""
        moved = bool(self.details.link) and data["link"] != self.details.link
        self.details.point_to(data["link"])
        for name in ("link_title", "link_text"):
            old = moved and name not in self.changed_data
            setattr(self.details, name, "" if old else data[name])

    def save_details(self, activity: Activity) -> None:
        """The article, the link, what was attached and what was taken away."""
        self.details.activity = activity
        self.details.body = self.cleaned_data["body"]
        self.details.save()
        for gone in self.cleaned_data["files_removed"]:
            gone.delete()
        start = len(self.details.files())
        for place, upload in enumerate(self.cleaned_data["files_added"], start):
            upload.attach()
            Attachment.objects.create(resource=self.details, upload=upload, position=place)
