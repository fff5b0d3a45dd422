"""Players: from a fixed list, by a narrow pattern, on one host."""

from urllib.parse import urlsplit

import pytest

from sapwood.media.links.players import about_url, frame_sources, player_of, sites

FILM = "dQw4w9WgXcQ"
NOCOOKIE = f"https://www.youtube-nocookie.com/embed/{FILM}"


@pytest.mark.parametrize(
    ("url", "src"),
    [
        (f"https://www.youtube.com/watch?v={FILM}", NOCOOKIE),
        (f"https://www.youtube.com/watch?t=9&v={FILM}&list=x", NOCOOKIE),
        (f"https://m.youtube.com/shorts/{FILM}", NOCOOKIE),
        (f"https://youtu.be/{FILM}?si=abc", NOCOOKIE),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://dai.ly/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        ("https://www.ted.com/talks/a_b_c/", "https://embed.ted.com/talks/a_b_c"),
        ("https://media.ccc.de/v/38c3-opening", "https://media.ccc.de/v/38c3-opening/oembed"),
        ("https://open.spotify.com/intl-pt/episode/4rOoJ6Egrf8K2IrywzwOMk",
         "https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk"),
        ("https://soundcloud.com/ardal/water-1",
         "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/ardal/water-1"),
    ],
)  # fmt: skip
def test_known_sites_play(url: str, src: str) -> None:
    player = player_of(url)
    assert player
    assert player.src == src
    assert urlsplit(player.begins).netloc == player.site.host


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com.evil.example/watch?v={FILM}",
        f"https://evil.example/www.youtube.com/watch?v={FILM}",
        f"https://notyoutube.com/watch?v={FILM}",
        f"https://youtube.com@evil.example/watch?v={FILM}",
        f"https://user:pass@www.youtube.com/watch?v={FILM}",
        f"https://www.youtube.com:8443/watch?v={FILM}",
        "https://www.youtube.com/watch?v=short",
        'https://www.youtube.com/watch?v="onload=ale',
        f"https://www.youtube.com/watch?v={FILM}%22%3E",
        "https://youtu.be/../../evil",
        f"javascript://youtu.be/{FILM}",
        "https://vimeo.com/76979871/../evil",
        "https://vimeo.com/٧٦٩٧٩٨٧١",
        "https://media.ccc.de/v/..../..",
        "https://media.ccc.de/v/a..b",
        "https://soundcloud.com/a%2f..%2fb/x",
        "https://open.spotify.com/embed/../evil",
        "http://[::1",
        "https://youtu.be:x/abc",
        "",
    ],
)
def test_all_else_does_not(url: str) -> None:
    assert player_of(url) is None
    assert about_url(url) == ""


def test_the_list_is_short_and_safe() -> None:
    assert len(sites()) <= 8
    for site in sites():
        assert site.player.startswith(f"https://{site.host}/")
        assert not site.about or site.about.startswith("https://")
        assert site.referrer in {"no-referrer", "origin"}
        assert site.kind in {"video", "audio"}
    assert all(source.startswith("https://") and "*" not in source for source in frame_sources())


def test_the_site_is_asked_about_the_whole_address() -> None:
    assert about_url("https://vimeo.com/76979871?a=1&b=2").endswith(
        "oembed.json?url=https%3A%2F%2Fvimeo.com%2F76979871%3Fa%3D1%26b%3D2"
    )
