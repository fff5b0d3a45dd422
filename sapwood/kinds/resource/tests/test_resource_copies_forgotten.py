"""The browser forgets its copy of a form once the words are saved: that form, of that person."""

import pytest

NEW = "/activities/new/resource/"
SAID = {"title": "Closing a valve", "language": "en", "audience": "everyone", "then": "keep"}


def test_saved_words_need_no_copy(cast, client_of) -> None:
    sent = {**SAID, "body": "Slowly.", "draft": "activity-new-resource"}
    answer = client_of(cast.ana).post(NEW, sent)
    assert answer.status_code == 302
    assert answer.cookies["kept"].value == f"{cast.ana.pk}:activity-new-resource"


def test_refused_words_keep_their_copy(cast, client_of) -> None:
    sent = {**SAID, "title": "", "draft": "activity-new-resource"}
    answer = client_of(cast.ana).post(NEW, sent)
    assert answer.status_code == 422
    assert "kept" not in answer.cookies


@pytest.mark.parametrize("name", [None, "", "a b", "x;y", "x" * 81])
def test_a_name_that_is_none_is_not_repeated(cast, client_of, name) -> None:
    sent = {**SAID, "body": "Slowly."} | ({} if name is None else {"draft": name})
    assert "kept" not in client_of(cast.ana).post(NEW, sent).cookies
