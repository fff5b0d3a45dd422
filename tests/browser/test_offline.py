"""A moment written without a network is kept in the browser and sent once on return."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SAID = "The 1994 drawing has the bypass on the wrong side. Marked it in red."


@pytest.fixture
def maya(page_as: Callable[..., Page]) -> Page:
    """Maya's phone, with the service worker in charge and an empty outbox."""
    page = page_as("maya", width=390)
    page.goto("/moments/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def go_offline(page: Page) -> None:
    page.context.set_offline(True)


def come_back(page: Page) -> None:
    page.errors.clear()  # type: ignore[attr-defined]
    page.context.set_offline(False)


def write(page: Page, words: str) -> None:
    page.locator("#id_title").fill(words)
    page.locator("form:has(#id_title) .primary").click()


def open_sheet(page: Page) -> None:
    page.locator(".tabbar .add").click()
    expect(page.locator("dialog.rise")).to_be_visible()


def test_written_in_the_open_sheet_and_sent_once_on_return(maya: Page) -> None:
    open_sheet(maya)
    go_offline(maya)
    write(maya, f"{SAID} One.")
    expect(maya.locator("out-box .banner")).to_contain_text(
        "No signal. 1 moment is on this device, not sent yet."
    )
    expect(maya.locator("dialog.rise")).to_have_count(0)
    come_back(maya)
    expect(maya.locator("out-box .banner")).to_be_hidden()
    expect(maya.locator("li.moment", has_text=f"{SAID} One.")).to_have_count(1)
    maya.reload()
    expect(maya.locator("li.moment", has_text=f"{SAID} One.")).to_have_count(1)


def test_words_written_while_the_device_keeps_others_are_a_moment_of_their_own(maya: Page) -> None:
    go_offline(maya)
    maya.goto("/moments/new/")
    expect(maya.locator("h1")).to_have_text("No connection just now")
    maya.locator("#id_title").evaluate(
        """(title, all) => all.forEach(words => {
            title.value = words;
            title.form.querySelector(".primary").click();
        })""",
        [f"{SAID} At once.", f"{SAID} And again."],
    )
    expect(maya.locator("out-box .banner")).to_contain_text("2 moments are on this device")
    come_back(maya)
    maya.goto("/moments/")
    expect(maya.locator("out-box .banner")).to_be_hidden()
    maya.reload()
    for words in ("At once.", "And again."):
        expect(maya.locator("li.moment", has_text=f"{SAID} {words}")).to_have_count(1)


def test_a_cold_start_without_network_has_the_form(maya: Page) -> None:
    go_offline(maya)
    maya.goto("/moments/new/?title=Shared&url=https://example.org/pumps")
    expect(maya.locator("h1")).to_have_text("No connection just now")
    expect(maya.locator("#id_title")).to_have_value("Shared https://example.org/pumps")
    write(maya, f"{SAID} Two.")
    write(maya, f"{SAID} Three.")
    expect(maya.locator("out-box .banner")).to_contain_text("2 moments are on this device")
    maya.locator("out-box summary").click()
    expect(maya.locator(".unsent li")).to_have_count(2)
    maya.locator(".unsent li", has_text="Three.").get_by_role("button", name="Delete").click()
    expect(maya.locator(".unsent li")).to_have_count(1)
    come_back(maya)
    maya.goto("/moments/")
    expect(maya.locator("out-box .banner")).to_be_hidden()
    maya.goto("/moments/?q=1994+two")
    expect(maya.locator("li.moment", has_text="Two.")).to_have_count(1)
    maya.goto("/moments/?q=1994+three")
    expect(maya.locator("li.moment", has_text="Three.")).to_have_count(0)


def test_what_the_server_refuses_waits_and_can_be_changed(maya: Page) -> None:
    go_offline(maya)
    maya.goto("/moments/new/")
    maya.locator("label", has_text="Another day").click()
    maya.locator("#id_day").fill("2999-01-01")
    write(maya, f"{SAID} Four.")
    expect(maya.locator("out-box .banner")).to_contain_text("1 moment is on this device")
    come_back(maya)
    maya.goto("/moments/")
    maya.locator("out-box summary").click()
    expect(maya.locator(".unsent")).to_contain_text("Not taken yet: That day has not come yet.")
    maya.errors.clear()  # type: ignore[attr-defined]
    maya.locator(".unsent").get_by_role("button", name="Edit").click()
    expect(maya.locator("#id_title")).to_have_value(f"{SAID} Four.")
    maya.locator("label", has_text="Yesterday").click()
    maya.locator("form:has(#id_title) .primary").click()
    maya.wait_for_url(re.compile("/moments/$"))
    expect(maya.locator("out-box .banner")).to_be_hidden()
    expect(maya.locator("li.moment", has_text="Four.")).to_have_count(1)


def test_signed_out_keeps_the_queue_and_another_person_never_sees_it(
    maya: Page, signed_in: Callable[[str], dict[str, list[dict[str, str]]]]
) -> None:
    go_offline(maya)
    maya.goto("/moments/new/")
    write(maya, f"{SAID} Five.")
    expect(maya.locator("out-box .banner")).to_contain_text("1 moment")
    own = maya.context.cookies()
    maya.context.clear_cookies()
    come_back(maya)
    maya.goto("/account/login/")
    expect(maya.locator("out-box .banner")).to_contain_text("Sign in to send them.")
    expect(maya.locator("body")).not_to_contain_text("1994 drawing")
    maya.context.add_cookies(signed_in("sofia")["cookies"])
    maya.goto("/moments/")
    expect(maya.locator("out-box .banner")).to_be_hidden()
    expect(maya.locator("body")).not_to_contain_text("1994 drawing")
    maya.context.clear_cookies()
    maya.context.add_cookies(own)
    maya.goto("/moments/")
    expect(maya.locator("out-box .banner")).to_be_hidden()
    maya.goto("/moments/?q=1994+five")
    expect(maya.locator("li.moment", has_text="Five.")).to_have_count(1)


def test_a_draft_survives_leaving_and_signing_out_asks(maya: Page) -> None:
    open_sheet(maya)
    maya.locator("#id_title").fill("Half a thought about valves")
    maya.keyboard.press("Escape")
    maya.reload()
    open_sheet(maya)
    expect(maya.locator("#id_title")).to_have_value("Half a thought about valves")
    expect(maya.locator("#guess")).not_to_be_empty()
    maya.keyboard.press("Escape")
    maya.locator(".menu summary").click()
    maya.get_by_role("button", name="Sign out").click()
    expect(maya.get_by_role("dialog")).to_contain_text("Something is only on this device")
    maya.get_by_role("button", name="Stay signed in").click()
    assert maya.evaluate("localStorage.length") > 0
    maya.evaluate("localStorage.clear()")


def test_ctrl_enter_keeps_and_the_list_grows_where_it_stands(page_as: Callable[..., Page]) -> None:
    page = page_as("maya")
    page.goto("/moments/")
    page.wait_for_function("document.readyState === 'complete'")
    page.get_by_role("link", name="Add a moment").first.click()
    expect(page.locator("dialog.rise")).to_be_visible()
    page.locator("#id_title").fill("Kept with two keys only")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Kept for today. Only you can see it.")
    row = page.locator("li.moment", has_text="Kept with two keys only")
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Delete").click()
    expect(page.locator("li.gone")).to_contain_text("Your rings were redrawn.")
    page.locator("li.gone").get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)


