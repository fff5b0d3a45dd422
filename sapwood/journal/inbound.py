"""Answers by e-mail become journal entries, private and with their moment, as if written here."""

from django.urls import reverse

from sapwood.journal.keeping import keep
from sapwood.journal.models import JournalEntry
from sapwood.journal.models.entry import LONGEST
from sapwood.journal.prompts import PROMPTS
from sapwood.journal.slots import JOURNAL
from sapwood.notify.inbound.registry import Answer, answers

PURPOSE = "journal"


def _page(_about: str) -> str:
    """Where the box stands."""
    return reverse("journal_new")


@answers(PURPOSE, longest=LONGEST, slot=JOURNAL, page=_page)
def into_journal(answer: Answer) -> None:
    """Keeps the words under the question they answer."""
    if JournalEntry.objects.filter(pk=answer.key).exists():
        return  # kept before, and perhaps changed since
    keep(
        answer.person,
        answer.key,
        text=answer.text,
        now=answer.now.astimezone(answer.person.now().tzinfo),
        prompt=PROMPTS.get(answer.about),
    )
