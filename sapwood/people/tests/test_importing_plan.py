"""The dry run says row by row what would happen, and saves nothing."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone

from sapwood.people.doors.inviting import let_in
from sapwood.people.importing.plan import plan_run
from sapwood.people.importing.problems import TEXTS, sentence
from sapwood.people.importing.reading import read_file
from sapwood.people.models import ImportRow, Person, RunState, Unit

HEADER = "email,name,staff number,unit,manager,job title"


def planned(*rows, header=HEADER):
    data = "\n".join([header, *rows]).encode()
    run = read_file(io.BytesIO(data), name="people.csv", by=None)
    plan_run(run)
    return run


def states(run):
    return [row.state for row in run.rows.exclude(number=0)]


def codes(run):
    return [[p[1] for p in row.problems] for row in run.rows.exclude(number=0)]


def test_one_manager_gains_and_many_gain(cast, client_of):
    run = planned("eva@ardal.example,Eva Reis,,,bruno@ardal.example,")
    page = client_of(cast.nadia).get(reverse("import_show", args=[run.pk])).content.decode()
    assert "1 manager gains someone. 0 managers lose someone." in " ".join(page.split())
    assert "</b> new person</a>" in page
    assert "1 of 1 row shown." in page


def test_a_name_typed_at_the_door_stays(cast):
    let_in(name="Rui P. Reis", email="rui@ardal.example", now=timezone.now())
    run = planned("rui@ardal.example,REIS RUI,,,,")
    assert (states(run), codes(run)) == (["same"], [["name_theirs"]])


def test_new_changed_same_and_missing(cast):
    run = planned(
        "eva@ardal.example,Eva Reis,,Network,,",
        "ana@ardal.example,Ana Sá,,Finance,bruno@ardal.example,",
        "bruno@ardal.example,Bruno Sá,,Network,,",
    )
    assert states(run) == ["new", "changed", "same"]
    changed = run.rows.get(email="ana@ardal.example")
    assert changed.changes == {"unit": [str(cast.network.pk), str(cast.finance.pk)]}
    missing = run.rows.filter(state="missing").values_list("name", flat=True)
    assert set(missing) == {"Clara Sá", "Dinis Sá"}
    assert run.state == RunState.READY
    assert Person.objects.count() == 5
    assert run.counts["gain"] == 0


def test_a_manager_may_be_named_before_they_appear(cast):
    run = planned(
        "a@x.example,A,,,b@x.example,", "b@x.example,B,77,,c@x.example,", "c@x.example,C,,,,"
    )
    first, second, third = run.rows.exclude(number=0)
    assert first.values["manager"] == str(second.person_key)
    assert [first.depth, second.depth, third.depth] == [2, 1, 0]


def test_a_manager_is_found_by_staff_number(cast):
    run = planned("a@x.example,A,,,77,", "b@x.example,B,77,,,")
    assert codes(run) == [[], []]


def test_an_unknown_manager_is_an_error_with_a_guess(cast):
    run = planned("a@x.example,A,,,brumo@ardal.example,", "b@x.example,B,,,zz,")
    assert codes(run) == [["manager_likely"], ["manager_unknown"]]
    assert run.rows.exclude(number=0).first().problems[0][2]["likely"] == "bruno@ardal.example"


def test_circles_are_refused_with_their_path(cast):
    run = planned(
        "a@x.example,A,,,b@x.example,", "b@x.example,B,,,c@x.example,",
        "c@x.example,C,,,a@x.example,",
        "d@x.example,D,,,a@x.example,", "e@x.example,E,,,e@x.example,",
    )  # fmt: skip
    assert codes(run) == [["manager_circle"]] * 3 + [["manager_waits"], ["manager_self"]]
    path = run.rows.exclude(number=0).first().problems[0][2]["path"]
    assert path in {"A → B → C → A", "B → C → A → B", "C → A → B → C"}


def test_a_circle_with_people_who_are_here_is_seen(cast):
    run = planned("bruno@ardal.example,Bruno Sá,,Network,ana@ardal.example,")
    assert codes(run) == [["manager_circle"]]


def test_one_bad_row_never_stops_the_rest(cast):
    run = planned(",Boss,1,,,", "a@x.example,A,2,,1,", "b@x.example,B,3,,a@x.example,")
    assert states(run) == ["error", "new", "new"]
    assert codes(run)[1] == ["manager_waits"]


def test_the_same_person_twice_in_a_file(cast):
    run = planned("a@x.example,A,1,,,", "A@X.example,A again,2,,,", "c@x.example,C,1,,,")
    assert codes(run) == [[], ["duplicate_email"], ["duplicate_number"]]
    assert run.rows.get(number=3).problems[0][2] == {"row": 2}


def test_an_address_follows_the_staff_number(cast):
    Person.objects.filter(pk=cast.ana.pk).update(staff_number="A1")
    run = planned("ana.sa@ardal.example,Ana Sá,a1,Network,bruno@ardal.example,")
    row = run.rows.exclude(number=0).get()
    assert row.person == cast.ana
    assert row.changes["email"] == ["ana@ardal.example", "ana.sa@ardal.example"]


def test_somebody_elses_address_is_refused(cast):
    Person.objects.filter(pk=cast.ana.pk).update(staff_number="A1")
    Person.objects.filter(pk=cast.dinis.pk).update(staff_number="D1")
    run = planned("dinis@ardal.example,Ana Sá,A1,,,", "dinis@ardal.example,Rita,Z9,,,")
    assert codes(run) == [["email_taken"], ["email_taken"]]


def test_units_are_found_made_and_corrected(cast):
    rows = [f"n{n}@x.example,N,,Ardal Water / Works / Crew,," for n in range(6)]
    run = planned(
        *rows, "a@x.example,A,,Netwrok,,", "b@x.example,B,,Ardal Water/Network,,",
        "c@x.example,C,,Ardal Water / Works / Crewz,,", "d@x.example,D,,Divers,,",
    )  # fmt: skip
    assert [unit["path"] for unit in run.new_units] == [
        "Ardal Water / Works", "Ardal Water / Works / Crew", "Ardal Water / Divers",
    ]  # fmt: skip
    assert codes(run)[6:] == [["unit_typo"], [], ["unit_typo_count"], []]
    assert run.rows.get(email="b@x.example").values["unit"] == str(cast.network.pk)


def test_a_name_that_several_units_share_needs_its_path(cast):
    Unit.objects.create(name="Night", parent=cast.network)
    Unit.objects.create(name="Night", parent=cast.finance)
    run = planned("a@x.example,A,,Night,,", "b@x.example,B,,Ardal Water / Finance / Night,,")
    assert codes(run) == [["unit_unclear"], []]


def test_a_name_that_its_owner_wrote_stays(cast):
    Person.objects.filter(pk=cast.ana.pk).update(named_self=True)
    run = planned("ana@ardal.example,Ana Maria Sá,,Network,bruno@ardal.example,")
    assert states(run) == ["same"]
    assert codes(run) == [["name_theirs"]]


def test_columns_that_are_not_there_change_nothing(cast):
    run = planned("ana@ardal.example,Ana Sá", header="email,name")
    assert states(run) == ["same"]


def test_comparing_again_starts_afresh(cast):
    run = planned("eva@ardal.example,Eva,,,,")
    run.columns.pop("name")
    run.columns["name"] = 0
    plan_run(run)
    assert run.rows.exclude(number=0).get().name == "eva@ardal.example"
    assert run.rows.filter(number=0).count() == 4
    assert ImportRow.objects.count() == 5


@pytest.mark.parametrize("language", ["en", "pt"])
def test_every_problem_has_its_sentence(language):
    from django.utils import translation

    params = dict.fromkeys(
        ["words", "letter", "name", "limit", "row", "likely", "path", "sign", "width"], "x"
    ) | {"count": 2}
    with translation.override(language):
        assert all(sentence(code, params) for code in TEXTS)
