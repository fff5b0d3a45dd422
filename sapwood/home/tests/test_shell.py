"""The frame of every page: each link leads somewhere its reader may go."""

import re

import pytest


@pytest.mark.parametrize("who", ["ana", "bruno", "clara", "nadia"])
def test_every_link_of_the_frame_opens(cast, client_of, who: str):
    browser = client_of(getattr(cast, who))
    page = browser.get("/accessibility/").content.decode()
    links = {link for link in re.findall(r'href="(/[^"#]*)"', page) if "/static/" not in link}
    assert "/journal/" in links
    answers = {link: browser.get(link, follow=True).status_code for link in links}
    assert {link: code for link, code in answers.items() if code != 200} == {}


def test_only_desk_roles_see_the_desk(cast, client_of):
    assert 'class="deskbar"' not in client_of(cast.bruno).get("/").content.decode()
    steward = client_of(cast.clara).get("/").content.decode()
    assert "/desk/skills/" in steward
    assert "/desk/people/" not in steward
    assert 'class="deskbar"' in client_of(cast.nadia).get("/").content.decode()
    assert "/design/" in client_of(cast.clara).get("/").content.decode()


def test_learning_and_development_finds_what_waits_for_a_look(cast, client_of):
    for person, is_offered in ((cast.clara, True), (cast.nadia, False)):
        page = client_of(person).get("/").content.decode()
        bar = page.partition('class="deskbar"')[2].partition("</nav>")[0]
        assert ('href="/review/"' in bar, 'href="/desk/words/"' in bar) == (is_offered, is_offered)
