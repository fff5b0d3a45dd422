"""An installed wheel serves its demo: sign-in page with styles, scripts and translations.

`python smoke.py PATH/TO/sapwood`; needs nothing but the standard library.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from urllib.request import Request, urlopen

PORT = 8190
BASE = f"http://127.0.0.1:{PORT}"
PAGE = "/account/login/"


def fetch(path: str, language: str = "en") -> str:
    """The text of an address; raises unless it is answered with 200."""
    request = Request(BASE + path, headers={"Accept-Language": language})
    with urlopen(request, timeout=10) as answer:
        return str(answer.read().decode())


def wait(server: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Until the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit("the server ended by itself")
        try:
            fetch("/healthz")
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the server did not answer in time")


def main() -> None:
    """Starts the demo, looks, stops it, and starts it again: the second start is quick."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "SAPWOOD_DATA": folder}
        for attempt, allowed in ((1, 90.0), (2, 10.0)):
            start = time.monotonic()
            command = [os.path.abspath(sys.argv[1]), "demo", "--port", str(PORT)]  # noqa: PTH100
            server = subprocess.Popen(command, env=environment, cwd=folder)
            try:
                wait(server, allowed)
                took = time.monotonic() - start
                page = fetch(PAGE)
                style = re.search(r'href="(/static/app-[^"]+\.css)"', page)
                script = re.search(r'src="(/static/app-[^"]+\.js)"', page)
                assert style, "no stylesheet on the sign-in page"
                assert script, "no script on the sign-in page"
                assert len(fetch(style[1])) > 5_000
                assert len(fetch(script[1])) > 1_000
                assert fetch(PAGE, "pt") != page, "no Portuguese in the wheel"
                print(f"start {attempt}: {took:.1f} s to the first page", flush=True)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(timeout=30)
            assert server.returncode == 0


if __name__ == "__main__":
    main()
