"""Files of every make become rows, hostile ones become a sentence; nothing crashes or grows."""

import io
import random
import tracemalloc

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sapwood.people.importing.decode import Lines
from sapwood.people.importing.dialect import records, sniff
from sapwood.people.importing.headers import match_headers
from sapwood.people.importing.limits import MAX_BYTES, MAX_SPAN, Unreadable
from sapwood.people.importing.reading import read_file
from sapwood.people.importing.rows import read_row, tidy_cell
from sapwood.people.models import RunState
from sapwood.people.tests.hr_file import csv_bytes

TEXT = "E-mail;Nome;Função\r\nana@x.example;Ana Conceição;Técnica\r\n"


def read(data):
    return read_file(io.BytesIO(data), name="people.csv", by=None)


@pytest.mark.parametrize(
    ("codec", "mark", "seen"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("latin-1", b"", "cp1252"),
        ("cp1252", b"", "cp1252"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16"),
    ],
)
def test_encodings_are_recognised(db, codec, mark, seen):
    run = read(mark + TEXT.encode(codec))
    assert run.encoding == seen
    assert run.rows.get().cells == ["ana@x.example", "Ana Conceição", "Técnica"]
    assert run.columns == {"email": 0, "name": 1, "job_title": 2}


def test_lines_in_two_encodings_are_each_read_right(db):
    lines = ["email;name", "a@x.example;Conceição", "b@x.example;João"]
    data = b"\n".join([lines[0].encode(), lines[1].encode("utf-8"), lines[2].encode("latin-1")])
    run = read(data)
    assert run.encoding == "mixed"
    assert [row.cells[1] for row in run.rows.all()] == ["Conceição", "João"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(db, sign, ending):
    run = read(ending.join([f"email{sign}name", f"a@x.example{sign}Ana"]).encode())
    assert run.delimiter == sign
    assert run.rows.get().cells == ["a@x.example", "Ana"]


def test_excels_own_hint_is_followed(db):
    run = read(b"sep=;\r\nemail;name\r\na@x.example;Ana, of the night crew\r\n")
    assert run.rows.get().cells == ["a@x.example", "Ana, of the night crew"]


def test_quoted_cells_may_hold_lines_and_signs():
    lines = ['a,"b\n', 'c, d",e\n', "f,g,h\n"]
    found = list(records(lines, ","))
    assert [r.cells for r in found] == [["a", "b\nc, d", "e"], ["f", "g", "h"]]


def test_a_quote_that_never_closes_costs_one_row():
    lines = ["1,ok\n", '2,"never closed\n'] + [f"{n},ok\n" for n in range(3, 200)]
    found = list(records(lines, ","))
    assert [r.problem for r in found[:3]] == ["", "quote_open", ""]
    assert len(found) == 199
    assert MAX_SPAN < 100


def test_row_numbers_are_those_of_a_spreadsheet(db):
    run = read(b"email,name\n\na@x.example,Ana\n\nb@x.example,Rui\n")
    assert list(run.rows.values_list("number", flat=True)) == [3, 5]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"email,name\n", "only_header"),
        (b"PK\x03\x04" + b"x" * 50, "not_text"),
        (b"%PDF-1.7", "not_text"),
        (random.Random(3).randbytes(5000), "not_text"),
        (b"\x7fELF" + bytes(range(256)) * 20, "not_text"),
        (b"Dear colleagues\n\nthis is a letter.\n", "one_column"),
        (b"email^name\na@x.example^Ana\n", "one_column"),
        ((",".join(f"c{n}" for n in range(300)) + "\n1,2\n").encode(), "too_many_columns"),
    ],
)
def test_files_that_hold_no_people_get_a_sentence(db, data, code):
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.code == code


def test_a_file_of_51_megabytes_is_refused_before_it_is_read(db):
    class Big(io.BytesIO):
        def tell(self):
            return MAX_BYTES + 1

    with pytest.raises(Unreadable, match="too_large"):
        read_file(Big(b"email,name\n"), name="x.csv", by=None)


def test_nul_bytes_and_controls_do_no_harm(db):
    run = read(b"email,name\na@x.example,A\x00na\x07\n")
    assert read_row(run.rows.get().cells, run.columns)[0]["name"] == "Ana"


