"""The main job on real input: from the one-time link and HR's file to rings that grew.

An administrator sets an empty installation up and brings 2,000 people in; a colleague publishes
an article; one of the 2,000 signs in, keeps moments in every way there is, reads, finishes, is
offered one next step, and takes something back. In English and in Portuguese, as a person would.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect
from running import Site, own_database, serving
from saying import LOCALES, Tongue
from staff_file import address, staff_file

from sapwood.people.importing.problems import sentence

ADMINISTRATOR = "nadia.brito@ardal.example"
PASSWORD = "a kettle under the oak"
NEWCOMER, COLLEAGUE = "Ana Araújo", "Félix Araújo"
TEXTS = {
    "en": {
        "file": "staff-2026.csv",
        "asked": "Asked Rui how the pressure log is read, and wrote it down",
        "offline": "Watched Elsa open the sluice at night, without a word",
        "keys": "Read half a book about pumps",
        "title": "Closing a valve without water hammer",
        "article": "Turn slowly, and count to twenty. The last quarter takes longest.",
        "search": "valve water",
        "line": "The last quarter of the turn is where the pipe breaks.",
        "entry": "I never close the last quarter in one go any more.",
    },
    "pt": {
        "file": "colaboradores-2026.csv",
        "asked": "Perguntei ao Rui como se lê o registo de pressões e anotei",
        "offline": "Vi a Elsa abrir a comporta de noite, sem uma palavra",
        "keys": "Li meio livro sobre bombas",
        "title": "Fechar uma válvula sem golpe de aríete",
        "article": "Rodar devagar e contar até vinte. O último quarto é o que demora mais.",
        "search": "valvula ariete",
        "line": "É no último quarto de volta que a conduta rebenta.",
        "entry": "Já não fecho o último quarto de uma só vez.",
    },
}


@dataclass
class Journey:
    """One installation in one language, and the browsers of the people who use it."""

    site: Site
    say: Tongue
    open_page: Callable[..., Page]

    @property
    def texts(self) -> dict[str, str]:
        """What people write."""
        return TEXTS[self.say.code]

    def page(self, **more: Any) -> Page:
        """A browser of its own, which prefers the journey's language."""
        return self.open_page(self.site.url, locale=LOCALES[self.say.code], **more)

    def come_in(self, name: str) -> Page:
        """Signs in with nothing but an e-mail address and the code that arrives there."""
        page = self.page()
        page.goto("/")
        page.get_by_label(self.say("Work e-mail")).fill(address(name))
        page.get_by_role("button", name=self.say("Send me a code")).click()
        expect(page.get_by_role("heading", name=self.say("Look in your e-mail"))).to_be_visible()
        page.get_by_label(self.say("Code"), exact=True).fill(self.site.code_for(address(name)))
        page.get_by_role("button", name=self.say("Go on")).click()
        expect(page.locator(".hello h1")).to_contain_text(name.split()[0])
        return page


@pytest.fixture(params=["en", "pt"])
def journey(
    request: pytest.FixtureRequest, open_page: Callable[..., Page],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Journey]:  # fmt: skip
    """An empty installation, just started."""
    folder = tmp_path_factory.mktemp(f"empty-{request.param}-")
    with own_database(folder) as database_url, serving(folder, database_url) as site:
        yield Journey(site, Tongue(request.param), open_page)


def test_the_main_job_on_real_input(journey: Journey) -> None:
    administrator = set_up(journey)
    import_people(journey, administrator)
    publish_an_article(journey, journey.come_in(COLLEAGUE))
    page = journey.come_in(NEWCOMER)
    see_the_first_suggestion(journey, page)
    before = rings(page)
    keep_from_the_sheet(journey, page)
    keep_what_was_shared(journey, page)
    keep_without_a_network(journey, page)
    see_the_rings_grow(journey, page, before)
    read_and_finish(journey, page)
    take_the_suggestion(journey, page)
    delete_and_undo(journey, page)
    speak_the_other_language(journey, page)


