"""Resource: an article, a file or a link that somebody found worth passing on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sapwood.activities.models import Activity
from sapwood.activities.registry import Kind, Look, Said
from sapwood.kinds.resource.looks import LOOKS, PLAIN
from sapwood.media.markup import plain, shown
from sapwood.people.models import Person


class ResourceKind(Kind):
    """To read, watch or hear. Way and ring say what sort; a course is one sort among many."""

    slug = "resource"
    name = _("Resource")
    plural = _("To read, watch, hear")
    icon = "file-text"
    shape = "text"
    way = "job_aid"
    offer = _("Write or pass on something")
    offer_hint = _("An article of your own, a file, or a link with a word on why it is worth it.")
    scripts = ("editor.js",)

    def form_class(self) -> Any:
        """Text, link and files on one page; any one of them is enough."""
        from sapwood.kinds.resource.forms import ResourceForm

        return ResourceForm

    def said(self, activity: Activity) -> Said:
        """The host of the link, else the types of the files; article, card and file names."""
        details = self._details(activity)
        if details is None:
            return Said()
        names = [attachment.upload.name for attachment in details.files()]
        words = [plain(details.body), details.link_title, details.link_text, *names]
        facts = details.host or ", ".join(dict.fromkeys(details.file_types()))
        return Said(facts, " ".join(words))

    def look(self, activity: Activity) -> Look:
        """By its way: something to read, to watch, or a course like any other."""
        shape, tag, icon = LOOKS.get(activity.way, PLAIN)
        return Look(shape, str(tag), icon)

    def panel(self, activity: Activity, person: Person) -> dict[str, Any]:
        """The article with its pictures, the card of the link, the files."""
        details = self._details(activity)
        body = shown(details.body, person) if details and details.body else ""
        return {
            "details": details,
            "body": body,
            "card": details.card(person) if details else None,
            "files": details.downloads(person) if details else [],
        }

    def clone(self, source: Activity, copy: Activity) -> None:
        """Text, link and files; the uploads themselves are shared."""
        details = self._details(source)
        if details:
            details.copy_to(copy)

    def saved(self, activity: Activity) -> None:
        """A new link is read by a job, after this transaction."""
        from sapwood.kinds.resource.tasks import read_link

        details = self._details(activity)
        if details and details.is_waiting:
            read_link.enqueue(str(activity.pk))

    def _details(self, activity: Activity) -> Any:
        from sapwood.kinds.resource.models import Resource

        found = Resource.objects.filter(activity=activity)
        return found.select_related("link_picture").prefetch_related("attachments__upload").first()
