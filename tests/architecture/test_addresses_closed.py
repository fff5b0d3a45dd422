"""Every address asks for sign-in or is on the short list; every one that writes refuses a stranger.

The table of addresses, the table of reactions and the permissions matrix are snapshots, so that a
review sees architecture move: `SNAPSHOTS=write pytest tests/architecture` renews them.
"""

from types import SimpleNamespace

import addresses
import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, include, path
from django.views.decorators.http import require_POST

pytestmark = pytest.mark.django_db
# What every colleague may do with what Ana offers to everyone.
OPEN_TO_COLLEAGUES = {
    "activity_participation", "activity_completion", "activity_clone", "application_create",
    "story_edit", "story_restore", "rings_share", "activity_new", "logout", "person_block",
    "group_ask", "group_by_link", "follow_person",
}  # fmt: skip
BOTH = ("GET", "POST")
NOT_ANAS = {"account_", "mfa_", "setup_begin", "join", "calendar_feed", "poster", "rings_year"}


def open_ones(cast: SimpleNamespace) -> list[str]:
    """Addresses that let a stranger in without being on the list."""
    public, client = addresses.public_names(), Client()
    examples = addresses.make_examples(cast)

    def is_open(route: str, pattern: URLPattern) -> bool:
        where = addresses.address(route, pattern, examples)
        return not all(addresses.leads_to_sign_in(client, method, where) for method in BOTH)

    return [
        route
        for route, pattern in addresses.reachable().items()
        if pattern.name not in public
        and (not addresses.asks_for_sign_in(pattern) or is_open(route, pattern))
    ]


def test_every_address_is_on_the_list_or_leads_to_the_door(cast: SimpleNamespace) -> None:
    assert open_ones(cast) == []


def test_the_list_names_only_what_exists() -> None:
    names = {pattern.name for pattern in addresses.reachable().values()}
    assert addresses.public_names() - names == set()


@login_not_required
def planted(request: HttpRequest) -> HttpResponse:
    return HttpResponse("anyone may read this")


@require_POST
def planted_writing(request: HttpRequest, uid: object) -> HttpResponse:
    return HttpResponse("anyone signed in may change this")


# A URLconf with an open address that is not on the list, and a writing one that forgets to ask.
urlpatterns = [
    path("", include("sapwood.urls")),
    path("planted/", planted, name="planted"),
    path("moments/<uuid:uid>/planted/", planted_writing, name="moment_planted"),
]
handler404 = "sapwood.core.errors.page_not_found"


@pytest.mark.urls(__name__)
def test_an_open_address_is_seen(cast: SimpleNamespace) -> None:
    assert open_ones(cast) == ["/planted/"]


def let_in(cast: SimpleNamespace, client_of: object) -> list[str]:
    """Addresses that name something of Ana's and do what a stranger posts."""
    examples = addresses.make_examples(cast)
    stranger = client_of(cast.dinis)  # type: ignore[operator]
    found = []
    for route, pattern in addresses.reachable().items():
        is_anas = addresses.names_in(route) and not pattern.name.startswith(tuple(NOT_ANAS))
        if is_anas and pattern.name not in OPEN_TO_COLLEAGUES:
            status = addresses.knock(stranger, "POST", addresses.address(route, pattern, examples))
            if status not in {403, 404, 405}:
                found.append(f"{route} {status}")
    return found


def test_every_address_that_writes_refuses_the_stranger(
    cast: SimpleNamespace, client_of: object
) -> None:
    assert let_in(cast, client_of) == []


@pytest.mark.urls(__name__)
def test_an_address_that_forgets_to_ask_is_seen(cast: SimpleNamespace, client_of: object) -> None:
    assert let_in(cast, client_of) == ["/moments/<uuid:uid>/planted/ 200"]


def test_the_permissions_matrix_is_as_kept(cast: SimpleNamespace, client_of: object) -> None:
    examples = addresses.make_examples(cast)
    roles = {
        "signed-out": None, "owner": cast.ana, "manager": cast.bruno, "colleague": cast.dinis,
        "steward": cast.clara, "administrator": cast.nadia,
    }  # fmt: skip
    browsers = {role: client_of(person) for role, person in roles.items()}  # type: ignore[operator]
    lines, broken = [], []
    for route, pattern in addresses.reachable().items():
        where = addresses.address(route, pattern, examples)
        for method in BOTH:
            answers = {
                role: addresses.knock(browser, method, where) for role, browser in browsers.items()
            }
            if 500 in answers.values():
                broken.append(f"{method} {route}")
            said = "  ".join(f"{role} {status}" for role, status in answers.items())
            lines.append(f"{method:4} {addresses.tidy(route):60} {said}")
    assert not broken, "\n".join(broken)
    text = "\n".join(lines) + "\n"
    assert text == addresses.kept_as("permissions.txt", text)


def test_the_table_of_addresses_is_as_kept() -> None:
    lines = [
        f"{addresses.tidy(route):66} {pattern.name or '':36} {addresses.view_of(pattern)}"
        for route, pattern in addresses.reachable().items()
    ]
    text = "\n".join(lines) + "\n"
    assert text == addresses.kept_as("addresses.txt", text)


def test_the_table_of_reactions_is_as_kept() -> None:
    from sapwood.ledger.reacting import reactions

    text = "".join(f"{entry.name} ← {', '.join(entry.to)}\n" for entry in reactions())
    assert text == addresses.kept_as("reactions.txt", text)


def test_a_moved_snapshot_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SNAPSHOTS", raising=False)
    assert addresses.kept_as("addresses.txt", "moved") != "moved"
