"""A note as blocks: cut and joined again, nothing is lost, whatever is written."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sapwood.core.markup import clean
from sapwood.media.markup import plain
from sapwood.spaces.notes.blocks import Block, cut, depth, join

LIST = "<ul><li><p>a</p><ol><li>b</li></ol>c</li><li></li><li><p>d</p><p>e</p></li></ul>"


def shapes(html):
    return [("/".join(block.path), block.tag, block.text, block.is_more) for block in cut(html)]


def test_each_paragraph_heading_and_line_of_a_list_is_a_block():
    html = clean("<h2>Sounds</h2><p>One <strong>and</strong><br>two</p>" + LIST + "<hr>loose")
    assert shapes(html) == [
        ("", "h2", "Sounds", False),
        ("", "p", "One and two", False),
        ("ul", "li", "a", False),
        ("ul/ol", "li", "b", False),
        ("ul", "li", "c", True),
        ("ul", "li", "", False),
        ("ul", "li", "d e", False),
        ("", "hr", "", False),
        ("", "", "loose", False),
    ]


@pytest.mark.parametrize(
    "html",
    [
        LIST,
        "<blockquote><p>a</p><ul><li>b<blockquote>c<p>d</p></blockquote></li></ul></blockquote>",
        "<ol><li><ul><li>deep</li></ul></li></ol><p>after</p>",
        '<p>x &lt; y &amp; z</p><img data-upload="i" alt="a > b"><pre>  two\n  lines</pre>',
        "<strong><p>marks around</p></strong>loose <em>words</em>",
        "",
    ],
)
def test_joining_gives_the_same_text(html):
    blocks = cut(clean(html))
    again = cut(clean(join(blocks)))
    assert [block.key for block in again] == [block.key for block in blocks]


def test_how_an_editor_writes_a_line_makes_no_difference():
    one, other = cut("<ul><li><p>a  b</p></li></ul>"), cut("<ul>\n<li>a b</li>\n</ul>")
    assert one[0].key == other[0].key


def test_a_line_whose_list_is_gone_gets_one_again():
    assert join([Block(("ul", "ol"), "<li>b</li>")]) == (
        "<ul><li><ol><li>b</li></ol></li></ul>"
    )  # fmt: skip


def test_depth_counts_what_stands_inside():
    assert depth(clean("<blockquote>" * 40 + "x")) == 40
    assert depth("<p>a<br>b</p><p>c</p>") == 1


calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
tags = st.sampled_from(
    ["p", "h2", "ul", "ol", "li", "blockquote", "strong", "em", "pre", "br", "hr", "figure"]
)
pieces = st.one_of(
    tags.map("<{}>".format),
    tags.map("</{}>".format),
    st.sampled_from(["one", "two ", " é", "&lt;"]),
)


@settings(calm)
@given(st.lists(pieces, max_size=24).map("".join))
def test_whatever_is_written_no_word_is_lost(html):
    cleaned = clean(html)
    again = clean(join(cut(cleaned)))
    assert plain(again).replace(" ", "") == plain(cleaned).replace(" ", "")
    twice = clean(join(cut(again)))
    assert [block.key for block in cut(twice)] == [block.key for block in cut(again)]
