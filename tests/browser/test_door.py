"""Every way in, in a browser: a code by e-mail, a passkey, a code from an app, and out again."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from running import Site

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def open_door(small_site: Site, open_page: Callable[..., Page]) -> Callable[[], Page]:
    """A browser that has never been here, at the door."""

    def at_the_door() -> Page:
        page = open_page(small_site.url)
        page.goto("/")
        return page

    return at_the_door


def ask_for_a_code(site: Site, page: Page, name: str) -> str:
    """Types the address alone; gives the code that came."""
    page.get_by_label("Work e-mail").fill(f"{name}@ardal.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    return site.code_for(f"{name}@ardal.example")


def type_code(page: Page, code: str) -> None:
    """The code, and on."""
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name=re.compile("Go on|Sign in")).click()


def is_in(page: Page, name: str) -> None:
    """The page greets this person."""
    expect(page.locator(".hello h1")).to_contain_text(name)


def sign_out(page: Page) -> None:
    """From the menu under the small rings."""
    page.get_by_label("Your rings and account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()


def digits(secret: str, at: float) -> str:
    """What an authenticator app shows at a time (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def test_a_code_by_email_works_once(small_site: Site, open_door: Callable[[], Page]) -> None:
    page = open_door()
    code = ask_for_a_code(small_site, page, "ana")
    type_code(page, "AAA-BBB")
    expect(page.get_by_text("That is not the code.").first).to_be_visible()
    type_code(page, code.lower().replace("-", ""))
    is_in(page, "Ana")
    other = open_door()
    ask_for_a_code(small_site, other, "ana")
    type_code(other, code)
    expect(other.get_by_text("That is not the code.").first).to_be_visible()


def test_nobody_learns_who_is_known_here(small_site: Site, open_door: Callable[[], Page]) -> None:
    page = open_door()
    page.get_by_label("Work e-mail").fill("stranger@ardal.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    letter = small_site.letters_to("stranger@ardal.example")[-1]
    assert letter["Subject"] == "There is no account under this address"


def test_a_passkey_opens_the_door_by_itself(
    small_site: Site, open_door: Callable[[], Page]
) -> None:
    page = open_door()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    type_code(page, ask_for_a_code(small_site, page, "bruno"))
    is_in(page, "Bruno")
    page.goto("/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("The blue key")
    page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Your passkey is ready.")).to_be_visible()
    expect(page.locator(".codes code")).to_have_count(10)
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_text("Signs you in by itself.")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    is_in(page, "Bruno")


def test_an_app_is_asked_after_the_first_step_and_paper_helps(
    small_site: Site, open_door: Callable[[], Page]
) -> None:
    page = open_door()

    def second_step(code: str) -> None:
        type_code(page, ask_for_a_code(small_site, page, "clara"))
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        type_code(page, code)

    type_code(page, ask_for_a_code(small_site, page, "clara"))
    is_in(page, "Clara")
    page.goto("/account/")
    page.get_by_role("link", name="Connect an app").click()
    page.get_by_text("I cannot read the picture").click()
    secret = page.locator("main code").inner_text()
    now = time.time()
    page.get_by_label("Code", exact=True).fill(digits(secret, now))
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_text("The app is connected.")).to_be_visible()
    paper = page.locator(".codes code").first.inner_text()
    sign_out(page)
    second_step("000000")
    expect(page.get_by_text("That is not the code.").first).to_be_visible()
    type_code(page, digits(secret, now + 30))
    is_in(page, "Clara")
    sign_out(page)
    second_step(paper)
    is_in(page, "Clara")
    page.goto("/account/")
    expect(page.get_by_text("9 are left.")).to_be_visible()


def test_signing_out_everywhere_else(small_site: Site, open_door: Callable[[], Page]) -> None:
    here, there = open_door(), open_door()
    for page in (there, here):
        type_code(page, ask_for_a_code(small_site, page, "dinis"))
        is_in(page, "Dinis")
    here.goto("/account/sessions/")
    here.get_by_role("button", name=re.compile("everywhere else|all others", re.I)).click()
    expect(here.get_by_text("Signed out everywhere else.")).to_be_visible()
    there.goto("/journal/")
    expect(there.get_by_role("button", name="Send me a code")).to_be_visible()
    here.goto("/")
    is_in(here, "Dinis")
