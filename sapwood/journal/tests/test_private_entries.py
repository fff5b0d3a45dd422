"""A private entry is read by its writer alone: no page, role, export, log, job or trace has it."""

import json
import logging
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from sapwood.core.ids import uuid7
from sapwood.core.policies import export_rows
from sapwood.journal.models import JournalEntry, Reply
from sapwood.ledger.models import Moment
from sapwood.writing.models import Draft

SECRET = "Zebrafinch"


def every_table() -> str:
    """All rows of all tables, sessions and jobs included, as one text."""
    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    sessions = apps.get_model("sessions", "Session").objects.all()
    opened = [json.dumps(session.get_decoded(), default=str) for session in sessions]
    return serializers.serialize("json", rows) + "".join(opened)


def names(patterns, prefix="") -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found += names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append(prefix + pattern.name)
    return found


def addresses(*ids) -> list[str]:
    """Every address of the product, those with an id filled with each of ours."""
    found = set()
    for name in names(get_resolver().url_patterns):
        for args in ((), *[(one,) for one in ids], *[(one, other) for one in ids for other in ids]):
            try:
                found.add(reverse(name, args=args))
            except NoReverseMatch:
                continue
    return sorted(address for address in found if "logout" not in address)


@pytest.mark.parametrize("who", ["bruno", "clara", "dinis", "nadia"])
def test_no_page_shows_it_to_anybody_else(cast, write, client_of, who):
    entry = write(f"{SECRET} at four.", title=f"{SECRET} title")
    Draft.objects.create(
        pk=uuid7(), person=cast.ana, fields={"text": SECRET}, saved_at=cast.ana.now()
    )
    page = client_of(getattr(cast, who))
    page.raise_request_exception = False
    moment = Moment.objects.get()
    tried = addresses(entry.pk, moment.uid, Draft.objects.get().pk, cast.ana.pk)
    assert reverse("journal_entry", args=[entry.pk]) in tried
    for address in tried:
        answer = page.get(address, {"q": SECRET}, headers={"accept-encoding": "identity"})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown = body.decode(errors="replace").replace(f"q={SECRET}", "")
        assert f"{SECRET} at four" not in shown, address
        assert f"{SECRET} title" not in shown, address


@pytest.mark.parametrize("who", ["bruno", "clara", "dinis", "nadia"])
def test_every_address_of_the_entry_is_missing_for_others(cast, write, client_of, who):
    entry = write(SECRET)
    page = client_of(getattr(cast, who))
    for name in ("journal_entry", "journal_edit"):
        assert page.get(reverse(name, args=[entry.pk])).status_code == 404
    for name in ("journal_edit", "journal_delete", "journal_share", "journal_take_back",
                 "journal_reply"):  # fmt: skip
        assert page.post(reverse(name, args=[entry.pk]), {"text": "x"}).status_code == 404
    strange = page.post(reverse("journal_delete", args=[uuid4()]))
    assert strange.status_code == 404
    assert JournalEntry.objects.get().text == SECRET


def test_the_export_of_others_has_none_of_it(cast, write):
    write(SECRET, readers=[cast.bruno])
    assert SECRET in json.dumps(export_rows(cast.ana), default=str)
    for other in (cast.bruno, cast.nadia, cast.clara):
        assert SECRET not in json.dumps(export_rows(other), default=str)


def test_logs_and_jobs_never_have_the_words(cast, client_of, caplog, run_jobs):
    page, pk = client_of(cast.ana), str(uuid7())
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("sapwood").setLevel(logging.DEBUG)
        page.post(reverse("draft_save"), {"id": pk, "slot": "journal", "text": SECRET})
        page.post(reverse("journal_new"), {"id": pk, "base": 1, "text": SECRET})
        page.get(reverse("journal_entries"), {"q": SECRET})
        page.post(reverse("journal_new"), {"id": pk, "base": 0, "text": f"{SECRET} again"})
        page.get(reverse("journal_entry", args=[uuid4()]), {"q": SECRET})
        jobs = apps.get_model("django_tasks_database", "DBTaskResult").objects.all()
        assert jobs.exists()
        assert SECRET not in serializers.serialize("json", jobs)
        run_jobs()
    assert caplog.records
    for record in caplog.records:
        assert SECRET not in str(record.__dict__ | {"msg": record.getMessage(), "request": ""})


def test_deleting_leaves_no_word_anywhere(cast, client_of, run_jobs):
    page, pk = client_of(cast.ana), str(uuid7())
    page.post(reverse("draft_save"), {"id": pk, "slot": "journal", "text": SECRET})
    page.post(
        reverse("journal_new"),
        {"id": pk, "base": 1, "text": SECRET, "visibility": "people", "people": [cast.bruno.pk]},
    )
    entry = JournalEntry.objects.get()
    Reply.objects.create(entry=entry, author=cast.bruno, text=f"{SECRET}, really?")
    page.get(reverse("journal_entry", args=[entry.pk]))
    run_jobs()
    assert SECRET in every_table()
    page.post(reverse("journal_delete", args=[entry.pk]))
    assert SECRET not in every_table()


def test_leaving_takes_everything_along(cast, write):
    entry = write(SECRET, readers=[cast.bruno])
    Reply.objects.create(entry=entry, author=cast.bruno, text="Well seen.")
    cast.bruno.delete()
    assert Reply.objects.get().author is None
    cast.ana.delete()
    assert not Reply.objects.exists()
    assert SECRET not in every_table()
