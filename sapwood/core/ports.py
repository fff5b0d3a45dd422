"""Where the server listens: known before Django is, because settings hold the address."""

import os
import socket
from contextlib import suppress

EVERYWHERE = {"127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104 compared, not bound


def is_free(host: str, port: int) -> bool:
    """True if nobody listens on this address yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((host, port))
            return True
    return False


def say_address(host: str, port: int) -> None:
    """Lets calendars and letters lead to this port, unless SAPWOOD_BASE_URL says where we are."""
    name = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    os.environ.setdefault("SAPWOOD_BASE_URL", f"http://{name}:{port}")
