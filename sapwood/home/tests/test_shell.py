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
    assert 'class="deskbar"' not in client_of(cast.clara).get("/").content.decode()
    assert 'class="deskbar"' in client_of(cast.nadia).get("/").content.decode()
    assert "/design/" in client_of(cast.clara).get("/").content.decode()
