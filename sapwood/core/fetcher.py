"""The one way out to the web: fetches a public page, or hands something in, guarded at every step.

Only http and https on ports 80 and 443; the name is resolved once and the connection goes to the
address that was checked, with the right Host and SNI, so a name that changes its answer gains
nothing; each redirect is checked like the first address; five seconds and two megabytes in all,
also after decompression; no cookies, no proxies, no credentials.
"""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sapwood.core.addresses import is_public
from sapwood.core.charsets import decode

SECONDS = 5.0
BYTES = 2 * 1024 * 1024
REDIRECTS = 3
PORTS = frozenset({80, 443})
AGENT = "Sapwood link card"
ANSWER_BYTES = 16 * 1024  # of what a service says to something handed in
Resolve = Callable[[str, int], list[str]]
INSIDE = (".localhost", ".local", ".internal", ".home.arpa", ".onion")  # names of no public place


class Refused(Exception):
    """The page was not fetched; the text is a code: scheme, host, port, address, time, size…"""


@dataclass(frozen=True)
class Page:
    """What came back: the last address, the type without parameters, the charset, the bytes."""

    url: str
    content_type: str
    charset: str
    data: bytes

    @property
    def text(self) -> str:
        """The bytes as text; what cannot be read is marked."""
        return decode(self.data, self.charset)


@dataclass(frozen=True)
class Answer:
    """What a service said to something handed in; `wait` is its Retry-After in seconds, or 0."""

    status: int
    wait: int = 0


def resolve(host: str, port: int) -> list[str]:
    """Every address of `host`, as text."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(
    url: str,
    *,
    resolve: Resolve = resolve,
    allowed: Callable[[str], bool] = is_public,
    ports: Collection[int] = PORTS,
    seconds: float = SECONDS,
    most: int = BYTES,
    reads: Callable[[str], bool] = lambda content_type: True,
    cuts: bool = False,
    context: ssl.SSLContext | None = None,
) -> Page:
    """The page at `url` after at most three redirects. Raises Refused.

    Where `reads` says no to the type of what comes, its bytes stay there: `data` is empty. What is
    longer than `most` is refused, or, with `cuts`, read that far.
    """
    deadline = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        parts = check_url(url, ports=ports)
        answer = _ask(parts, resolve, allowed, deadline, most, reads, cuts, context)
        if isinstance(answer, Page):
            return answer
        url = urljoin(url, answer)
    raise Refused("redirects")


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    resolve: Resolve = resolve,
    allowed: Callable[[str], bool] = is_public,
    ports: Collection[int] = frozenset({443}),
    schemes: Collection[str] = frozenset({"https"}),
    seconds: float = SECONDS,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Hands `body` in at `url`, over https, and follows no redirect. Raises Refused."""
    deadline = time.monotonic() + seconds
    parts = check_url(url, ports=ports)
    if parts.scheme not in schemes:
        raise Refused("scheme")
    with _connected(parts, resolve, allowed, deadline, context) as connection:
        sent = {"User-Agent": "Sapwood", **headers, "Connection": "close"}
        connection.request("POST", _target(parts), body=body, headers=sent)
        response = connection.getresponse()
        response.read(ANSWER_BYTES)
        wait = response.headers.get("Retry-After", "")
        is_number = wait.isascii() and wait.isdigit() and len(wait) < 7
        return Answer(response.status, int(wait) if is_number else 0)


def check_url(url: str, *, ports: Collection[int] = PORTS) -> SplitResult:
    """The parts of an address we would ask. Raises Refused."""
    if len(url) > 2000 or any(ord(sign) <= 32 or sign in "\\\x7f" for sign in url):
        raise Refused("form")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as problem:
        raise Refused("form") from problem
    if parts.scheme not in {"http", "https"}:
        raise Refused("scheme")
    if parts.username is not None or parts.password is not None:
        raise Refused("credentials")
    if not host.strip(".") or host.rstrip(".").endswith(INSIDE) or "%" in host:
        raise Refused("host")
    if _port(parts) not in ports:
        raise Refused("port")
    return parts


def _port(parts: SplitResult) -> int:
    """The port written, else that of the scheme."""
    if parts.port is not None:
        return parts.port
    return 443 if parts.scheme == "https" else 80


