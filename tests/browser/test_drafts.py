"""Forms without a draft on the server: this browser keeps their words until they are saved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from running import Site

TITLE = "Listening for a leak with a stick"
WORDS = "Put the stick on the valve and your ear on the stick."
NEW = "/activities/new/resource/"
COPIES = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"


@pytest.fixture
def author(page_as: Callable[..., Page]) -> Page:
    """Sofia at an article that she begins."""
    page = page_as("sofia")
    page.goto(NEW)
    return page


def title(page: Page) -> Locator:
    return page.get_by_label("Title", exact=True)


def article(page: Page) -> Locator:
    """The rich text, drawn by the editor."""
    return page.locator(".rt-page")


def note(page: Page) -> Locator:
    """What the keeper says it brought back."""
    return page.locator("form[enctype] draft-keeper")


def line(page: Page) -> Locator:
    """Under something to learn from."""
    return page.get_by_role("textbox", name="What I took from it")


def write(page: Page) -> None:
    """A title, a heading, a paragraph and a choice."""
    title(page).fill(TITLE)
    article(page).click()
    page.get_by_role("button", name="Heading", exact=True).click()
    page.keyboard.type("By ear")
    page.keyboard.press("Enter")
    page.keyboard.type(WORDS)
    page.get_by_label("Language").last.select_option("pt")
    expect(page.locator("[data-draft-state]")).to_have_text("Kept in this browser, not saved yet")


def test_the_first_letter_after_a_button_of_the_editor_is_kept(author: Page) -> None:
    """On a slow telephone too: the cursor is back before the next key can come."""
    article(author).click()
    heading = author.get_by_role("button", name="Heading", exact=True)
    heading.focus()
    at_once = "button => { button.click(); return document.activeElement.className; }"
    assert "rt-page" in heading.evaluate(at_once)


def closed_and_opened(page: Page, address: str = NEW) -> Page:
    """The same address in a new tab, after the first was closed without asking."""
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(address)
    return again


def is_back(page: Page) -> None:
    """All of it, and said in words."""
    expect(title(page)).to_have_value(TITLE)
    expect(article(page).locator("h2")).to_have_text("By ear")
    expect(article(page)).to_contain_text(WORDS)
    expect(page.locator("#id_language")).to_have_value("pt")
    expect(note(page)).to_contain_text(
        re.compile(r"We brought back what you had not saved at \d\d:\d\d\. .*Start over")
    )


def test_a_closed_tab_costs_no_word_and_saving_wipes_the_copy(author: Page) -> None:
    write(author)
    again = closed_and_opened(author)
    is_back(again)
    again.get_by_role("button", name="Keep as a draft").click()
    expect(again.locator("h1")).to_have_text(TITLE)
    expect(again.locator(".article h2")).to_have_text("By ear")
    assert again.evaluate(COPIES) == []
    again.goto(NEW)
    expect(title(again)).to_have_value("")
    expect(note(again)).to_be_hidden()


def test_what_was_brought_back_can_be_thrown_away_and_fetched_again(author: Page) -> None:
    write(author)
    again = closed_and_opened(author)
    is_back(again)
    note(again).get_by_role("button", name="Start over").click()
    expect(title(again)).to_have_value("")
    expect(article(again)).to_have_text("")
    assert again.evaluate(COPIES) == []
    note(again).get_by_role("button", name="Bring it back").click()
    is_back(again)
    note(again).get_by_role("button", name="Start over").click()
    again.reload()
    expect(title(again)).to_have_value("")


def test_a_refused_form_and_a_closed_tab_keep_the_words(author: Page) -> None:
    write(author)
    title(author).fill("")
    author.get_by_role("button", name="Keep as a draft").click()
    expect(author.locator(".errors")).to_be_visible()
    expect(article(author)).to_contain_text(WORDS)
    expect(note(author)).to_be_hidden()
    author.errors[:] = [e for e in author.errors if "422" not in e]  # type: ignore[attr-defined]
    again = closed_and_opened(author)
    expect(article(again)).to_contain_text(WORDS)
    expect(note(again)).to_contain_text("Start over")


def test_a_failed_upload_keeps_the_words_and_asks_for_the_file_again(author: Page) -> None:
    write(author)
    author.get_by_label("Add files").set_input_files(
        {"name": "stick.txt", "mimeType": "text/plain", "buffer": b"Ash, one metre and a half."}
    )
    author.route(f"**{NEW}", lambda route: route.abort())
    with author.expect_event("requestfailed"):
        author.get_by_role("button", name="Keep as a draft").click()
    author.errors.clear()  # type: ignore[attr-defined]
    author.unroute(f"**{NEW}")
    again = closed_and_opened(author)
    is_back(again)
    expect(note(again)).to_contain_text("Please choose the files again")


def test_no_network_and_a_lost_session_hold_the_form_back(
    author: Page, signed_in: Callable[[str], Any]
) -> None:
    write(author)
    state = author.locator("[data-draft-state]")
    author.context.set_offline(True)
    author.get_by_role("button", name="Keep as a draft").click()
    expect(state).to_contain_text("No connection, so this was not sent.")
    author.errors.clear()  # type: ignore[attr-defined]
    author.context.set_offline(False)
    own = author.context.cookies()
    author.context.clear_cookies()
    author.get_by_role("button", name="Keep as a draft").click()
    expect(state).to_contain_text("You were signed out.")
    door = state.get_by_role("link", name="Sign in again")
    expect(door).to_have_attribute("href", "/account/login/?next=%2Factivities%2Fnew%2Fresource%2F")
    expect(title(author)).to_have_value(TITLE)
    door.click()
    author.wait_for_url("**/account/login/**")
    author.context.add_cookies(own)
    author.goto(NEW)
    is_back(author)
    author.get_by_role("button", name="Keep as a draft").click()
    expect(author.locator("h1")).to_have_text(TITLE)


def test_another_person_in_the_same_browser_never_sees_it(
    author: Page, signed_in: Callable[[str], Any]
) -> None:
    write(author)
    own = author.context.cookies()
    author.context.clear_cookies()
    author.context.add_cookies(signed_in("maya")["cookies"])
    other = closed_and_opened(author)
    expect(article(other)).to_be_visible()
    expect(title(other)).to_have_value("")
    expect(other.locator("body")).not_to_contain_text("stick")
    title(other).fill("Reading a pump by its sound")
    article(other).fill("Lower means air.")
    other.get_by_role("button", name="Keep as a draft").click()
    expect(other.locator("h1")).to_have_text("Reading a pump by its sound")
    other.context.clear_cookies()
    other.context.add_cookies(own)
    is_back(closed_and_opened(other))


def test_signing_out_asks_and_takes_the_copy_along(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page(site.url)
    page.goto("/account/login/")
    page.locator("input[name=login]").fill("sofia@ardalwater.example")
    page.get_by_text("I have a password").click()
    page.locator("input[name=password]").fill("learning-at-work")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{site.url}/")
    page.goto("/profile/")
    page.get_by_label("ask me about", exact=False).fill("leaks, by ear")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("dialog")).to_contain_text("Something is only on this device")
    page.get_by_role("button", name="Delete it and sign out").click()
    page.wait_for_url("**/account/login/**")
    assert page.evaluate(COPIES) == []


def test_a_line_on_what_stayed_comes_back(page_as: Callable[..., Page]) -> None:
    page = page_as("maya")
    page.goto("/explore/?q=quiet+minutes")
    page.get_by_role("link", name="Fifteen quiet minutes").first.click()
    address = page.url
    line(page).fill("Ask the one who opened it last.")
    again = closed_and_opened(page, address)
    expect(line(again)).to_have_value("Ask the one who opened it last.")
    expect(again.locator("draft-keeper span")).to_contain_text("We brought back what you had not")
    again.get_by_role("button", name="Start over").click()
    assert again.evaluate(COPIES) == []


def test_a_line_of_the_story_comes_back(page_as: Callable[..., Page]) -> None:
    page = page_as("maya")
    page.goto("/rings/")
    page.locator(".edit-line").first.click()
    address, words = page.url, page.get_by_label("This line of your story")
    words.fill("It began with a pump that sang.")
    again = closed_and_opened(page, address)
    words = again.get_by_label("This line of your story")
    expect(words).to_have_value("It began with a pump that sang.")
    expect(again.locator("draft-keeper span")).to_contain_text("We brought back what you had not")
    again.get_by_role("button", name="Keep these words").click()
    expect(again.locator(".story")).to_contain_text("It began with a pump that sang.")
    assert again.evaluate(COPIES) == []


def test_a_change_to_a_moment_comes_back_and_is_sent_once(page_as: Callable[..., Page]) -> None:
    page = page_as("maya")
    page.goto("/moments/")
    address = str(page.locator("a[hx-get*='/edit/']").first.get_attribute("href"))
    page.locator("a[hx-get*='/edit/']").first.click()
    page.locator("li.editing textarea[name=title]").fill("Pump two sings a third lower.")
    again = closed_and_opened(page, address)
    words = again.locator("li.editing textarea[name=title]")
    expect(words).to_have_value("Pump two sings a third lower.")
    posts: list[str] = []
    again.on("request", lambda sent: posts.append(sent.method) if sent.method == "POST" else None)
    again.get_by_role("button", name="Keep change").click()
    expect(again.locator("li.editing")).to_have_count(0)
    expect(again.get_by_text("Pump two sings a third lower.").first).to_be_visible()
    assert posts == ["POST"]
    assert again.evaluate(COPIES) == []


def test_two_windows_with_one_entry_lose_no_word(page_as: Callable[..., Page]) -> None:
    one = page_as("sofia")
    one.goto("/journal/")
    one.get_by_label("Your words").fill("The first line of a page.")
    expect(one.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    two = one.context.new_page()
    two.goto("/journal/")
    expect(two.get_by_label("Your words")).to_have_value("The first line of a page.")
    one.get_by_label("Your words").fill("What the first window wrote.")
    expect(one.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    one.wait_for_function(f"() => {COPIES}.length === 0")
    two.get_by_label("Your words").fill("What the second window wrote.")
    clash = two.locator("[data-draft-clash]")
    expect(clash).to_contain_text("These words were also changed in another window.")
    other = two.get_by_label("The words from the other window")
    expect(other).to_have_value("What the first window wrote.")
    expect(two.get_by_label("Your words")).to_have_value("What the second window wrote.")
    two.get_by_role("button", name="Swap the two").click()
    expect(two.get_by_label("Your words")).to_have_value("What the first window wrote.")
    expect(other).to_have_value("What the second window wrote.")
    two.get_by_role("button", name="Swap the two").click()
    two.get_by_role("button", name="Go on with the page").click()
    expect(clash).to_be_hidden()
    expect(two.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    two.reload()
    expect(two.get_by_label("Your words")).to_have_value("What the second window wrote.")
    two.get_by_role("button", name="Throw the draft away").click()