def test_keeping_a_moment_by_keyboard_alone(journey: Journey) -> None:
    set_up(journey).context.storage_state(path=journey.site.folder / "state.json")
    page = journey.page(storage_state=journey.site.folder / "state.json")
    page.goto("/")
    page.keyboard.press("n")
    title = page.get_by_label(journey.say("What did you learn, and from what?"))
    expect(title).to_be_focused()
    page.keyboard.type(journey.texts["keys"])
    expect(page.locator("#guess h3")).to_contain_text(journey.say.way("read_external"))
    tab_to(page, page.get_by_label(journey.say("Today"), exact=True).last)
    page.keyboard.press("ArrowRight")
    tab_to(page, page.get_by_label("15", exact=True))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text(journey.say("Undo"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/moments/")
    row = page.locator("li.moment")
    expect(row).to_contain_text(journey.texts["keys"])
    expect(row).to_contain_text("15 min")


def tab_to(page: Page, target: Locator) -> None:
    """Tab until the control has focus, as somebody without a mouse would."""
    for _press in range(20):
        if target.evaluate(
            "e => e === document.activeElement || document.activeElement.name === e.name"
        ):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never gets there")


def set_up(journey: Journey) -> Page:
    """The link from the console, once; then the organisation and its first administrator."""
    say, page = journey.say, journey.page()
    link = journey.site.one_time_link()
    page.goto(link)
    assert link.rsplit("/", 2)[1] not in page.url
    page.get_by_label(say("Name of the organisation")).fill("Ardal Water")
    page.get_by_label(say("Language")).select_option(say.code)
    page.get_by_label(say("Time zone")).select_option("Europe/Lisbon")
    page.get_by_label(say("Your name")).fill("Nádia Brito")
    page.get_by_label(say("Work e-mail")).fill(ADMINISTRATOR)
    page.get_by_label(say("Password")).fill(PASSWORD)
    page.get_by_role("button", name=say("Begin")).click()
    expect(page.get_by_role("heading", name=say("The first hour"))).to_be_visible()
    stranger = journey.page()
    stranger.goto(link)
    expect(stranger).to_have_url(re.compile("/account/login/"))
    return page


def import_people(journey: Journey, page: Page) -> None:
    """2,000 rows as HR has them: seven are wrong, each says why, and the others go on."""
    say = journey.say
    with translation.override(say.code):
        reasons = [
            sentence("email_empty"),
            sentence("email_wrong", {"words": "graca.leitao@ardal"}),
            sentence("name_empty"),
            sentence("date_wrong", {"words": "31/02/2020"}),
            sentence("formula"),
            sentence("manager_self"),
        ]
    page.get_by_role("link", name=say("Try the file, change nothing")).click()
    file = {"name": journey.texts["file"], "mimeType": "text/csv", "buffer": staff_file(say.code)}
    page.get_by_label(say("CSV file"), exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name=say("Look at the file")).click()
    errors = page.get_by_role("link", name=say("Errors, %(count)s", count=7))
    expect(errors).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text(say.number(1993))
    expect(page.get_by_text(say("semicolon" if say.code == "pt" else "comma"))).to_be_visible()
    errors.click()
    for reason in reasons:
        expect(page.locator("#rows")).to_contain_text(reason)
    with page.expect_download() as download:
        page.get_by_role("link", name=say("Only the failed rows")).click()
    failed = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(failed), delimiter=";" if say.code == "pt" else ","))
    refused = ["13", "15", "100", "501", "779", "1202", "2001"]
    waiting = [str(row) for row in (*range(1192, 1202), *range(1992, 2001))]
    assert [row[say("Row")] for row in rows] == sorted(refused + waiting, key=int)
    assert all(any(reason in row[say("Reason")] for row in rows) for reason in reasons)
    with translation.override(say.code):
        later = [sentence("manager_waits", {"row": row}) for row in ("1202", "2001")]
    said = {row[say("Row")]: row[say("Reason")] for row in rows}
    assert all(any(words in said[row] for words in later) for row in waiting)
    apply = say("Apply %(num)s change", "Apply %(num)s changes", 1993, num=say.number(1993))
    page.get_by_role("button", name=apply).click()
    saved = say(
        "%(number)s person is saved", "%(number)s people are saved", 1993, number=say.number(1993)
    )
    expect(page.get_by_role("heading", name=saved)).to_be_visible(timeout=60_000)


