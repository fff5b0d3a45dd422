"""The forms that matter work in a browser that runs no script at all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from running import Site

SAID = "Asked the plumber why the old joint never leaks"


@pytest.fixture
def plain(small_site: Site, open_page: Callable[..., Page]) -> Page:
    """Ana, signed in by a code that came by e-mail, without scripts."""
    page = open_page(small_site.url, java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Work e-mail").fill("ana@ardal.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(small_site.code_for("ana@ardal.example"))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".hello h1")).to_contain_text("Ana")
    return page


def test_what_matters_works_without_scripts(plain: Page) -> None:
    keep_a_moment(plain)
    keep_an_entry(plain)
    offer_read_and_finish(plain)


def keep_a_moment(page: Page) -> None:
    """The sheet is a page of its own; the guess is made when it is kept."""
    page.get_by_role("link", name="Add a moment").first.click()
    page.get_by_label("What did you learn, and from what?").fill(SAID)
    page.get_by_role("button", name="Keep this moment").click()
    row = page.locator("li.moment", has_text=SAID)
    expect(row).to_contain_text("Asking or answering a question")
    row.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Your rings were redrawn.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()


def keep_an_entry(page: Page) -> None:
    """Saved as a draft first, then kept."""
    page.get_by_role("link", name="Journal").first.click()
    page.get_by_label("Your words").fill("Lead and hemp.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_label("Your words")).to_have_value("Lead and hemp.")
    page.get_by_role("button", name="Keep entry").last.click()
    expect(page.locator(".entry-text")).to_contain_text("Lead and hemp.")


def offer_read_and_finish(page: Page) -> None:
    """An article written in a plain field, found in Explore and finished with a line."""
    page.goto("/activities/new/resource/")
    page.get_by_label("Title", exact=True).fill("Hemp and lead joints")
    page.get_by_label("The article").fill("Wind the hemp against the thread.")
    page.get_by_role("button", name="Publish now").click()
    page.goto("/explore/")
    page.get_by_role("searchbox").fill("hemp")
    page.get_by_role("button", name="Search").click()
    page.locator(".wall").get_by_role("link", name="Hemp and lead joints").click()
    page.get_by_label("What I took from it").fill("Against the thread, not with it.")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Finished", exact=True)).to_be_visible()
