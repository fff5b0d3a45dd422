"""The question of an e-mail, answered by replying, becomes a private entry with its moment."""

from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from django.core import mail

from sapwood.journal.models import JournalEntry
from sapwood.ledger.models import Moment
from sapwood.notify.inbound.reading import read
from sapwood.notify.inbound.taking import take
from sapwood.notify.letters.building import build
from sapwood.notify.letters.composing import compose, text_of
from sapwood.notify.models import Letter, Notice
from sapwood.notify.tests.letters_in import letter as letter_from
from sapwood.writing.models import Draft

NOW = datetime(2025, 10, 9, 23, 30, tzinfo=UTC)  # already Friday in Lisbon


@pytest.fixture
def sent(cast, settings, monkeypatch):
    """The message that Ana got, and its question."""
    settings.REPLY_ADDRESS = "reply@learn.ardal.example"
    from sapwood.notify.letters import building

    notice = Notice.objects.create(
        person=cast.ana, kind="mention", about_type="thread", about_id=cast.ana.pk,
        thread_key="t", key="k", title="Pump 4", link="/",
    )  # fmt: skip
    monkeypatch.setattr(building, "still_seen", lambda person, notices: list(notices))
    row = Letter(person=cast.ana, kind="digest", rhythm="daily", parts=[[str(notice.pk), 1]])
    content = build(row, cast.ana, NOW)
    return compose(content, row, cast.ana, NOW), content


def answer(sent, words, sender="ana@ardal.example"):
    [to] = message_from_bytes(sent[0].message().as_bytes())["Reply-To"].split(",")
    quoted = "\n".join(f"> {line}" for line in text_of(sent[1]).splitlines())
    text = f"{words}\n\nOn 9/10/2025 at 07:30, Sapwood <{to}> wrote:\n{quoted}\n"
    raw = letter_from(to, text, sender=sender)
    return take(read(raw, envelope_from=sender), [to], now=NOW)


def test_the_question_stands_in_the_letter_and_the_answer_in_the_journal(cast, sent):
    message, content = sent
    [part] = content.parts
    assert part.text in message.body
    assert "Only you will be able to read it." in message.body
    assert [answer(sent, "Calling before digging.") for _time in range(2)] == ["taken", "seen"]
    entry = JournalEntry.objects.get()
    assert (entry.person, entry.text, entry.prompt) == (
        cast.ana, "Calling before digging.", part.text,
    )  # fmt: skip
    assert entry.visibility == "private"
    assert entry.written_on.isoformat() == "2025-10-10"
    moment = Moment.objects.get()
    assert (moment.person, moment.way, moment.reflected) == (
        cast.ana, "journal_reflection", True,
    )  # fmt: skip
    assert not JournalEntry.objects.visible_to(cast.bruno).exists()


def test_nobody_else_writes_in_it(sent):
    assert answer(sent, "Not mine", sender="bruno@ardal.example") == "returned"
    assert not JournalEntry.objects.exists()


def test_too_long_an_answer_waits_on_the_page_of_the_journal(cast, sent):
    words = "What I noticed. " * 6_500
    assert answer(sent, words) == "returned"
    draft = Draft.objects.get()
    assert (draft.person, draft.slot) == (cast.ana, "journal")
    assert "100,000" in mail.outbox[0].body or "103999" in mail.outbox[0].body
    assert "/journal/new/" in mail.outbox[0].body


def test_without_a_reply_address_the_letter_leads_to_the_page(cast, sent, settings):
    settings.REPLY_ADDRESS = ""
    row = Letter(
        person=cast.ana, kind="digest", rhythm="daily",
        parts=[[str(Notice.objects.get().pk), 1]],
    )  # fmt: skip
    content = build(row, cast.ana, NOW)
    assert content.answers is None
    assert "Reply to this e-mail" not in text_of(content)
    assert "/journal/" in text_of(content)
