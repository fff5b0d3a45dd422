"""Reading without a network: only where the person asked for it, until they sign out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from running import Site

SWITCH = "Let me read without a network"


@pytest.fixture
def maya(page_as: Callable[..., Page]) -> Page:
    """Maya's phone, with the service worker in charge."""
    page = page_as("maya", width=390)
    page.goto("/profile/")
    until(page, "!!navigator.serviceWorker.controller")
    return page


def until(page: Page, script: str) -> None:
    """Waits until the script gives true; `wait_for_function` needs what the CSP forbids."""
    for _turn in range(100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(script)


def switch_on(page: Page) -> None:
    page.goto("/profile/")
    page.get_by_label(SWITCH).check()
    expect(page.locator("read-offline")).to_contain_text("Your pages are kept on this device.")


def kept(page: Page) -> list[str]:
    """The addresses on this device."""
    return page.evaluate(
        "caches.open('reading').then(c => c.keys())"
        ".then(keys => keys.map(k => new URL(k.url).pathname))"
    )


def open_an_article(page: Page) -> str:
    """Opens the first article in Explore; gives its title."""
    page.goto("/explore/?kind=resource")
    page.locator("a[href^='/activities/0']").first.click()
    page.wait_for_url(re.compile("/activities/[0-9a-f-]+/"))
    until(page, "caches.match(location.pathname).then(kept => !!kept)")
    return page.locator("h1").inner_text()


def test_nothing_is_kept_until_asked_for(maya: Page) -> None:
    maya.goto("/")
    maya.goto("/moments/")
    assert kept(maya) == []
    maya.context.set_offline(True)
    maya.goto("/moments/")
    expect(maya.locator("h1")).to_have_text("No connection just now")
    expect(maya.locator("kept-list")).to_be_hidden()


def test_own_pages_and_articles_are_there_without_a_network(maya: Page) -> None:
    switch_on(maya)
    title = open_an_article(maya)
    article = maya.url
    maya.context.set_offline(True)
    maya.goto("/")
    expect(maya.locator("kept-page")).to_contain_text("No network. This is the page as it was")
    expect(maya.locator(".hello h1")).to_contain_text("Maya")
    maya.goto("/rings/")
    expect(maya.locator("h1")).to_contain_text("Your rings")
    maya.goto(article)
    expect(maya.locator("h1")).to_have_text(title)
    maya.goto("/people/")
    expect(maya.locator("h1")).to_have_text("No connection just now")
    maya.locator("kept-list").get_by_role("link", name=title).click()
    expect(maya.locator("h1")).to_have_text(title)
    maya.errors.clear()  # type: ignore[attr-defined]
    maya.context.set_offline(False)
    maya.locator("kept-page").get_by_role("link", name="See this page as it is now").click()
    expect(maya.locator("kept-page")).to_be_hidden()
    expect(maya.locator("h1")).to_have_text(title)


def test_signing_out_leaves_nothing(
    fresh_state: Callable[[str], Any], open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page(site.url, storage_state=fresh_state("maya"))
    page.goto("/")
    until(page, "!!navigator.serviceWorker.controller")
    switch_on(page)
    assert "/journal/" in kept(page)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/account/"))
    assert page.evaluate("caches.has('reading')") is False


def test_the_next_person_on_this_device_finds_nothing(
    maya: Page, signed_in: Callable[[str], dict[str, list[dict[str, str]]]]
) -> None:
    switch_on(maya)
    maya.context.clear_cookies()
    maya.context.add_cookies(signed_in("sofia")["cookies"])
    maya.goto("/")
    until(maya, "caches.has('reading').then(has => !has)")
    maya.context.set_offline(True)
    maya.goto("/moments/")
    expect(maya.locator("h1")).to_have_text("No connection just now")
