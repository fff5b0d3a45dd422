"""What an import leaves alone, refuses and tells: closed accounts, lost units, short rows."""

import io

import pytest
from django.urls import reverse

from sapwood.people.desk.export import people_lines
from sapwood.people.erasure import erase_person
from sapwood.people.importing import apply as applying
from sapwood.people.importing import plan as planning
from sapwood.people.importing.limits import Unreadable
from sapwood.people.importing.reading import read_file
from sapwood.people.importing.result import failed_rows
from sapwood.people.models import AuditEvent, ImportRun, Person, RunState, Unit
from sapwood.people.tests.test_importing_apply import begin, save
from sapwood.people.tests.test_importing_plan import codes, planned, states

ACTIVE = "email,name,staff number,unit,manager,job title,active"


def plain(page):
    return " ".join(page.split())


def page_of(client, run, name="import_show"):
    return plain(client.get(reverse(name, args=[run.pk])).content.decode())


def close(person):
    Person.objects.filter(pk=person.pk).update(is_active=False)


# Closed and erased accounts -----------------------------------------------------------------------


def test_what_was_exported_changes_nothing_when_it_comes_back(cast):
    Person.objects.filter(pk=cast.clara.pk).update(manager=cast.bruno)
    close(cast.bruno)
    erase_person(cast.dinis)
    text = "".join(people_lines())
    assert "erased.invalid" not in text
    run = read_file(io.BytesIO(text.encode()), name="people.csv", by=None)
    planning.plan_run(run)
    assert states(run) == ["same"] * 4
    assert codes(run) == [[]] * 4
    before = list(Person.objects.values().order_by("pk"))
    save(run)
    assert list(Person.objects.values().order_by("pk")) == before


def test_no_file_reopens_an_account_in_silence(cast, client_of):
    close(cast.dinis)
    run = planned("dinis@ardal.example,Dinis Sá,,,,Clerk")
    assert codes(run) == [["stays_closed"]]
    assert "write yes in a column" in page_of(client_of(cast.nadia), run)
    save(run)
    dinis = Person.objects.get(pk=cast.dinis.pk)
    assert (dinis.is_active, dinis.job_title) == (False, "Clerk")


@pytest.mark.parametrize(("word", "is_open"), [("yes", True), ("Sim", True), ("não", False)])
def test_the_column_active_says_who_is_opened(word, is_open, cast, client_of):
    close(cast.dinis)
    run = planned(f"dinis@ardal.example,Dinis Sá,,Finance,,,{word}", header=ACTIVE)
    shown = "Account: <del>closed</del> <ins>open</ins>"
    assert (shown in page_of(client_of(cast.nadia), run)) is is_open
    save(run)
    assert Person.objects.get(pk=cast.dinis.pk).is_active is is_open
    opened = AuditEvent.objects.filter(subject=cast.dinis, action="person_opened")
    assert opened.exists() is is_open


def test_the_column_active_closes_nobody(cast):
    run = planned(
        "dinis@ardal.example,Dinis Sá,,Finance,,,no",
        "eva@ardal.example,Eva Reis,,,,,no",
        "rui@ardal.example,Rui Reis,,,,,perhaps",
        header=ACTIVE,
    )
    assert codes(run) == [["stays_open"], [], ["active_unknown"]]
    save(run)
    assert Person.objects.get(pk=cast.dinis.pk).is_active
    assert not Person.objects.get(email="eva@ardal.example").is_active


def test_an_erased_person_never_comes_back(cast):
    erase_person(cast.dinis)
    address = Person.objects.get(pk=cast.dinis.pk).email
    run = planned(f"{address},Dinis Sá,,,,,yes", header=ACTIVE)
    assert (states(run), codes(run)) == (["error"], [["email_erased"]])


# Units and faults ---------------------------------------------------------------------------------


def test_a_unit_deleted_after_the_dry_run_costs_its_rows_only(cast):
    hall = Unit.objects.create(name="Hall")
    run = planned("eva@x.example,Eva,,Hall,,", "rui@x.example,Rui,,Hall / New,,",
                  "ana@ardal.example,Ana Sá,,Finance,,")  # fmt: skip
    hall.delete()
    save(run)
    assert run.state == RunState.DONE
    assert codes(run) == [["unit_gone"], ["unit_gone"], []]
    assert Person.objects.get(pk=cast.ana.pk).unit == cast.finance
    assert not Unit.objects.filter(name="New").exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_when_transactions_are_real(cast, run_jobs, client_of):
    hall = Unit.objects.create(name="Hall")
    run = planned("eva@x.example,Eva,,Hall,,", "rui@x.example,Rui,,,,")
    hall.delete()
    client_of(cast.nadia).post(reverse("import_apply", args=[run.pk]), {"add_new": "1"})
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done) == (RunState.DONE, 2)
    assert Person.objects.filter(email="rui@x.example").exists()


