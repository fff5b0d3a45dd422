"""Photos, files and players, tried on the page of parts, which frames nothing from elsewhere."""

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), (30, 110, 90)).save(out, "PNG")
    return out.getvalue()


PNG = _png()
PHOTO = {"name": "pump.png", "mimeType": "image/png", "buffer": PNG}
PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 \n"}
BAD = {"name": "tool.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00"}


@pytest.fixture
def drop(page_as: Callable[..., Page]) -> Locator:
    """The place for files, told where files go."""
    page = page_as("nadia")
    page.goto("/design/#links")
    part = page.locator("[data-theme=light] form:not(.compose) file-drop")
    part.evaluate("""part => {
        part.setAttribute("send", "/uploads/files/");
        part.setAttribute("look", "/uploads/mine/");
        part.setAttribute("largest", 20 * 1024 * 1024);
    }""")
    return part


def ids(drop: Locator) -> list[str]:
    return drop.locator("input[name=uploads]").input_value().split()


def choose(drop: Locator, *files: dict[str, Any]) -> None:
    drop.locator("input[type=file]").set_input_files(list(files))


def test_chosen_files_go_at_once_and_come_back(drop: Locator) -> None:
    choose(drop, PHOTO, PLAN)
    rows = drop.get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("pump.webp")
    expect(rows.nth(1)).to_contain_text("plan.pdf")
    expect(drop.get_by_role("progressbar")).to_have_count(0)
    kept = ids(drop)
    assert len(kept) == 2
    rows.nth(0).get_by_label("What does it show?").fill("A pump")
    with drop.page.expect_response(re.compile("/words/$")) as said:
        rows.nth(1).get_by_role("button").focus()
    assert said.value.status == 204
    drop.evaluate("part => part.querySelector('ul').replaceChildren()")
    drop.locator("input[name=uploads]").dispatch_event("refill")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).get_by_label("What does it show?")).to_have_value("A pump")
    assert ids(drop) == kept


def test_files_are_taken_away_by_keyboard(drop: Locator) -> None:
    choose(drop, PHOTO, PLAN)
    rows = drop.get_by_role("listitem")
    expect(rows.nth(1)).to_contain_text("KB")
    expect(rows.nth(0)).to_contain_text("KB")
    drop.get_by_role("button", name="Take away: pump.webp").focus()
    drop.page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(drop.get_by_role("button", name="Take away: plan.pdf")).to_be_focused()
    drop.page.keyboard.press("Enter")
    expect(rows).to_have_count(0)
    expect(drop.locator("input[type=file]")).to_be_focused()
    assert ids(drop) == []


def test_what_is_refused_says_why_and_is_not_attached(drop: Locator) -> None:
    choose(drop, BAD)
    expect(drop.get_by_role("listitem")).to_contain_text("We take pictures")
    assert ids(drop) == []
    drop.page.errors.clear()  # type: ignore[attr-defined]  # the browser notes the 422
    choose(drop, *[PLAN] * 11)
    expect(drop.get_by_role("alert")).to_contain_text("Ten photos and files at most")
    expect(drop.get_by_role("listitem")).to_have_count(10)


def test_a_lost_line_is_tried_again(drop: Locator) -> None:
    drop.page.context.set_offline(True)
    choose(drop, PLAN)
    expect(drop.get_by_role("listitem")).to_contain_text("could not be sent")
    drop.page.context.set_offline(False)
    drop.get_by_role("button", name="Try again").click()
    expect(drop.get_by_role("listitem")).to_contain_text("KB")
    assert len(ids(drop)) == 1


def test_a_form_waits_for_what_is_on_its_way(drop: Locator) -> None:
    drop.evaluate("""part => {
        const form = part.closest("form");
        form.append(Object.assign(document.createElement("button"), {textContent: "Send it"}));
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            form.dataset.sent = form.elements.uploads.value;
        });
    }""")
    held: list[Any] = []
    drop.page.route("**/uploads/files/", lambda route: held.append(route))
    choose(drop, PLAN)
    expect(drop.get_by_role("progressbar")).to_be_visible()
    form = drop.locator("xpath=..")
    drop.page.get_by_role("button", name="Send it").click()
    expect(drop.get_by_role("alert")).to_contain_text("on their way")
    expect(form).not_to_have_attribute("data-sent", re.compile(".*"))
    held[0].continue_()
    expect(form).to_have_attribute("data-sent", re.compile("[0-9a-f-]{36}"))


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_may_be_pasted_or_dropped(drop: Locator, way: str) -> None:
    drop.evaluate(
        """(part, [way, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], "image.png", {type: "image/png"}));
        const event = way === "paste"
            ? new ClipboardEvent("paste", {clipboardData: transfer, cancelable: true})
            : new DragEvent("drop", {dataTransfer: transfer, cancelable: true});
        part.closest("form").dispatchEvent(event);
    }""",
        [way, base64.b64encode(PNG).decode()],
    )
    name = "Pasted picture.webp" if way == "paste" else "image.webp"
    expect(drop.get_by_role("listitem")).to_contain_text(name)
    expect(drop.get_by_role("listitem")).to_contain_text("KB")


def test_without_scripts_it_is_a_field_for_files(page_as: Callable[..., Page]) -> None:
    page = page_as("nadia", java_script_enabled=False)
    page.goto("/design/")
    side = page.locator("#links [data-theme=light]")
    expect(side.get_by_label("Photo or file")).to_have_attribute("name", "files")
    expect(side.get_by_role("button", name="Play here")).to_have_count(0)
    expect(side.get_by_role("link", name="Open on vimeo.com")).to_be_visible()


def test_a_player_is_loaded_only_after_the_reader_asked(page_as: Callable[..., Page]) -> None:
    page = page_as("nadia")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/design/#links")
    light, dark = (
        page.locator(f"[data-theme={theme}] embed-consent") for theme in ("light", "dark")
    )
    expect(light).to_contain_text("vimeo.com, which will see your address")
    expect(page.locator("iframe")).to_have_count(0)
    light.get_by_role("button", name="Play here").click()
    frame = light.locator("iframe")
    expect(frame).to_have_attribute("src", re.compile(r"^https://player\.vimeo\.com/"))
    expect(frame).to_have_attribute("referrerpolicy", "no-referrer")
    expect(frame).to_have_attribute("sandbox", "allow-scripts allow-same-origin allow-presentation")
    expect(dark.locator("iframe")).to_have_count(0)
    page.wait_for_timeout(300)
    errors: list[str] = page.errors  # type: ignore[attr-defined]
    assert any("frame" in error.lower() for error in errors), "this page may frame nothing"
    assert not [url for url in asked if "vimeo" in url]
    light.get_by_role("button", name="Always play vimeo.com here").click()
    expect(dark.locator("iframe")).to_have_count(1)
    page.reload()
    expect(page.locator("#links iframe")).to_have_count(2)
    dark.get_by_role("button", name="Ask me again").click()
    expect(page.locator("#links iframe")).to_have_count(0)
    expect(dark.get_by_role("button", name="Play here")).to_be_focused()
    errors.clear()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_part_reads_well(
    page_as: Callable[..., Page], axe: Callable[[Page], list[str]], width: int
) -> None:
    page = page_as("nadia", width=width)
    page.goto("/design/")
    expect(page.get_by_role("button", name="Play here").first).to_be_visible()
    assert [line for line in axe(page) if re.search("embed-|link-note|file-", line)] == []
