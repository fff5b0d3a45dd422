"""The forty ways, the rings and the three questions."""

import pytest
from django.utils.translation import override

from sapwood.ledger.ways import (
    OBJECTIVES,
    RINGS,
    WAYS,
    Form,
    Objective,
    Place,
    decide_form,
    ways_by_ring,
    ways_in_ring,
)


def test_forty_ways_in_four_rings():
    assert len(WAYS) == 40
    assert [len(ways_in_ring(k)) for k in range(4)] == [3, 13, 8, 16]
    assert [ring.number for ring in RINGS] == [0, 1, 2, 3]
    assert [ring.number for ring, _ in ways_by_ring()] == [3, 2, 1, 0]
    assert {way.form for way in WAYS.values()} == set(Form.values)
    assert {way.place for way in WAYS.values()} == set(Place.values)
    assert {way.direction for way in WAYS.values()} == {"take", "give", "both"}


def test_names_and_hints_follow_the_language():
    way = WAYS["web_search"]
    with override("pt"):
        assert (way.name, way.hint) == ("Pesquisa na Web", "Teve uma pergunta e foi procurar.")
    with override("en-gb"):
        assert (way.name, way.hint) == ("Web search", "You had a question and went looking.")
    assert all(w.name_en and w.name_pt and w.hint_en and w.hint_pt for w in WAYS.values())


@pytest.mark.parametrize(
    ("way", "answers", "form"),
    [
        ("mooc", {}, Form.NON_FORMAL),
        ("formal_qualification", {}, Form.FORMAL),
        ("web_search", {}, Form.INFORMAL),
        ("formal_qualification", {"intended": False}, Form.INFORMAL),
        ("web_search", {"organised": True}, Form.NON_FORMAL),
        ("web_search", {"organised": True, "qualification": True}, Form.FORMAL),
        ("web_search", {"qualification": True}, Form.INFORMAL),
        ("classroom_course", {"organised": False}, Form.INFORMAL),
        ("formal_qualification", {"qualification": False}, Form.NON_FORMAL),
    ],
)
def test_form_follows_from_three_questions(way, answers, form):
    assert decide_form(WAYS[way], **answers) is form


def test_objectives_can_be_combined():
    assert [int(aim) for aim in OBJECTIVES] == [8, 1, 2, 4]
    both = Objective.EMPLOYABILITY | Objective.SOCIAL_INCLUSION
    assert both.label == "Doing my job well, Social inclusion"
    assert Objective(0).label == ""
