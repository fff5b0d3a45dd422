"""Live pages: one stream for all tabs, nothing missed when it breaks, quiet words while away."""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from running import ROOT, Site

TABS = 8  # one more than a browser opens connections to one server, and one more
LISTEN = """([script, down]) => {
  const topic = "person:" + document.querySelector("out-box").getAttribute("person");
  const part = Object.assign(document.createElement("output"), { id: "heard", textContent: "0" });
  part.dataset.live = topic;
  part.addEventListener("live", () => (part.textContent = Number(part.textContent) + 1));
  const stream = document.createElement("live-stream");
  Object.assign(stream.dataset, { topics: topic, ticket: "/live/ticket/", down });
  document.querySelector("main").append(part, stream);
  if (!script) return topic;
  const loaded = Object.assign(document.createElement("script"), { type: "module", src: script });
  document.head.append(loaded);
  return topic;
}"""


def listen(page: Page) -> str:
    """Lets the page listen to its person, as the macro `ui.live` does; returns the topic."""
    built = json.loads((ROOT / "sapwood" / "static" / "assets.json").read_text())
    return str(page.evaluate(LISTEN, [f"/static/{built['live-stream.js']}", "Not live just now."]))


def publish(site: Site, topic: str, count: int = 1) -> None:
    """Something happens elsewhere."""
    code = f"from sapwood.live.publishing import publish_to; publish_to(['{topic}'] * {count}, 'x')"
    site.run("manage", "shell", "-v", "0", "-c", code)


def state(page: Page) -> Any:
    return page.locator("live-stream")


def is_live(page: Page) -> None:
    expect(state(page)).to_have_attribute("data-live-state", "live", timeout=15_000)


def heard_once_more(page: Page, before: str) -> None:
    expect(page.locator("#heard")).not_to_have_text(before, timeout=15_000)


SETTLED = 9  # seconds: the server takes a process that dies sooner as a crash loop, and stops


def serving_processes(site: Site) -> list[int]:
    """The processes of this server that answer pages."""
    port, found = str(urlsplit(site.url).port), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode().split("\0")
            name = (folder / "comm").read_text().strip()
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            above = (Path("/proc") / str(parent) / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if port in words and port in above and name != "sapwood-jobs":
            found.append(int(folder.name))
    return found


def test_eight_tabs_share_one_stream(site: Site, page_as: Callable[..., Page]) -> None:
    first = page_as("maya")
    asked: list[str] = []
    first.context.on("request", lambda request: asked.append(urlsplit(request.url).path))
    pages = [first, *(first.context.new_page() for _ in range(TABS - 1))]
    for page in pages:
        page.goto("/people/")
        topic = listen(page)
        is_live(page)
    assert asked.count("/live/") == 1, "each tab opened a stream of its own"
    publish(site, topic)
    for page in pages:
        heard_once_more(page, "0")
    # The tab that leads goes; another takes over, and nothing is missed between.
    first.close()
    publish(site, topic)
    for page in pages[1:]:
        expect(page.locator("#heard")).to_have_text("2", timeout=15_000)
    for page in pages[1:]:
        page.close()


def test_a_killed_server_is_come_back_to(site: Site, page_as: Callable[..., Page]) -> None:
    page = page_as("joana")
    page.goto("/people/")
    topic = listen(page)
    is_live(page)
    time.sleep(SETTLED)
    killed = serving_processes(site)
    assert len(killed) == 2
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    publish(site, topic)
    heard_once_more(page, "0")
    is_live(page)
    page.errors.clear()  # type: ignore[attr-defined]


def test_whoever_missed_too_much_looks_at_everything(
    site: Site, page_as: Callable[..., Page]
) -> None:
    page = page_as("beatriz")
    page.goto("/people/")
    topic = listen(page)
    is_live(page)
    page.evaluate("document.addEventListener('live:snapshot', () => (window.looked = true))")
    page.route("**/live/**", lambda route: route.abort())
    time.sleep(SETTLED)
    for pid in serving_processes(site):
        os.kill(pid, signal.SIGKILL)
    publish(site, topic, 201)
    expect(state(page)).to_have_attribute("data-live-state", "away", timeout=30_000)
    expect(state(page)).to_have_text("Not live just now.")
    page.unroute("**/live/**")
    page.evaluate("dispatchEvent(new Event('online'))")  # else it waits longer each time
    is_live(page)
    expect(state(page)).to_have_text("")
    assert page.evaluate("window.looked") is True
    heard_once_more(page, "0")
    page.errors.clear()  # type: ignore[attr-defined]


def test_signing_out_ends_the_stream(
    site: Site, open_page: Callable[..., Page], fresh_state: Callable[[str], Any]
) -> None:
    page = open_page(site.url, storage_state=fresh_state("sofia"))
    page.goto("/people/")
    listen(page)
    is_live(page)
    other = page.context.new_page()
    other.goto("/account/logout/")
    other.locator("form.row button.primary").click()
    other.wait_for_url("**/account/login/**")
    expect(state(page)).to_have_attribute("data-live-state", "over", timeout=15_000)
    page.errors.clear()  # type: ignore[attr-defined]
