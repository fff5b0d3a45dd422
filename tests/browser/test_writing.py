"""What one writes is never lost: drafts on the server, in the browser, and after a lost session."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

BEGUN = "The night shift knows the valves better than the drawings do."
MORE = " I wrote it down before I forgot."


@pytest.fixture
def writer(page_as: Callable[..., Page]) -> Page:
    """Sofia at an empty page of her journal."""
    page = page_as("sofia")
    page.goto("/journal/")
    throw_away(page)
    return page


def throw_away(page: Page) -> None:
    """Whatever an earlier test left on the paper."""
    drafts = page.get_by_role("button", name="Throw the draft away")
    if drafts.count():
        drafts.click()
        page.goto("/journal/")
    expect(words(page)).to_have_value("")


def words(page: Page) -> object:
    """The paper."""
    return page.get_by_label("Your words")


def test_a_draft_keeps_itself_on_the_server(writer: Page, page_as: Callable[..., Page]) -> None:
    words(writer).fill(BEGUN)
    expect(writer.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    elsewhere = page_as("sofia", width=390)
    elsewhere.goto("/journal/")
    expect(words(elsewhere)).to_have_value(BEGUN)
    expect(elsewhere.get_by_text("You were in the middle of this.")).to_be_visible()


def test_a_page_closed_at_once_brings_its_words_back(writer: Page) -> None:
    words(writer).fill(BEGUN)
    again = writer.context.new_page()
    writer.close(run_before_unload=False)
    again.goto("/journal/")
    expect(words(again)).to_have_value(BEGUN)


def test_words_written_without_a_network_are_sent_later(writer: Page) -> None:
    writer.context.set_offline(True)
    words(writer).fill(BEGUN)
    state = writer.locator("[data-draft-state]")
    expect(state).to_contain_text("Kept in this browser, not sent")
    writer.context.set_offline(False)
    expect(state).to_contain_text("Draft saved at")
    writer.reload()
    expect(words(writer)).to_have_value(BEGUN)


def test_a_lost_session_costs_no_word(
    writer: Page, signed_in: Callable[[str], dict[str, list[dict[str, str]]]]
) -> None:
    words(writer).fill(BEGUN)
    expect(writer.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    own = writer.context.cookies()
    writer.context.clear_cookies()
    words(writer).fill(BEGUN + MORE)
    state = writer.locator("[data-draft-state]")
    expect(state).to_contain_text("You were signed out.")
    writer.get_by_role("button", name="Keep entry").last.click()
    expect(words(writer)).to_have_value(BEGUN + MORE)
    door = state.get_by_role("link", name="Sign in again").get_attribute("href")
    assert door == "/account/login/?next=%2Fjournal%2F"
    writer.context.add_cookies(own)
    writer.goto("/journal/")
    expect(words(writer)).to_have_value(BEGUN + MORE)
    expect(state).to_contain_text("Draft saved at")
    writer.get_by_role("button", name="Keep entry").last.click()
    expect(writer.locator(".entry-text")).to_contain_text(MORE.strip())
    assert writer.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:'))") == []
    writer.errors[:] = [e for e in writer.errors if "40" not in e]  # type: ignore[attr-defined]


def test_a_hundred_thousand_letters_are_all_there_again(writer: Page) -> None:
    long = "The valve. " * 9091
    words(writer).fill(long)
    expect(writer.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    writer.evaluate("localStorage.clear()")
    writer.reload()
    expect(words(writer)).to_have_value(long)
    writer.get_by_role("button", name="Keep entry").last.click()
    expect(writer.locator("#id_text_error")).to_contain_text("An entry holds up to 60,000")
    expect(words(writer)).to_have_value(long)
    writer.errors.clear()  # type: ignore[attr-defined]


def test_more_than_a_draft_holds_stays_in_the_browser(writer: Page) -> None:
    long = "The valve. " * 100_000
    words(writer).fill(long)
    state = writer.locator("[data-draft-state]")
    expect(state).to_contain_text("This browser keeps all of it")
    again = writer.context.new_page()
    writer.close(run_before_unload=False)
    again.goto("/journal/")
    expect(words(again)).to_have_value(long)
    again.get_by_role("button", name="Keep entry").last.click()
    expect(again.locator("[data-draft-state]")).to_contain_text("keep your words in two parts")
    expect(words(again)).to_have_value(long)
    again.evaluate("localStorage.clear()")
    again.close(run_before_unload=False)
    writer.errors.clear()  # type: ignore[attr-defined]