def _ask(
    parts: SplitResult,
    resolve: Resolve,
    allowed: Callable[[str], bool],
    deadline: float,
    most: int,
    reads: Callable[[str], bool],
    cuts: bool,
    context: ssl.SSLContext | None,
) -> Page | str:
    """One request: the page, or where it points next."""
    with _connected(parts, resolve, allowed, deadline, context) as connection:
        connection.request(
            "GET",
            _target(parts),
            headers={"User-Agent": AGENT, "Accept": "text/html,image/*;q=0.8,*/*;q=0.1",
                     "Accept-Encoding": "gzip", "Connection": "close"},
        )  # fmt: skip
        response = connection.getresponse()
        if response.status in {301, 302, 303, 307, 308}:
            return response.headers.get("Location") or _refuse("redirect")
        if response.status != 200:
            raise Refused(f"status {response.status}")
        if not reads(response.headers.get_content_type()):
            return Page(parts.geturl(), response.headers.get_content_type(), "", b"")
        return _page(parts.geturl(), response, deadline, most, cuts)


def _target(parts: SplitResult) -> str:
    """Path and query as a request line may hold them."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


@contextmanager
def _connected(
    parts: SplitResult,
    resolve: Resolve,
    allowed: Callable[[str], bool],
    deadline: float,
    context: ssl.SSLContext | None,
) -> Iterator[HTTPConnection]:
    """A connection to the one checked address; what goes wrong in it is Refused."""
    host = (parts.hostname or "").encode("idna").decode()
    port = _port(parts)
    address = _checked_address(host, port, resolve, allowed, deadline)
    connection = HTTPConnection(host, port)
    alarm: threading.Timer | None = None
    link: socket.socket | None = None
    try:
        link = socket.create_connection((address, port), timeout=_left(deadline))
        if parts.scheme == "https":
            safe = context or ssl.create_default_context()
            link = safe.wrap_socket(link, server_hostname=host, do_handshake_on_connect=False)
        alarm = threading.Timer(_left(deadline), _hang_up, [link])
        alarm.daemon = True
        alarm.start()
        if isinstance(link, ssl.SSLSocket):
            link.do_handshake()
        connection.sock = link
        yield connection
    except Refused:
        raise
    except (OSError, HTTPException, ValueError, zlib.error) as problem:
        raise Refused("time" if time.monotonic() >= deadline else "connection") from problem
    finally:
        if alarm:
            alarm.cancel()
        connection.close()
        if link:
            link.close()


def _checked_address(
    host: str, port: int, resolve: Resolve, allowed: Callable[[str], bool], deadline: float
) -> str:
    """One address of `host`, all of which must be public; a slow name server counts as time."""
    answers: list[str] = []

    def ask() -> None:
        try:
            answers.extend(resolve(host, port))
        except (OSError, UnicodeError):
            answers.clear()

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_left(deadline))
    if asking.is_alive():
        raise Refused("time")
    if not answers:
        raise Refused("name")
    if not all(allowed(answer) for answer in answers):
        raise Refused("address")
    return answers[0]


def _page(url: str, response: HTTPResponse, deadline: float, most: int, cuts: bool) -> Page:
    """Reads the body within size and time, unpacking gzip under the same limit."""
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if coding not in {"identity", "gzip"}:
        raise Refused("encoding")
    unpack = zlib.decompressobj(wbits=31) if coding == "gzip" else None
    body = bytearray()
    raw = 0
    while chunk := response.read1(64 * 1024):
        raw += len(chunk)
        body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
        if raw > most or len(body) > most or (unpack and unpack.unconsumed_tail):
            if not cuts:
                raise Refused("size")
            del body[most:]
            break
        _left(deadline)
    if time.monotonic() >= deadline:
        raise Refused("time")
    headers = response.headers
    return Page(url, headers.get_content_type(), headers.get_content_charset() or "", bytes(body))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Refused("time")
    return left


def _hang_up(link: socket.socket) -> None:
    """Ends a connection that trickles; its reader sees the end of the stream."""
    with suppress(OSError):
        socket.socket.shutdown(link, socket.SHUT_RDWR)


def _refuse(code: str) -> str:
    raise Refused(code)