def test_headers_that_say_nothing_are_named_before_columns_are_asked(cast, client_of):
    run = read(b"alpha,beta\na@x.example,Ana\n")
    assert run.state == RunState.COLUMNS
    address = reverse("import_columns", args=[run.pk])
    page = client_of(cast.nadia).get(address).content.decode()
    assert "No column of people.csv was recognised" in page
    run.columns = {"email": 0}
    run.save()
    assert "not both were recognised" in client_of(cast.nadia).get(address).content.decode()


def test_memory_is_bounded_by_lines_not_by_the_file():
    data = io.BytesIO(b'"' + b"x" * 20_000_000)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    assert sum(1 for _ in records(Lines(data), ",")) == 1
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nº Mecanográfico", "staff_number"),
        ("N.º de colaborador", "staff_number"),
        ("Employee ID", "staff_number"),
        ("Correio eletrónico", "email"),
        ("Work E-Mail", "email"),
        ("Nome do Colaborador", "name"),
        ("Superior hierárquico", "manager"),
        ("Chefia Directa", "manager"),
        ("Departmento", "unit"),
        ("Local de Trabalho", "site"),
        ("Data de Admissão", "joined_on"),
    ],
)
def test_headers_are_known_in_two_languages_and_with_slips(header, field):
    assert match_headers([header]) == {field: 0}


def test_beside_a_surname_a_plain_name_is_the_first_name():
    assert match_headers(["Nome", "Apelido", "Correio eletrónico", "N.º funcionário"]) == {
        "first_name": 0,
        "last_name": 1,
        "email": 2,
        "staff_number": 3,
    }
    assert match_headers(["Nome completo", "Apelido", "E-mail"])["name"] == 0


def test_a_header_is_used_once():
    assert match_headers(["E-mail", "Email", "Name", "First name"]) == {
        "email": 0, "name": 2, "first_name": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (["", "Ana"], "email", "email_empty"),
        (["ana", "Ana"], "email", "email_wrong"),
        (["аna@x.example", "Ana"], "email", "email_letter"),
        (["a@x.example", " "], "name", "name_empty"),
        (["a@x.example", "=cmd|' /C calc'!A0"], "name", "formula"),
        (["a@x.example", "A" * 121], "name", "too_long"),
        (["a@x.example", "Ana", "31/02/2020"], "joined_on", "date_wrong"),
        (["a@x.example", "Ana", "2020-01-31", "klingon"], "language", "language_unknown"),
    ],
)
def test_what_is_wrong_is_said_beside_its_column(cells, column, code):
    columns = {"email": 0, "name": 1, "joined_on": 2, "language": 3}
    problems = read_row(cells, columns)[1]
    assert [problem[:2] for problem in problems] == [[column, code]]


def test_first_and_last_name_make_a_name():
    columns = {"email": 0, "first_name": 1, "last_name": 2}
    values, problems = read_row(["MAILTO:Ana@X.example".lower(), "Ana", "Sá"], columns)
    assert (values["email"], values["name"], problems) == ("ana@x.example", "Ana Sá", [])


def test_what_we_neutralised_comes_back_as_it_was():
    assert tidy_cell("'+351 912") == "+351 912"
    assert tidy_cell("  São\u200b  João ") == "São João"


@given(st.binary(max_size=4000))
@settings(max_examples=150, deadline=None)
def test_no_bytes_crash_the_parser(data):
    lines = iter(Lines(io.BytesIO(data)))
    sign, sample = sniff(lines)
    for record in records([*sample, *lines], sign):
        read_row(record.cells, {"email": 0, "name": 1, "manager": 2, "joined_on": 3})


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=4), max_size=8))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_crashes_the_records(rows):
    text = "\n".join(",".join(cells) for cells in rows)
    lines = text.splitlines(True)
    assert len(list(records(lines, ","))) <= len(lines)


def test_a_real_shaped_file_is_read_whole(db):
    run = read(csv_bytes(2000))
    assert (run.encoding, run.delimiter, run.total) == ("cp1252", ";", 2000)
    assert run.columns == {
        "staff_number": 0, "name": 1, "email": 2, "job_title": 3, "unit": 4, "site": 5,
        "manager": 6, "joined_on": 7,
    }  # fmt: skip
