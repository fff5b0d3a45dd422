"""Saving: in batches, once each, without touching anyone who is not meant."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from sapwood.people.importing import apply as applying
from sapwood.people.importing.apply import apply_batch, apply_run, start
from sapwood.people.importing.result import failed_rows
from sapwood.people.models import AuditEvent, ImportRow, ImportRun, Person, RunState, Unit
from sapwood.people.tests.hr_file import csv_bytes
from sapwood.people.tests.test_importing_plan import planned


def begin(run, **choices):
    ticks = {"add_new": True, "change_known": True, "close_missing": False} | choices
    return start(run, by=None, now=timezone.now(), **ticks)


def save(run, **choices):
    begin(run, **choices)
    apply_run(run.pk)
    run.refresh_from_db()


def test_people_units_and_managers_are_there_afterwards(cast):
    run = planned(
        "a@x.example,Ána,1,Ardal Water / Works,b@x.example,Diver",
        "b@x.example,Bea,2,Network,nadia@ardal.example,",
        "ana@ardal.example,Ana Sá,9,Finance,b@x.example,Chief",
    )  # fmt: skip
    save(run)
    a, b, ana = (
        Person.objects.get(email=e) for e in ("a@x.example", "b@x.example", "ana@ardal.example")
    )
    assert (a.manager, b.manager, ana.manager) == (b, cast.nadia, b)
    assert a.unit == Unit.objects.get(name="Works")
    assert (ana.unit, ana.job_title, ana.staff_number) == (cast.finance, "Chief", "9")
    assert not a.has_usable_password()
    assert Person.objects.matching("ana diver").get() == a
    assert run.state == RunState.DONE
    assert AuditEvent.is_unbroken()
    assert AuditEvent.objects.get(subject=ana).detail["fields"] == [
        "job_title", "manager", "staff_number", "unit",
    ]  # fmt: skip


def test_nobody_is_closed_unless_ticked(cast):
    save(planned("ana@ardal.example,Ana Sá,,,,"))
    assert Person.objects.active().count() == 5
    save(planned("ana@ardal.example,Ana Sá,,,,"), close_missing=True)
    names = set(Person.objects.active().values_list("email", flat=True))
    assert names == {"ana@ardal.example", "nadia@ardal.example"}


def test_only_what_is_ticked_is_done(cast):
    save(planned("new@x.example,New,,,,", "dinis@ardal.example,Dinis II,,,,"), add_new=False)
    assert not Person.objects.filter(email="new@x.example").exists()
    assert Person.objects.get(pk=cast.dinis.pk).name == "Dinis II"


def test_an_address_that_an_import_changes_is_told(
    cast, mailoutbox, django_capture_on_commit_callbacks
):
    Person.objects.filter(pk=cast.ana.pk).update(staff_number="7")
    with django_capture_on_commit_callbacks(execute=True):
        save(planned("sa@ardal.example,Ana Sá,7,,,"))
    assert Person.objects.get(pk=cast.ana.pk).email == "sa@ardal.example"
    assert [letter.to for letter in mailoutbox] == [["ana@ardal.example"]]


def test_someone_closed_and_opened_again_has_to_sign_in_again(cast, client):
    cast.dinis.set_password("ferry lantern gravel")
    cast.dinis.save()
    cast.dinis.emailaddress_set.create(email=cast.dinis.email, verified=True, primary=True)
    client.post("/account/login/", {"login": cast.dinis.email, "password": "ferry lantern gravel"})
    assert client.get("/").status_code == 200
    save(planned("ana@ardal.example,Ana Sá,,,,"), close_missing=True)
    assert client.get("/").status_code == 302
    Person.objects.filter(pk=cast.dinis.pk).update(is_active=True)
    assert client.get("/").status_code == 302


def test_a_worker_that_dies_leaves_nothing_half_done(cast, monkeypatch):
    monkeypatch.setattr(applying, "BATCH", 3)
    run = planned(*[f"p{n}@x.example,P{n},{n},,{max(0, n - 1) or ''}," for n in range(1, 11)])
    begin(run)
    assert apply_batch(run.pk)
    with transaction.atomic():
        apply_batch(run.pk)
        transaction.set_rollback(True)
    assert Person.objects.filter(email__endswith="@x.example").count() == 3
    apply_run(run.pk)
    apply_run(run.pk)
    run.refresh_from_db()
    assert Person.objects.filter(email__endswith="@x.example").count() == 10
    assert (run.done, run.total, run.state) == (10, 10, RunState.DONE)
    assert AuditEvent.objects.filter(action="person_added").count() == 10


def test_a_hold_stops_after_the_batch_and_goes_on(cast, monkeypatch):
    monkeypatch.setattr(applying, "BATCH", 2)
    run = planned(*[f"p{n}@x.example,P{n},,,," for n in range(5)])
    begin(run)
    apply_batch(run.pk)
    ImportRun.objects.update(state=RunState.HELD)
    assert not apply_batch(run.pk)
    assert begin(run)
    apply_run(run.pk)
    assert Person.objects.filter(email__endswith="@x.example").count() == 5


def test_pressing_apply_twice_begins_once(cast):
    run = planned("p@x.example,P,,,,")
    assert begin(run)
    assert not begin(run)


def test_two_administrators_with_the_same_file(cast):
    rows = ("p@x.example,P,1,,,", "dinis@ardal.example,Dinis,,Network,,")
    first, second = planned(*rows), planned(*rows)
    save(first)
    save(second)
    failed = ImportRow.objects.failed_in(second)
    assert [p[1] for row in failed for p in row.problems] == [
        "taken_meanwhile",
        "changed_meanwhile",
    ]
    assert Person.objects.filter(email="p@x.example").count() == 1


def test_a_circle_made_meanwhile_is_refused(cast):
    run = planned("bruno@ardal.example,Bruno Sá,,Network,dinis@ardal.example,")
    Person.objects.filter(pk=cast.dinis.pk).update(manager=cast.bruno)
    save(run)
    assert Person.objects.get(pk=cast.bruno.pk).manager is None
    assert ImportRow.objects.failed_in(run).get().problems[-1][1] == "circle_meanwhile"


def test_one_row_the_database_refuses_does_not_stop_its_batch(cast):
    run = planned("p@x.example,P,1,,,", "q@x.example,Q,2,,,")
    ImportRow.objects.filter(email="p@x.example").update(
        changes={"name": ["", "P"], "email": ["", "dinis@ardal.example"]}
    )
    save(run)
    assert Person.objects.filter(email="q@x.example").exists()
    assert ImportRow.objects.failed_in(run).get().problems[-1][1] == "not_stored"


def test_failed_rows_come_back_as_a_file_that_is_safe_and_can_be_imported(cast):
    run = planned("a@x.example,=HYPERLINK(1),,,,", "b@x.example,Bea,,,@nobody,+1")
    text = "".join(failed_rows(run))
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0][:2] == ["email", "name"]
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[2][4:6] == ["'@nobody", "'+1"]
    assert rows[2][7].startswith("Manager:")


def test_failed_rows_speak_the_language_of_who_asked(cast):
    run = planned("a@x.example,=HYPERLINK(1),,,,")
    with translation.override("pt"):
        lines = failed_rows(run)
    with translation.override("en"):
        text = "".join(lines)
    assert ",Linha,Motivo" in text
    assert "A célula começa como uma fórmula." in text


def test_a_real_shaped_file_of_two_thousand(cast, tmp_path):
    path = tmp_path / "pessoas.csv"
    path.write_bytes(csv_bytes(2000))
    call_command("import_people", str(path), "--apply", stdout=(out := io.StringIO()))
    saved = Person.objects.filter(email__endswith="@sado.example").count()
    assert f"{saved} saved." in out.getvalue()
    assert 1900 < saved < 1970
    errors = ImportRow.objects.filter(state="error").count()
    assert saved + errors == 2000
    call_command("import_people", str(path), stdout=(again := io.StringIO()))
    assert f"{saved} same" in again.getvalue()


def test_the_command_says_what_would_happen_and_takes_a_map(cast, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Contacto;Quem\na@x.example;Ana\nb;Rui\n")
    with pytest.raises(CommandError, match="--map"):
        call_command("import_people", str(path))
    out, failed = io.StringIO(), tmp_path / "failed.csv"
    call_command(
        "import_people", str(path), "--map", "email=Contacto", "--map", "name=quem",
        "--failed", str(failed), stdout=out,
    )  # fmt: skip
    assert "1 new" in out.getvalue()
    assert "Row 3: E-mail:" in out.getvalue()
    assert "Nothing was saved" in out.getvalue()
    assert "b;Rui;3;" in failed.read_text()
    with pytest.raises(CommandError):
        call_command("import_people", str(tmp_path / "no.csv"))


def test_the_whole_way_in_the_browser(cast, client_of, run_jobs):
    nadia = client_of(cast.nadia)
    file = io.BytesIO(
        "E-mail;Nome;Chefia\na@x.example;Ána;nadia@ardal.example\nx;Y;\n".encode("latin-1")
    )
    file.name = "pessoas.csv"
    address = nadia.post(reverse("people_import"), {"file": file}).headers["Location"]
    run_jobs()
    page = nadia.get(address).content.decode()
    assert "1 row is ready." in page
    assert "Ána" in page
    assert "is not an e-mail address" in page
    run = ImportRun.objects.get()
    moved = nadia.get(address, {"waiting": 1})
    assert moved.headers["HX-Redirect"] == address
    wrong = nadia.post(reverse("import_columns", args=[run.pk]), {"email": "0", "name": "0"})
    assert wrong.status_code == 422
    nadia.post(
        reverse("import_columns", args=[run.pk]), {"email": "0", "name": "1", "manager": "2"}
    )
    run_jobs()
    nadia.post(reverse("import_apply", args=[run.pk]), {"add_new": "1"})
    run_jobs()
    assert "1 person is saved" in nadia.get(address).content.decode()
    assert Person.objects.get(email="a@x.example").manager == cast.nadia
    event = AuditEvent.objects.get(subject__email="a@x.example")
    assert event.actor == cast.nadia
    assert (
        b"rows-to-correct"
        in str(nadia.get(reverse("import_failed", args=[run.pk])).headers).encode()
    )
    nadia.post(reverse("import_delete", args=[run.pk]))
    assert not ImportRow.objects.exists()


def test_a_file_without_people_gets_its_sentence_in_the_page(cast, client_of):
    file = io.BytesIO(b"email,name\n")
    file.name = "x.csv"
    response = client_of(cast.nadia).post(reverse("people_import"), {"file": file})
    assert response.status_code == 422
    assert "The file has a header and no rows." in response.content.decode()
    assert not ImportRun.objects.exists()
