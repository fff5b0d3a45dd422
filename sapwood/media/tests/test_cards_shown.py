"""Cards on a page: escaped, for one reader, at most three a text; frames only when asked."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

from sapwood.media.bringing_in import bring_in_bytes
from sapwood.media.links.frames import may_play
from sapwood.media.links.players import frame_sources
from sapwood.media.models import LinkCard
from sapwood.media.showing import ShownCard, cards_for
from sapwood.media.tests.test_uploads_coming_in import picture

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
FILM = "https://youtu.be/dQw4w9WgXcQ"


def ready(url: str, **fields: object) -> LinkCard:
    LinkCard.wanted(url, now=NOW)
    LinkCard.objects.filter(url=url).update(state="ready", title="Calm", next_at=None, **fields)
    return LinkCard.objects.get(url=url)


def drawn(card: ShownCard) -> str:
    return engines["jinja2"].env.from_string("{{ ui.link_card(card) }}").render(card=card)


def test_each_text_has_its_cards_in_one_query(
    cast: SimpleNamespace, django_assert_num_queries
) -> None:
    urls = [f"https://water.example/{n}" for n in range(5)]
    for url in urls:
        ready(url, wanted_at=datetime.now(UTC))
    texts = [
        f"Look: {urls[1]}, and {urls[0]}.",
        "nothing",
        " ".join(urls),
        "https://other.example/",
    ]
    with django_assert_num_queries(1):
        cards = cards_for(cast.ana, texts)
    assert [[card.url for card in several] for several in cards] == [
        [urls[1], urls[0]], [], urls[:3], [],
    ]  # fmt: skip
    with django_assert_num_queries(0):
        assert cards_for(cast.ana, ["no links"]) == [[]]


def test_a_card_is_text_and_our_own_picture(cast, client_of) -> None:
    shot = bring_in_bytes(picture(), name="card", owner=None)
    ready("https://water.example/?a=1&b=2", summary='"><img src=x>', picture=shot)
    LinkCard.objects.update(title="<script>alert(1)</script>")
    card = cards_for(cast.ana, ["https://water.example/?a=1&b=2"])[0][0]
    html = drawn(card)
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "a=1&amp;b=2" in html
    assert "noreferrer" in html
    sources = re.findall(r'src="([^"]+)"', html)
    assert sources
    assert all(source.startswith("/uploads/") for source in sources)
    assert client_of(cast.ana).get(card.picture).status_code == 200
    assert client_of(cast.bruno).get(card.picture).status_code == 404


def test_nothing_is_framed_before_the_reader_asks(cast) -> None:
    ready(FILM)
    html = drawn(cards_for(cast.ana, [FILM])[0][0])
    assert "<iframe" not in html
    assert 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in html
    assert "will see your address" in html
    assert f'href="{FILM}" target="_blank"' in html
    assert html.count("hidden>") >= 4  # without scripts only the link stands there


def test_only_marked_pages_may_frame_and_only_the_list(cast, client_of) -> None:
    from csp.middleware import CSPMiddleware

    def policy(view: object) -> str:
        return CSPMiddleware(view)(RequestFactory().get("/"))["Content-Security-Policy"]

    def plain(request: object) -> HttpResponse:
        return HttpResponse("x")

    assert "frame-src" not in policy(plain)
    assert "default-src 'none'" in policy(plain)
    marked = policy(may_play(plain))
    assert f"frame-src {' '.join(frame_sources())};" in marked + ";"
    assert "script-src 'self';" in marked + ";"
    assert "frame-src" not in client_of(cast.ana).get(reverse("today"))["Content-Security-Policy"]