def publish_an_article(journey: Journey, page: Page) -> None:
    """A colleague writes down what took years to learn, for everyone."""
    say = journey.say
    page.get_by_role("link", name=say("Explore")).first.click()
    page.get_by_role("link", name=say("Offer something")).first.click()
    page.get_by_role("link", name=say("Write or pass on something")).click()
    page.get_by_role("textbox", name=say("Title"), exact=True).fill(journey.texts["title"])
    page.locator("rich-text [contenteditable=true]").click()
    page.keyboard.type(journey.texts["article"])
    page.get_by_role("button", name=say("Publish now")).click()
    expect(page.get_by_role("heading", name=journey.texts["title"])).to_be_visible()
    expect(page.locator(".article")).to_contain_text(journey.texts["article"])


def see_the_first_suggestion(journey: Journey, page: Page) -> None:
    """With an empty record there is one offer, and it says what it rests on."""
    reason = journey.say("Your rings are still empty, and the first moments show most.")
    offer = one_offer(journey, page)
    expect(offer).to_contain_text(journey.say("Why this:"))
    expect(offer).to_contain_text(reason)


def one_offer(journey: Journey, page: Page) -> Locator:
    """The one suggestion on the page; a second one would fail."""
    heading = page.get_by_role("heading", name=journey.say("One suggestion"))
    offer = page.locator("section", has=heading)
    expect(offer).to_have_count(1)
    return offer


def rings(page: Page) -> tuple[list[int], str]:
    """Moments by ring, and the picture as it is drawn."""
    page.goto("/rings/")
    counts = [int(text) for text in page.locator(".legend b.num").all_inner_texts()]
    return counts, page.locator(".rings-fig svg").first.evaluate("svg => svg.outerHTML")


def keep_from_the_sheet(journey: Journey, page: Page) -> None:
    """Add a moment: the guess says which words led to it, and is corrected."""
    say, said = journey.say, journey.texts["asked"]
    page.goto("/")
    page.get_by_role("link", name=say("Add a moment")).first.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label(say("What did you learn, and from what?")).fill(said)
    guess = sheet.locator("#guess")
    expect(guess.locator("h3")).to_contain_text(say.way("ask_answer"))
    expect(guess.locator(".why")).to_contain_text(said.split()[0])
    guess.get_by_text(say("It was something else")).click()
    guess.get_by_role("button", name=say.way("team_sharing")).click()
    sheet.get_by_role("button", name=say("Keep this moment")).click()
    kept = say("Kept for today. Only you can see it.")
    expect(page.locator(".toast", has_text=kept)).to_be_visible()


def keep_what_was_shared(journey: Journey, page: Page) -> None:
    """What a phone's share sheet sends arrives in the form, with a guess."""
    say = journey.say
    target = page.request.get("/manifest.webmanifest").json()["share_target"]
    assert target["method"] == "GET"
    page.goto(f"{target['action']}?title=Pumps+explained&url=https://www.youtube.com/watch?v=p1")
    title = page.get_by_label(say("What did you learn, and from what?"))
    expect(title).to_have_value("Pumps explained https://www.youtube.com/watch?v=p1")
    expect(page.locator("#guess h3")).to_contain_text(say.way("watch_listen_external"))
    page.get_by_role("button", name=say("Keep this moment")).click()
    expect(page.locator("li.moment")).to_have_count(2)


