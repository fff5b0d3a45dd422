"""Three people at once: asking, answering, naming, accepting; a letter, and an answer by e-mail."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from letterbox import Mailbox, answer, receiving
from playwright.sync_api import Page, expect
from running import Site, own_database, serving

from conftest import PASSWORD, SEED

DOOR = re.compile("password|palavra-passe", re.IGNORECASE)
QUESTION = "Which valve feeds the old hospital?"
# Everybody works all day and all week here, so that letters need not wait for the morning.
AWAKE = """
from datetime import time
from sapwood.people.models import Person
from sapwood.notify.models import Preference, Quiet
Person.objects.update(working_days="0123456", created_at="2020-01-01T00:00:00Z")
joana = Person.objects.get(email="joana@ardalwater.example")
Quiet.objects.create(person=joana, hours_from=time(0), hours_to=time(0))
Preference.objects.create(person=joana, group="you", channel="email", rhythm="at_once")
"""


@pytest.fixture(scope="module")
def talking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Mailbox, int]]:
    """The sample organisation with mail both ways: the site, the mailbox, the door for answers."""
    folder = tmp_path_factory.mktemp("talking")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        door = probe.getsockname()[1]
    with receiving(folder) as box, own_database(folder) as database_url:
        more = {
            "SAPWOOD_MAIL_DIR": "",
            "SMTP_URL": f"smtp://localhost:{box.port}",
            "SSL_CERT_FILE": str(box.certificate),
            "SAPWOOD_REPLY_ADDRESS": "reply@learn.example.org",
            "SAPWOOD_INBOUND": f"smtp://127.0.0.1:{door}",
        }
        with serving(folder, database_url, seed=SEED + AWAKE, **more) as site:
            yield site, box, door


@pytest.fixture
def enter(talking: Any, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """`enter("maya", width=390)`: a page of somebody who comes in by the door."""

    def entered(name: str, **more: Any) -> Page:
        page = open_page(talking[0].url, **more)
        page.goto("/account/login/")
        page.locator("input[name=login]").fill(f"{name}@ardalwater.example")
        page.locator(
            "summary", has_text=re.compile("password|palavra-passe", re.IGNORECASE)
        ).click()
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{talking[0].url}/")
        return page

    return entered


def group(page: Page) -> None:
    """Goes to Leak Detectives by the main places."""
    page.goto("/groups/")
    page.get_by_role("link", name="Leak Detectives").first.click()


def test_three_people_talk(talking: Any, enter: Callable[..., Page], axe: Any) -> None:
    _site, box, door = talking
    joana = enter("joana", width=390, theme="dark", locale="pt-PT")
    group(joana)
    joana.get_by_role("button", name="Entrar").click()
    sofia, maya = enter("sofia"), enter("maya", theme="dark")
    group(maya)
    group(sofia)

    # Sofia asks, by keyboard; Maya sees it come without loading the page again.
    sofia.get_by_label("A question").check()
    sofia.get_by_label("Your question, in one line").fill(QUESTION)
    sofia.keyboard.press("Tab")
    sofia.keyboard.type("The drawing ends at the chapel.")
    sofia.get_by_role("button", name=re.compile("^Post to")).focus()
    sofia.keyboard.press("Enter")
    expect(sofia.get_by_role("heading", level=1)).to_have_text(QUESTION)
    maya.get_by_role("link", name=QUESTION).click()

    # Maya names Joana: the list of names, chosen by keyboard.
    box_of_maya = maya.get_by_label("Your answer")
    box_of_maya.press_sequentially("Ask @Joana Fig", delay=30)
    expect(maya.get_by_role("option", name=re.compile("Joana Figueiredo"))).to_be_visible()
    maya.keyboard.press("Enter")
    maya.keyboard.type("she walked it in May.")
    maya.get_by_role("button", name="Answer Sofia").click()
    said = sofia.get_by_text("she walked it in May.")
    expect(said).to_be_visible()
    assert axe(sofia) == []
    sofia.get_by_role("button", name="This worked").click()
    expect(maya.get_by_text("Accepted by Sofia")).to_be_visible()
    assert axe(maya) == []

    # Joana finds the notice on her phone, and the letter in her mailbox; she answers the letter.
    joana.goto("/inbox/")
    expect(joana.get_by_text(QUESTION).first).to_be_visible()
    assert axe(joana) == []
    letter = box.wait_for("joana@", QUESTION)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer(letter, "É a válvula 31, atrás do muro.", door=door)
    for page in (sofia, maya):
        expect(page.get_by_text("É a válvula 31, atrás do muro.")).to_be_visible(timeout=20_000)
        expect(page.get_by_text("Sapwood wrote")).to_have_count(0)


def test_a_reaction_keeps_its_place_and_is_counted(enter: Callable[..., Page]) -> None:
    page = enter("maya", width=390)
    group(page)
    post = page.locator("article.post", has_text="Third night on the Quay Street main")
    post.get_by_text("React", exact=True).click()
    post.get_by_role("button", name="Useful", exact=True).click()
    expect(post.get_by_role("button", name="Useful, 1")).to_have_attribute("aria-pressed", "true")
    page.reload()
    post.get_by_role("button", name="Useful, 1").click()
    expect(post.get_by_role("button", name=re.compile("^Useful, "))).to_have_count(0)
