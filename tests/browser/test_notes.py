"""A note that two people write at once, and words that did not reach the server: all stay."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SEED = """
from uuid import uuid4
from sapwood.conversations.models import Membership
from sapwood.people.models import Person
from sapwood.spaces.models import Space
from sapwood.spaces.notes.saving import Words, begin
maya, sofia = (
    Person.objects.get(email=f"{name}@ardalwater.example") for name in ("maya", "sofia")
)
space = Space.objects.create(name="Listeners", openness="closed", founded_by=maya)
for person in (maya, sofia):
    Membership.objects.create(audience=space.audience, person=person)
html = "<h2>Sounds</h2><ol><li>Ticking.</li><li>Follow the pump.</li></ol><p>Ask Tom.</p>"
note = begin(space, Words("Ten sounds", html), by=maya, now=maya.now(), pk=uuid4())
print("note", note.pk)
"""


@pytest.fixture
def note(site: object) -> str:
    """The address of a note of Maya's and Sofia's."""
    told = site.run("manage", "shell", "-c", SEED)  # type: ignore[attr-defined]
    return f"/groups/notes/{re.search(r'note ([0-9a-f-]+)', told)[1]}/"  # type: ignore[index]


def editor(page: Page) -> object:
    """The text in the editor, not in the field that it replaces."""
    return page.locator("[contenteditable]").and_(page.get_by_role("textbox", name="What you know"))


def write_after(page: Page, words: str, more: str) -> None:
    """Types at the end of the line that ends with `words`."""
    editor(page).get_by_text(words).click()
    page.keyboard.press("End")
    page.keyboard.type(more)


def keep(page: Page) -> None:
    """By its button."""
    page.get_by_role("button", name="Keep the note").click()


def test_two_at_once_lose_nothing_and_choose(
    note: str, page_as: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    maya, sofia = page_as("maya"), page_as("sofia", width=390, theme="dark")
    for page in (maya, sofia):
        page.goto(note)
        page.get_by_role("link", name="Edit", exact=True).click()
        expect(editor(page)).to_be_visible()
    write_after(sofia, "Follow the pump.", " Believe the logger.")
    keep(sofia)
    expect(sofia.get_by_text("Kept as a new version.")).to_be_visible()
    write_after(maya, "Follow the pump.", " Write it down.")
    write_after(maya, "Ask Tom.", " At night.")
    keep(maya)
    expect(maya.get_by_role("heading", name="You and Sofia both changed line 3")).to_be_visible()
    expect(maya.get_by_text("Your other change goes in by itself.")).to_be_visible()
    assert axe(maya) == []
    both = maya.get_by_role("textbox", name="Line 3")
    expect(both).to_contain_text("Write it down.")
    expect(both).to_contain_text("Believe the logger.")
    both.click()
    maya.keyboard.press("Control+End")
    maya.keyboard.type(" Both.")
    maya.get_by_role("button", name="Keep what I chose").click()
    expect(maya.get_by_text("Kept. Both texts are in the history.")).to_be_visible()
    article = maya.locator(".article")
    for words in ("Believe the logger.", "Write it down.", "Both.", "At night."):
        expect(article).to_contain_text(words)
    assert maya.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:'))") == []
    maya.get_by_role("link", name="What changed last").click()
    expect(maya.locator("ins").first).to_be_visible()
    assert axe(maya) == []
    maya.errors.clear()  # type: ignore[attr-defined]  # the answer that asks is a 409


def test_words_that_did_not_reach_the_server_are_in_the_editor_again(
    note: str, page_as: Callable[..., Page]
) -> None:
    page = page_as("maya", service_workers="block")
    page.goto(f"{note}edit/")
    page.route("**/drafts/", lambda route: route.abort())
    write_after(page, "Ask Tom.", " Never lost.")
    expect(page.locator("[data-draft-state]")).to_contain_text("Kept in this browser, not sent")
    page.unroute("**/drafts/")
    page.goto(f"{note}edit/")
    expect(editor(page)).to_contain_text("Ask Tom. Never lost.")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    page.goto(f"{note}edit/")
    expect(editor(page)).to_contain_text("Never lost.")
    page.get_by_role("button", name="Throw the draft away").click()
    expect(editor(page)).not_to_contain_text("Never lost.")
    page.errors.clear()  # type: ignore[attr-defined]
