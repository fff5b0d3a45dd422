"""What arrives before a view sees it: NUL is taken out, and proxies do not stand for people."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from sapwood.core.middleware import ThroughProxies
from sapwood.writing.models import Draft

Browser = Callable[[object], Client]


def seen_from(**headers: str) -> str:
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    addresses: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        addresses.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    ThroughProxies(view)(request)
    return addresses[0]


@pytest.mark.parametrize("path", ["/people/?q=a%00b", "/explore/?q=%00", "/journal/entries/?q=%00"])
def test_a_nul_in_a_search_is_passed_over(
    cast: SimpleNamespace, client_of: Browser, path: str
) -> None:
    assert client_of(cast.ana).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/calendar/%00abc.ics", "/join/%00/"])
def test_a_nul_in_a_path_is_no_page(cast: SimpleNamespace, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_words_with_a_nul_are_kept_without_it(cast: SimpleNamespace, client_of: Browser) -> None:
    pk = "0199a000-0000-7000-8000-000000000001"
    sent = {"id": pk, "slot": "journal", "text": "one\0two", "\0title": "t"}
    assert client_of(cast.ana).post("/drafts/", sent).status_code == 200
    assert Draft.objects.get(pk=pk).fields == {"text": "onetwo", "title": "t"}


def test_behind_a_proxy_the_address_is_the_one_it_saw(settings: Any) -> None:
    settings.PROXIES = 1
    assert seen_from(x_forwarded_for="6.6.6.6, 192.0.2.7") == "192.0.2.7"
    settings.PROXIES = 2
    assert seen_from(x_forwarded_for="6.6.6.6, 192.0.2.7, 10.0.0.9") == "192.0.2.7"


@pytest.mark.parametrize("claim", ["", "nonsense", "6.6.6.6, <script>"])
def test_what_is_no_address_changes_nothing(settings: Any, claim: str) -> None:
    settings.PROXIES = 1
    assert seen_from(x_forwarded_for=claim) == "10.0.0.1"


def test_without_a_proxy_nobody_is_believed(settings: Any) -> None:
    settings.PROXIES = 0
    with pytest.raises(MiddlewareNotUsed):
        ThroughProxies(lambda request: HttpResponse())
