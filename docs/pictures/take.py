"""Takes the pictures of this folder from the running product: python docs/pictures/take.py."""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
MOST = 250_000  # bytes of a picture
PERSON, PASSWORD = "maya@ardalwater.example", "learning-at-work"


@contextmanager
def demo() -> Iterator[str]:
    """`sapwood demo` on a free port with data of its own; gives its address once it answers."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SAPWOOD_")}
        kept.pop("DATABASE_URL", None)
        server = subprocess.Popen(
            [sys.executable, "-m", "sapwood.cli", "demo", "--port", port],
            env=kept | {"SAPWOOD_DATA": folder, "PYTHONPATH": str(ROOT)},
            cwd=folder, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            for line in server.stdout or ():
                if found := re.search(r"Sapwood is at (\S+)", line):
                    wait_for(found[1])
                    yield found[1]
                    break
        finally:
            server.terminate()
            server.wait(timeout=40)


def wait_for(address: str, seconds: float = 60) -> None:
    """Until the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), urlopen(f"{address}/readyz"):
            return
        time.sleep(0.1)
    raise TimeoutError(address)


def sign_in(page: Page) -> None:
    """By password."""
    page.goto("/account/login/")
    page.locator("main details.more summary").first.click()
    page.locator("input[name=login]").fill(PERSON)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/")


def save(page: Page, name: str, height: int) -> None:
    """The upper part of the page, in few colours, as small as it gets."""
    width = page.viewport_size["width"]  # type: ignore[index]
    page.set_viewport_size({"width": width, "height": height})
    shot = page.screenshot()
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    few = picture.quantize(256, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    target = HERE / f"{name}.png"
    few.save(target, optimize=True)
    if (size := target.stat().st_size) > MOST:
        sys.exit(f"{target} has {size} bytes.")


def pictures(browser: Browser, address: str) -> None:
    """Each in a window of its own."""
    door = browser.new_page(base_url=address, locale="en-GB", timezone_id="Europe/Lisbon")
    sign_in(door)
    state = door.context.storage_state()

    def page(width: int = 1440, theme: str = "light") -> Page:
        return browser.new_page(
            base_url=address, locale="en-GB", timezone_id="Europe/Lisbon", storage_state=state,
            viewport={"width": width, "height": 900 if width > 700 else 844},
            color_scheme=theme,  # type: ignore[arg-type]
            device_scale_factor=1 if width > 700 else 2,
        )  # fmt: skip

    for name, path, theme, height in (
        ("today", "/", "light", 900),
        ("rings", "/rings/", "light", 1030),
        ("explore", "/explore/", "light", 1000),
        ("journal", "/journal/", "light", 1000),
        ("dark", "/rings/", "dark", 1030),
    ):
        shown = page(theme=theme)
        shown.goto(path)
        save(shown, name, height)
    phone = page(390)
    phone.goto("/")
    phone.locator(".tabbar .add").click()
    phone.locator("dialog textarea").fill("Asked Rui how the pressure log is read")
    phone.locator("#guess h3").wait_for()
    save(phone, "phone", 844)


def main() -> None:
    """Starts the demo, looks around as Maya, takes the pictures."""
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        pictures(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
