"""Writing and sharing, as short as the tests need."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sapwood.core.ids import uuid7
from sapwood.journal.keeping import keep
from sapwood.journal.sharing import share

WORDS = "Zebrafinch: the pump sounded wrong at four."


@pytest.fixture
def write(cast):
    """Keeps an entry of Ana's (or someone's), some days ago, shared with `readers`."""

    def write_entry(text=WORDS, *, by=None, title="", days=0, readers=(), **more):
        now = timezone.now() - timedelta(days=days)
        entry = keep(by or cast.ana, uuid7(), text=text, title=title, now=now, **more)
        if readers:
            share(entry, with_people=readers)
            entry.refresh_from_db()
        return entry

    return write_entry
