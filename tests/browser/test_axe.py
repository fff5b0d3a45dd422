"""axe finds nothing on the main pages, on a phone and at a desk, in light and in dark."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.looks
PAGES = {
    None: ["/account/login/", "/account/password/reset/", "/accessibility/", "/offline/"],
    "maya": [
        "/", "/explore/", "/explore/?q=leak", "/rings/", "/moments/", "/moments/new/", "/journal/",
        "/journal/new/", "/journal/entries/", "/people/", "/people/?q=handover",
        "/people/blocked/", "/profile/", "/what-others-can-see/",
        "/groups/", "/shared-with-you/", "/calendar/", "/activities/new/", "/account/",
        "/account/sessions/",
        "/account/email/", "/account/password/change/", "/account/2fa/", "/not/here/",
    ],
    "beatriz": [
        "/activities/", "/activities/new/resource/", "/activities/new/stretch/", "/desk/skills/",
        "/review/", "/desk/words/",
    ],
    "nadia": [
        "/design/", "/desk/people/", "/desk/people/new/", "/desk/people/import/", "/desk/units/",
        "/desk/people/invitations/", "/desk/privacy/", "/setup/",
    ],
    "joana": ["/", "/rings/", "/journal/"],
}  # fmt: skip
FIRST_LINKS = {
    "/explore/": "main a[href^='/activities/']:not([href*='new'])",
    "/moments/": "main a[href^='/moments/0']",
    "/journal/": "main a[href^='/journal/0']",
    "/people/": "main a[href^='/people/0']",
    "/groups/": "main a[href^='/groups/0']",
    "/people/?q=handover": "main a[href$='/block/']",
    "/desk/skills/": "main a[href^='/desk/skills/0']",
}
ACTIVITY = "main a[href^='/activities/0']"
NARROW = ["/", "/groups/", "/explore/", "/explore/?q=leak", "/moments/", "/rings/", "/journal/",
          "/people/", "/profile/", "/activities/new/resource/", "/account/"]  # fmt: skip
SIZES = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]


def problems(page: Page, axe: Callable[[Page], list[str]], address: str) -> list[str]:
    """What is wrong at one address: axe's findings, and a page wider than its window."""
    answer = page.goto(address)
    assert answer is not None
    found = axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        found.append(f"{wide} px wider than the window")
    if answer.status >= 400 and "not/here" not in address:
        found.append(f"status {answer.status}")
    return [f"{address} {problem}" for problem in found]


@pytest.mark.parametrize(("width", "theme"), SIZES)
@pytest.mark.parametrize("person", list(PAGES), ids=str)
def test_axe_finds_nothing(
    page_as: Callable[..., Page], axe: Any, person: str | None, width: int, theme: str
) -> None:
    page = page_as(person, width=width, theme=theme)
    found = []
    for address in PAGES[person]:
        found += problems(page, axe, address)
        if person in ("maya", "beatriz") and address in FIRST_LINKS:
            link = page.locator(FIRST_LINKS[address]).first
            target = link.get_attribute("href", timeout=2_000)
            assert target
            found += problems(page, axe, target)
    page.errors[:] = [e for e in page.errors if "404" not in e]  # type: ignore[attr-defined]
    assert not found, "\n".join(found)


def test_nothing_is_cut_at_four_times_the_size(page_as: Callable[..., Page]) -> None:
    """WCAG 1.4.10: 1280 px at 400 % are 320 px."""
    page = page_as("maya", width=320)
    wide = {}
    for address in NARROW:
        page.goto(address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert not any(extra > 0 for extra in wide.values()), wide


@pytest.mark.parametrize(("width", "theme"), SIZES)
@pytest.mark.parametrize("person", ["maya", "beatriz"])
def test_axe_finds_nothing_on_any_kind(
    page_as: Callable[..., Page], axe: Any, person: str, width: int, theme: str
) -> None:
    """Each kind's form, one page of it, and what the person offers or takes part in."""
    page = page_as(person, width=width, theme=theme)
    page.goto("/activities/new/")
    forms = hrefs(page, "main a[href^='/activities/new/']")
    kinds = [address.rstrip("/").rpartition("/")[2] for address in forms]
    page.goto("/activities/")
    addresses = forms + hrefs(page, ACTIVITY)[:6]
    for kind in kinds:
        page.goto(f"/explore/?kind={kind}")
        addresses += hrefs(page, ACTIVITY)[:1]
    assert len(kinds) >= 2
    assert len(addresses) > 2 * len(kinds)
    found = [each for address in dict.fromkeys(addresses) for each in problems(page, axe, address)]
    assert not found, "\n".join(found)


GROUP = ("", "questions/", "people/", "welcome/")
LOOKING_AFTER = (
    "", "members/", "members/file/", "requests/", "links/", "rules/", "rituals/", "health/",
)  # fmt: skip


@pytest.mark.parametrize(("width", "theme"), SIZES)
def test_axe_finds_nothing_in_a_group(
    page_as: Callable[..., Page], axe: Any, width: int, theme: str
) -> None:
    """A group that Sofia founds: its pages, and those of whoever looks after it."""
    page = page_as("sofia", width=width, theme=theme)
    found = problems(page, axe, "/groups/new/")
    page.get_by_role("textbox", name="Name").fill(f"Axe {width} {theme}")
    page.get_by_label("What it is for").fill("We look for what stands in the way")
    page.get_by_role("button", name="Begin it").click()
    page.wait_for_url("**/groups/0*/")
    home = page.url
    found += [each for name in GROUP for each in problems(page, axe, home + name)]
    desk = home + "settings/"
    found += [each for name in LOOKING_AFTER for each in problems(page, axe, desk + name)]
    page.goto(desk + "rules/")
    page.get_by_label("Language of their pages").select_option("pt")
    page.get_by_role("button", name="See who would join").click()
    page.get_by_role("heading", name="What these rules would do").wait_for()
    found += axe(page)
    assert not found, "\n".join(found)


def hrefs(page: Page, selector: str) -> list[str]:
    """Where these links lead, each once."""
    script = "links => links.map(link => link.getAttribute('href').split('#')[0])"
    return list(dict.fromkeys(page.locator(selector).evaluate_all(script)))


def test_axe_sees_a_planted_fault(page_as: Callable[..., Page], axe: Any) -> None:
    page = page_as(None)
    page.goto("/account/login/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert any("image-alt" in fault for fault in axe(page))
    page.errors.clear()  # type: ignore[attr-defined]


def test_a_blocked_style_is_noticed(page_as: Callable[..., Page]) -> None:
    page = page_as(None)
    page.goto("/account/login/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">planted</p>')"
    )
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in error for error in page.errors)  # type: ignore[attr-defined]
    page.errors.clear()  # type: ignore[attr-defined]
