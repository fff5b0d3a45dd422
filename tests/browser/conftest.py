"""A real server with the sample organisation, and browsers signed in as its people."""

import functools
import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from running import RESULTS, ROOT, Site, own_database, serving

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "learning-at-work"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
expect.set_options(timeout=10_000)  # two cores may be busy with other things
SEED = """
from sapwood.demo import loading
loading.load_sample(open_doors=True)
loading.name_the_organisation()
"""

SMALL = """
from sapwood.people.models import Organisation, Person
Organisation(name="Ardal Water", time_zone="Europe/Lisbon").finish_setup()
for name in ("Ana", "Bruno", "Clara", "Dinis"):
    Person.objects.create_user(f"{name.lower()}@ardal.example", name=f"{name} Sá", language="en")
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`sapwood serve` with the sample organisation; its log is kept in test-results."""
    folder = tmp_path_factory.mktemp("sample")
    with own_database(folder) as database_url, serving(folder, database_url, seed=SEED) as running:
        yield running


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Four people and nothing else: ana, bruno, clara and dinis come in by a code alone."""
    folder = tmp_path_factory.mktemp("small")
    with own_database(folder) as database_url, serving(folder, database_url, seed=SMALL) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def fresh_state(site: Site, browser: Browser) -> Callable[[str], Any]:
    """The cookies of someone who comes in through the door now, with a session of their own."""

    def state(person: str) -> Any:
        page = browser.new_page(base_url=site.url)
        page.goto("/account/login/")
        page.locator("input[name=login]").fill(f"{person}@ardalwater.example")
        page.get_by_text("I have a password").click()
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{site.url}/")
        found = page.context.storage_state()
        page.context.close()
        return found

    return state


@pytest.fixture(scope="session")
def signed_in(fresh_state: Callable[[str], Any]) -> Callable[[str], Any]:
    """The cookies of maya, sofia, beatriz, nadia or joana, the same for every test."""
    return functools.cache(fresh_state)


def is_fault(message: ConsoleMessage) -> bool:
    """An error on the console, other than that the test itself took the network away."""
    return message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`open_page(url, width=390, theme="dark", locale="pt-PT")`: a page of a browser of its own.

    At the end of the test no page may have reported an error or a blocked script or style; a test
    that expects one takes it off `page.errors`.
    """
    contexts: list[BrowserContext] = []
    pages: list[Page] = []

    def open_page(url: str, *, width: int = 1440, theme: str = "light", **more: Any) -> Page:
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 844 if width < 700 else 900},
            color_scheme=theme,  # type: ignore[arg-type]
            has_touch=width < 700,
            **{"locale": "en-GB", "timezone_id": "Europe/Lisbon", **more},
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        errors: list[str] = []
        page.errors = errors  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if is_fault(m) else None)
        pages.append(page)
        return page

    yield open_page
    failed = getattr(request.node, "failed", False)
    for number, page in enumerate(pages):
        if failed and not page.is_closed():
            RESULTS.mkdir(exist_ok=True)
            name = request.node.name.replace("/", "_")
            page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
            print(f"page {number} shows {page.url}:", page.locator("main").all_inner_texts())
            print(*page.errors, sep="\n")  # type: ignore[attr-defined]
    errors = [error for page in pages for error in page.errors]  # type: ignore[attr-defined]
    for context in contexts:
        context.close()
    assert failed or errors == []


@pytest.fixture
def page_as(
    site: Site, signed_in: Callable[[str], Any], open_page: Callable[..., Page]
) -> Callable[..., Page]:
    """`page_as("maya", width=390)`: a page of the sample site; None for someone signed out."""

    def open_as(person: str | None, **more: Any) -> Page:
        return open_page(site.url, storage_state=signed_in(person) if person else None, **more)

    return open_as


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Tells the fixtures whether the test failed."""
    report = yield
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong on a page: rule and first element, one line each; WCAG 2.2 A and AA."""
    source = AXE.read_text()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = json.dumps({"runOnly": tags, "resultTypes": ["violations"]})

    def look(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(f"axe.run(document, {options})")
        return [
            f"{violation['id']}: {node['target']} {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"][:3]
        ]

    return look