def keep_without_a_network(journey: Journey, page: Page) -> None:
    """Written where there is no signal, waiting on the device, sent once on return."""
    say, said = journey.say, journey.texts["offline"]
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/moments/new/")
    page.get_by_label(say("What did you learn, and from what?")).fill(said)
    page.get_by_label(say("Way")).select_option(label=say.way("guided_ojt"))
    page.get_by_role("button", name=say("Keep on this device")).click()
    waits = page.get_by_text(say("1 moment is on this device, not sent yet."))
    expect(waits).to_be_visible()
    page.context.set_offline(False)
    expect(waits).to_be_hidden()
    page.goto("/moments/")
    expect(page.locator("li.moment", has_text=said)).to_have_count(1)


def see_the_rings_grow(journey: Journey, page: Page, before: tuple[list[int], str]) -> None:
    """Three moments more, each in the ring of its way, and another picture."""
    kept = ("team_sharing", "watch_listen_external", "guided_ojt")
    grown = list(before[0])
    counts, picture = rings(page)
    names = [row.get_attribute("data-r") for row in page.locator(".legend li").all()]
    for key in kept:
        grown[names.index(str(journey.say.kind(key).ring))] += 1
    assert counts == grown
    assert picture != before[1]
    assert rings(page)[1] == picture


def read_and_finish(journey: Journey, page: Page) -> None:
    """Found by a word without its accent, read, and finished with a line for oneself."""
    say, texts = journey.say, journey.texts
    page.get_by_role("link", name=say("Find anything")).first.click()
    page.get_by_role("searchbox").fill(texts["search"])
    page.keyboard.press("Enter")
    expect(page.locator(".wall mark").first).to_be_visible()
    page.locator(".wall").get_by_role("link", name=texts["title"]).click()
    expect(page.locator(".article")).to_contain_text(texts["article"])
    page.get_by_label(say("What I took from it")).fill(texts["line"])
    page.get_by_role("button", name=say("Keep"), exact=True).click()
    expect(page.get_by_text(say("Finished"), exact=True)).to_be_visible()
    page.goto("/moments/")
    row = page.locator("li.moment", has_text=texts["line"])
    expect(row).to_contain_text(say("from “%(name)s”", name=texts["title"]))


def take_the_suggestion(journey: Journey, page: Page) -> None:
    """One next step with its reason; taking it leads to the journal, where an entry is kept."""
    say, entry = journey.say, journey.texts["entry"]
    page.goto("/")
    offer = one_offer(journey, page)
    reason = say("You have kept moments, but not written in your journal for four weeks.")
    expect(offer).to_contain_text(reason)
    offer.get_by_role("button", name=say("Try this")).first.click()
    expect(page).to_have_url(re.compile("/journal/"))
    page.get_by_label(say("Your words")).fill(entry)
    page.get_by_role("button", name=say("Keep entry")).last.click()
    expect(page.locator(".entry-text")).to_contain_text(entry)


def delete_and_undo(journey: Journey, page: Page) -> None:
    """A moment goes at once, and comes back where it was."""
    say, said = journey.say, journey.texts["asked"]
    page.goto("/moments/")
    row = page.locator("li.moment", has_text=said)
    count = page.locator("li.moment").count()
    row.get_by_role("button", name=re.compile("^" + say("Delete: %(title)s", title="")[:6])).click()
    expect(
        page.get_by_text(say("Deleted “%(title)s”. Your rings were redrawn.", title=said))
    ).to_be_visible()
    page.get_by_role("button", name=say("Undo")).click()
    expect(row).to_be_visible()
    expect(page.locator("li.moment")).to_have_count(count)


def speak_the_other_language(journey: Journey, page: Page) -> None:
    """The frame changes its language at once; what people wrote stays in theirs."""
    other = Tongue("pt" if journey.say.code == "en" else "en")
    page.locator(".foot").get_by_role(
        "button", name={"pt": "Português", "en": "English"}[other.code]
    ).click()
    expect(page.locator("html")).to_have_attribute("lang", other.code)
    expect(page.locator("li.moment", has_text=journey.texts["line"])).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name=other("Your rings")).first).to_be_visible()
