"""Push in a real browser: what a push service hands over becomes a notice on the device."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag, data }) => [title, body, tag, data.link])"""


def test_a_message_is_shown_and_no_other_origin_is_opened(page_as: Callable[..., Page]) -> None:
    page = page_as("maya")
    page.context.grant_permissions(["notifications"])
    page.goto("/inbox/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    worker = page.context.new_cdp_session(page)
    seen: list[str] = []
    worker.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: seen.extend(each["registrationId"] for each in told["registrations"]),
    )
    worker.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    said = {"title": "Tomás named you", "body": "“Pump”", "tag": "t1", "link": "/inbox/"}
    for text in (json.dumps(said), json.dumps({"body": "no title"})):
        worker.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": page.url.removesuffix("/inbox/"), "registrationId": seen[0], "data": text},
        )
    page.wait_for_function(f"() => ({SHOWN})().then((all) => all.length > 0)")
    assert page.evaluate(SHOWN) == [["Tomás named you", "“Pump”", "t1", "/inbox/"]]


def test_the_switch_says_what_this_browser_lets_it_do(page_as: Callable[..., Page]) -> None:
    page = page_as("maya")
    page.goto("/inbox/")
    switch = page.locator("push-switch")
    expect(switch).to_be_visible()
    expect(switch.get_by_role("switch")).not_to_be_checked()
    switch.get_by_role("switch").click()  # a test browser forbids notices
    expect(switch.locator("output")).to_contain_text("Allow them in its settings first")
    expect(switch.get_by_role("switch")).not_to_be_checked()
