"""What changed between two versions, word by word."""

import re
import time

import pytest

from sapwood.spaces.notes.blocks import cut
from sapwood.spaces.notes.differing import difference, marked

OLD = (
    "<h2>Sounds</h2><p>Intro</p><p>Still the same</p>"
    "<ol><li><strong>Ticking.</strong> Regular, about once a second. Not water.</li>"
    "<li>Hiss</li><li>Roar</li><li>Knock</li></ol>"
)
NEW = OLD.replace("a second. Not water.", "a second, louder at night. A <em>valve</em>.")


def seen(html):
    """Markup without the words for those who listen."""
    return re.sub(r'<span class="vh">[^<]*</span>', "", str(html))


def test_only_what_changed_is_shown_with_a_line_around_it():
    found = difference(OLD, NEW)
    assert [(seen(row.html), row.is_changed, row.skipped) for row in found.rows] == [
        ("", False, 2),
        ("Still the same", False, 0),
        (
            "<strong>Ticking.</strong> Regular, about once a second<ins>, louder at night</ins>."
            " <del>Not water</del><ins>A <em>valve</em></ins>.",
            True,
            0,
        ),
        ("Hiss", False, 0),
        ("", False, 2),
    ]
    assert (found.words_in, found.words_out) == (5, 2)


def test_those_who_listen_hear_what_was_added_and_removed():
    row = difference("<p>one two three</p>", "<p>one six three</p>").rows[0]
    assert '<del><span class="vh"> removed: </span>two' in str(row.html)
    assert '<ins><span class="vh"> added: </span>six' in str(row.html)


def test_a_word_or_two_between_long_changes_do_not_stand_alone():
    old = "<p>Ticking. Not water. Tell the caller it is the meter. Then hang up.</p>"
    new = old.replace(
        "Not water. Tell the caller it is the meter", "When the street is quiet, a valve"
    )
    html = seen(difference(old, new).rows[0].html)
    assert html.count("<ins>") == html.count("<del>") == 1


def test_whole_blocks_come_and_go():
    found = difference("<p>a b</p><p>gone</p>", "<h2>New</h2><p>a b</p>")
    rows = [(seen(row.html), row.shape) for row in found.rows]
    assert rows == [("<ins>New</ins>", "heading"), ("a b", "p"), ("<del>gone</del>", "p")]


def test_a_text_written_anew_is_not_confetti():
    old, new = "<p>The valve leaks at night again</p>", "<p>Call Ruth, the one who knows it</p>"
    [row] = difference(old, new).rows
    assert str(row.html).count("<ins>") == str(row.html).count("<del>") == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p><a href='/a'>x y</a></p>".replace("'", '"'), '<p><a href="/b">x y</a></p>'),
        ('<p><img data-upload="a" alt="Pump"></p>', '<p><img data-upload="b" alt="Pump"></p>'),
        ("<p>bold</p>", "<p><strong>bold</strong></p>"),
    ],
)
def test_another_link_picture_or_mark_is_a_change(old, new):
    assert not difference(old, new).is_empty


def test_nothing_changed_is_nothing_to_see():
    assert difference(OLD, OLD).is_empty
    assert difference(OLD, OLD.replace("<li>Hiss", "<li> Hiss")).is_empty


def test_what_people_wrote_never_becomes_markup():
    evil = "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;</p>"
    html = str(difference("<p>x</p>", evil).rows[0].html)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;lt;b&amp;gt;" in html


def test_a_side_of_a_clash_shows_what_is_new_in_it():
    [one] = marked(cut("<p>your ears</p>"), cut("<p>your ears and eyes</p>"))
    assert seen(one) == "your ears<ins> and eyes</ins>"


def test_a_long_text_is_compared_in_good_time():
    began = time.monotonic()
    words = " ".join(f"word{n % 700}" for n in range(12_000))
    many = "".join(f"<p>Line {n} of the text</p>" for n in range(4_000))
    difference(f"<p>{words}</p>", f"<p>{words.replace('word70', 'other')}</p>")
    difference(many, many.replace("Line 2", "The 2"))
    difference("<p>" + "a " * 90_000 + "</p>", "<p>" + "b a " * 45_000 + "</p>")
    assert time.monotonic() - began < 20
