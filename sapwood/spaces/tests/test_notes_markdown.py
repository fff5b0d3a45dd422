"""A note's table of contents, and its way out as Markdown."""

import io
import zipfile

import pytest

from sapwood.core.markup import clean, rich
from sapwood.spaces.notes.contents import anchored
from sapwood.spaces.notes.markdown import file_name, to_markdown, zipped


def test_headings_get_anchors_that_follow_their_words():
    html = "<h2>Ten sounds</h2><p>x</p><h3>São João &amp; água</h3><h2>Ten <em>sounds</em>!</h2>"
    headings, shown = anchored(rich(html))
    assert [(h.level, h.text, h.anchor) for h in headings] == [
        (2, "Ten sounds", "on-ten-sounds"),
        (3, "São João & água", "on-sao-joao-agua"),
        (2, "Ten sounds!", "on-ten-sounds-2"),
    ]
    assert '<h3 id="on-sao-joao-agua">São João &amp; água</h3>' in shown


def test_headings_in_any_script_and_without_letters_have_one_too():
    headings, _shown = anchored(rich("<h2>水の音</h2><h2>?!</h2><h2>?</h2><h2></h2>"))
    assert [h.anchor for h in headings] == ["on-水の音", "on-this", "on-this-2"]


def test_an_anchor_cannot_break_out_of_its_quotes():
    _headings, shown = anchored(rich('<h2>x" onclick="alert(1)&lt;b&gt;</h2>'))
    assert 'id="on-x-onclick-alert-1-b"' in shown


def test_markdown_has_the_title_the_text_and_the_names_of_files():
    html = clean(
        "<h2>Why</h2><p>A <strong>bold</strong> *star* <a href='https://x.example/a'>link</a></p>"
        "<ul><li><p>one</p><ol><li>two</li></ol></li></ul>"
        '<p><img data-upload="i" alt="A pump"></p><blockquote><p>said</p></blockquote>'
    )
    assert to_markdown("Sounds #1", html, ["plan.pdf"]) == (
        "# Sounds #1\n\n## Why\n\nA **bold** \\*star\\* [link](https://x.example/a)\n\n"
        "- one\n\n  1. two\n\n*[picture: A pump]*\n\n> said\n\n## Files\n\n- plan.pdf\n"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ten sounds", "Ten sounds.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ("CON", "_CON.md"),
        ("lpt1.x", "_lpt1.x.md"),
        ("Água: o que é?", "Água o que é.md"),
        ("???", "note.md"),
        ("a" * 300, "a" * 80 + ".md"),
        ("\u202egnp.exe", "gnp.exe.md"),
    ],
)
def test_names_of_files_are_safe_anywhere(title, name):
    assert file_name(title) == name


def test_notes_of_one_name_are_both_in_the_zip():
    held = zipped([("Same", "<p>one</p>", []), ("same", "<p>two</p>", ["f.pdf"])])
    with held, zipfile.ZipFile(io.BytesIO(held.read())) as found:
        assert found.namelist() == ["Same.md", "same (2).md"]
        assert found.read("same (2).md").decode().startswith("# same\n\ntwo\n\n## Files\n\n- f.pdf")