def test_an_expired_session_gives_the_words_back_after_sign_in(maya: Page) -> None:
    open_sheet(maya)
    maya.locator("#id_title").fill("Written while the session ended")
    maya.locator("label", has_text="Yesterday").click()
    own = maya.context.cookies()
    maya.context.clear_cookies()
    maya.locator("dialog.rise .primary").click()
    maya.wait_for_url(re.compile(r"/account/login/\?next=/moments/new/"))
    maya.errors.clear()  # type: ignore[attr-defined]
    maya.context.add_cookies(own)
    maya.goto("/moments/new/")
    expect(maya.locator("#id_title")).to_have_value("Written while the session ended")
    expect(maya.get_by_label("Yesterday")).to_be_checked()
    maya.locator("form:has(#id_title) .primary").click()
    maya.wait_for_url(re.compile("/moments/$"))
    expect(maya.locator("li.moment", has_text="while the session ended")).to_have_count(1)


def test_a_token_that_is_too_old_is_renewed_on_the_way(maya: Page) -> None:
    open_sheet(maya)
    maya.locator("#id_title").fill("Kept with a fresh token")
    maya.context.clear_cookies(name="csrf")
    maya.locator("dialog.rise .primary").click()
    expect(maya.locator("kept-moment")).to_contain_text("Only you can see it.")
    maya.errors.clear()  # type: ignore[attr-defined]
    expect(maya.locator("li.moment", has_text="Kept with a fresh token")).to_have_count(1)