def test_a_fault_while_saving_holds_the_run_and_says_so(cast, client_of, monkeypatch):
    run = planned("eva@x.example,Eva,,,,")

    def fail(*_args):
        raise RuntimeError

    begin(run)
    with monkeypatch.context() as patched:
        patched.setattr(applying, "make_units", fail)
        with pytest.raises(RuntimeError):
            applying.apply_run(run.pk)
    page = page_of(client_of(cast.nadia), run)
    assert "Saving stopped because of a fault here" in page
    assert "Go on" in page
    run.refresh_from_db()
    assert run.state == RunState.HELD
    save(run)
    assert (run.state, run.trouble) == (RunState.DONE, "")


def test_a_fault_while_comparing_has_a_way_out(cast, client_of, monkeypatch):
    run = planned("eva@x.example,Eva,,,,")
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.PLANNING)
    assert "Leave it and forget the file" in page_of(client_of(cast.nadia), run)

    def fail(*_args):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(planning, "match_people", fail)
        with pytest.raises(RuntimeError):
            planning.plan_waiting(run.pk)
    answer = client_of(cast.nadia).get(reverse("import_show", args=[run.pk]))
    assert answer["Location"] == reverse("import_columns", args=[run.pk])
    assert "Comparing stopped because of a fault here" in page_of(
        client_of(cast.nadia), run, "import_columns"
    )
    planning.plan_run(ImportRun.objects.get(pk=run.pk))
    assert ImportRun.objects.get(pk=run.pk).trouble == ""


# Short rows and managers who are not there yet ----------------------------------------------------


def test_a_row_with_too_few_cells_is_refused_and_stays_refused(cast):
    run = planned("ana@ardal.example,Ana Sá,,Network", "dinis@ardal.example,Dinis Sá,,Finance,,")
    assert codes(run) == [["too_few_cells"], []]
    [row] = run.rows.filter(state="error")
    assert row.number == 2
    save(run)
    assert Person.objects.get(pk=cast.ana.pk).manager == cast.bruno
    text = "".join(failed_rows(run))
    assert "The row has 4 cells and the header 6." in text
    again = read_file(io.BytesIO(text.encode()), name="again.csv", by=None)
    planning.plan_run(again)
    assert codes(again) == [["too_few_cells"]]


def test_cells_under_no_header_may_be_missing(cast):
    run = planned("dinis@ardal.example,Dinis Sá", header="email,name,,")
    assert states(run) == ["same"]


def test_rows_that_wait_for_their_manager_are_in_the_failed_file(cast):
    run = planned("ana@ardal.example,Ana Sá,,Network,boss@x.example,Diver",
                  "eva@x.example,Eva,,,boss@x.example,", "boss@x.example,,,,,")  # fmt: skip
    save(run)
    ana = Person.objects.get(pk=cast.ana.pk)
    assert (ana.manager, ana.job_title) == (cast.bruno, "Diver")
    text = "".join(failed_rows(run))
    assert all(each in text for each in ("ana@ardal.example", "eva@x.example", "boss@x.example,,"))
    mended = text.replace("boss@x.example,,", "boss@x.example,Bo,")
    again = read_file(io.BytesIO(mended.encode()), name="again.csv", by=None)
    planning.plan_run(again)
    save(again)
    boss = Person.objects.get(email="boss@x.example")
    assert set(boss.reports.values_list("name", flat=True)) == {"Ana Sá", "Eva"}


def test_a_manager_who_left_is_not_taken_away(cast):
    close(cast.dinis)
    run = planned("ana@ardal.example,Ana Sá,,Network,dinis@ardal.example,")
    assert codes(run) == [["manager_left"]]
    save(run)
    assert Person.objects.get(pk=cast.ana.pk).manager == cast.bruno


def test_no_circle_closes_through_a_manager_who_stays(cast):
    run = planned("ana@ardal.example,Ana Sá,,Network,new@x.example,", "new@x.example,,,,,",
                  "bruno@ardal.example,Bruno Sá,,Network,ana@ardal.example,")  # fmt: skip
    save(run)
    assert Person.objects.get(pk=cast.bruno.pk).manager is None
    assert "manager_circle" in codes(run)[2]


def test_a_control_character_parts_no_cells(cast):
    for sign in (b"\x00", b"\x01", b"a"):
        data = b"sep=" + sign + b"\nemail,name\neva@x.example,Eva\n"
        with pytest.raises(Unreadable):
            read_file(io.BytesIO(data), name="people.csv", by=None)
