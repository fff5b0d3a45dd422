"""Where the server listens: known before Django is, because settings hold the address."""

import os
import socket
from contextlib import suppress
from ipaddress import ip_address


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
    name = "localhost" if _is_this_machine(host) else f"[{host}]" if ":" in host else host
    os.environ.setdefault("SAPWOOD_BASE_URL", f"http://{name}:{port}")


def _is_this_machine(host: str) -> bool:
    """True for a loopback address, and for the one that means all of the machine's own."""
    with suppress(ValueError):
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    return False
