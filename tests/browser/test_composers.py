"""Boxes whose words are sent: sent once and never lost, by a whole page or by a piece of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

FIRST = "Which valve was it?"
SECOND = "And who knew about it?"
COPIES = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"
SAVED = "Draft saved at"


def box(page: Page) -> object:
    """Where Maya answers."""
    return page.get_by_label("Your reply")


def state(page: Page) -> object:
    """How things stand with the words."""
    return page.locator("draft-keeper [data-draft-state]")


def send(page: Page) -> None:
    """By its button."""
    page.get_by_role("button", name="Send to Owen").click()


def sent(page: Page) -> list[str]:
    """What Maya has sent so far."""
    return page.locator("#replies").locator("xpath=../..").locator(".entry-text").all_inner_texts()


@pytest.fixture
def reader(page_as: Callable[..., Page]) -> Page:
    """Maya at an entry that Owen showed her."""
    page = page_as("maya", service_workers="block")  # it would answer before a route does
    page.goto("/shared-with-you/")
    page.locator("main a[href^='/journal/0']").first.click()
    yield page
    page = page if not page.is_closed() else page.context.pages[-1]
    page.goto(page.url)
    while (button := page.get_by_role("button", name="Delete your reply")).count():
        button.first.click()


def by_piece(route: Route) -> None:
    """The same page, with a form that htmx sends and a keeper that the answer replaces."""
    answer = route.fetch()
    html = re.sub(
        r'<form\s+class="stack gap-3 mt-4"',
        '<form hx-post="" hx-target="closest draft-keeper" hx-select="draft-keeper"'
        ' hx-swap="outerHTML" class="stack gap-3 mt-4"',
        answer.text(),
    )
    if action := re.search(r'action="(/journal/[^"]+/replies/)"', html):
        html = html.replace('hx-post=""', f'hx-post="{action[1]}"')
    route.fulfill(response=answer, body=html)


def test_what_was_sent_leaves_an_empty_box_and_no_copy(reader: Page) -> None:
    before = len(sent(reader))
    box(reader).fill(FIRST)
    expect(state(reader)).to_contain_text(SAVED)
    send(reader)
    expect(reader.get_by_text(FIRST)).to_be_visible()
    expect(box(reader)).to_have_value("")
    assert len(sent(reader)) == before + 1
    assert reader.evaluate(COPIES) == []


def test_a_piece_that_htmx_sends_goes_once_and_the_next_is_new(reader: Page) -> None:
    before = len(sent(reader))
    reader.route("**/journal/*/", by_piece)
    reader.reload()
    expect(reader.locator("form[hx-post]")).to_have_count(1)
    posts: list[str] = []
    reader.on("request", lambda r: posts.append(r.url) if r.url.endswith("/replies/") else None)
    for words in (FIRST, SECOND):
        box(reader).fill(words)
        send(reader)
        expect(box(reader)).to_have_value("")
        reader.wait_for_function(f"!{COPIES}.length")
    assert len(posts) == 2
    reader.unroute("**/journal/*/")
    reader.reload()
    assert len(sent(reader)) == before + 2
    expect(box(reader)).to_have_value("")


def test_a_second_window_neither_sends_twice_nor_loses_words(reader: Page) -> None:
    before = len(sent(reader))
    box(reader).fill(FIRST)
    expect(state(reader)).to_contain_text(SAVED)
    two, three = reader.context.new_page(), reader.context.new_page()
    for page in (two, three):
        page.goto(reader.url)
        expect(box(page)).to_have_value(FIRST)
    send(reader)
    expect(box(reader)).to_have_value("")
    send(two)  # the same words
    expect(state(two)).to_have_text("These words were sent already.")
    expect(box(two)).to_have_value("")
    box(three).fill(f"{FIRST} {SECOND}")  # others
    send(three)
    expect(state(three)).to_contain_text("This is a draft of its own now.")
    send(three)
    expect(three.get_by_text(f"{FIRST} {SECOND}")).to_be_visible()
    assert len(sent(three)) == before + 2
    assert three.evaluate(COPIES) == []


def test_an_answer_that_was_lost_is_the_same_sending_again(reader: Page) -> None:
    before = len(sent(reader))
    reader.route("**/journal/*/", by_piece)
    reader.reload()
    expect(reader.locator("form[hx-post]")).to_have_count(1)

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    reader.route("**/replies/", lose)
    box(reader).fill(FIRST)
    with reader.expect_event("requestfailed"):
        send(reader)
    expect(box(reader)).to_have_value(FIRST)
    reader.unroute("**/replies/")
    send(reader)
    expect(box(reader)).to_have_value("")
    reader.unroute("**/journal/*/")
    reader.reload()
    assert len(sent(reader)) == before + 1
    reader.errors.clear()  # type: ignore[attr-defined]
