"""Pages as they come: words tidied and cut, alphabets guessed, mistakes and malice survived."""

import time

import pytest

from sapwood.core.fetcher import Page, Refused
from sapwood.media.links.head import read_head
from sapwood.media.links.identity import key_of, opens_doors, tidied
from sapwood.media.links.reading import read, read_oembed, wanted

HOME = "https://water.example/a/b"


def page(html: bytes, charset: str = "", content_type: str = "text/html", url: str = HOME) -> Page:
    return Page(url, content_type, charset, html)


def test_the_words_a_page_gives_for_cards_come_first() -> None:
    words = read(
        page(b"""<!doctype html><html><head><meta charset="utf-8"><title>Plain</title>
        <META content='Calm &amp; "quiet" > loud' property="og:title">
        <meta name=description content=Why>
        <meta property="og:image" content="/pump.png?a=1&amp;b=2">
        <meta property="og:site_name" content="Water">
        <meta property="og:type" content="video.other">
        </head><body><title>Not this</title><meta name="twitter:title" content="nor this">""")
    )
    assert words.title == 'Calm & "quiet" > loud'
    assert (words.text, words.site, words.kind) == ("Why", "Water", "video")
    assert words.picture == "https://water.example/pump.png?a=1&b=2"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (b"<title>One</title><title>Two</title>", "One"),
        (b"<title>One<meta name=x content=y>", "One"),
        (b"<title>  a \n b </title>", "a b"),
        (b"<!-- <title>c</title> --><title>d</title>", "d"),
        (b"<script>'<title>c</title>'</script><title>d</title>", "d"),
        (b"<svg><title>c</title></svg><title>d</title>", "d"),
        (b"<meta property='og:title' content='  '><title>d</title>", "d"),
        (b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", "<script>alert(1)</script>"),
        (b"<title><script>alert(1)</script></title>", "<script>alert(1)</script>"),
        ("<title>a\u202egnp.exe\u2066\u200b\u200fb</title>".encode(), "agnp.exeb"),
        (b"<title>\xe2\x80\xae\xe2\x80\x8b</title><meta name=x>", ""),
        (b"<title>a\0b\x07</title>", "ab"),
        (b"<title>" + b"x" * 900_000, "x" * 199 + "\u2026"),
        (b"<title>" + b"word " * 400, ("word " * 40).strip()[:199].rstrip() + "\u2026"),
        (b"", ""),
        (b"<![<![<![", ""),
    ],
)
def test_titles(html: bytes, title: str) -> None:
    found = read(page(html, "utf-8")).title
    assert found == title or (found.endswith("…") and len(found) <= 200 and title.endswith("…"))


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        ("<title>Água fria</title>".encode(), ""),
        ("<meta charset='iso-8859-1'><title>Água fria</title>".encode("latin-1"), ""),
        ("<title>Água fria</title>".encode("latin-1"), ""),
        ("<title>Água fria</title>".encode("latin-1"), "ISO-8859-1"),
        ("<title>Água fria</title>".encode("utf-16"), ""),
        ("\ufeff<title>Água fria</title>".encode(), ""),
        ("<meta charset=utf-16><title>Água fria</title>".encode(), ""),
        ("<meta charset=punycode><title>Água fria</title>".encode(), "unicode_escape"),
    ],
)
def test_alphabets(html: bytes, charset: str) -> None:
    assert read(page(html, charset)).title == "Água fria"


@pytest.mark.parametrize(
    "picture",
    [
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "file:///etc/passwd",
        "//[",
        "",
        "ftp://a/b",
    ],
)
def test_a_picture_lies_on_the_web_or_is_none(picture: str) -> None:
    html = f"<meta property=og:image content='{picture}'>".encode()
    assert read(page(html)).picture == ""


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", "<!--", "</", "<a b='", "<![", "&", "<meta ", "<meta a", "<meta a=\"",
     "<meta a='b", "<title>", "<title", "<script>", "<div>",
     "<meta name=a content=\"", "<meta a      ", "\0"],
)  # fmt: skip
def test_time_grows_with_the_length_alone(unit: str) -> None:
    begun = time.monotonic()
    read_head((unit * 1_000_000)[:1_000_000])
    assert time.monotonic() - begun < 2.5  # a parser that is quadratic takes minutes


def test_files_are_named_and_their_bytes_left() -> None:
    url = "https://a.example/x/Plano%20%C3%A1gua.pdf"
    words = read(page(b"", content_type="application/pdf", url=url))
    assert (words.title, words.kind, words.ending) == ("Plano água.pdf", "file", "PDF")
    words = read(page(b"", content_type="image/png", url="https://a.example/"))
    assert (words.title, words.kind, words.ending) == ("a.example", "picture", "")
    odd = "https://a.example/x.%E2%80%AEgnp%3Cscript%3E"
    assert read(page(b"", content_type="x/y", url=odd)).ending == "GNPSCRIP"
    assert all(map(wanted, ("text/html", "image/png")))
    assert not any(map(wanted, ("application/pdf", "video/mp4", "image/svg+xml")))


@pytest.mark.parametrize("data", [b"", b"[]", b"nonsense", b"[" * 100_000, b'{"title": {"a": 1}}'])
def test_an_answer_of_a_provider_may_be_nonsense(data: bytes) -> None:
    assert read_oembed(page(data), "video").title == ""


def test_of_a_providers_answer_only_words_are_taken() -> None:
    data = b'{"title": "A <b>", "html": "<iframe src=evil>", "thumbnail_url": "javascript:x"}'
    words = read_oembed(page(data), "video")
    assert (words.title, words.picture, words.text) == ("A <b>", "", "")


def test_one_address_has_one_spelling() -> None:
    same = [
        "https://Water.example/a?b=1#c",
        "https://water.example./a?b=1",
        "HTTPS://water.EXAMPLE/a?b=1",
    ]
    assert {key_of(tidied(url)) for url in same} == {key_of("https://water.example/a?b=1")}
    assert tidied("http://[2606:4700::1111]/") == "http://[2606:4700::1111]/"
    assert tidied("https://water.example") == "https://water.example/"


def test_our_own_pages_get_no_card(settings: object) -> None:
    settings.BASE_URL = "https://learn.water.example"
    with pytest.raises(Refused, match="own"):
        tidied("https://learn.water.example/groups/")


@pytest.mark.parametrize(
    ("query", "opens"),
    [("token=x", True), ("a=1&access_token=x", True), ("sig=x", True), ("X-Amz-Signature=x", True),
     ("resourcekey=0", True), ("pwd=1", True), ("code=1", True), ("auth_key=", True),
     ("design=1", False), ("q=token", False), ("keyword=x", False), ("page=2", False), ("", False)],
)  # fmt: skip
def test_keys_in_addresses(query: str, opens: bool) -> None:
    assert opens_doors(f"https://a.example/x?{query}") is opens
