"""The fetcher asks only public places, once, within time and size."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sapwood.core.addresses import is_public
from sapwood.core.fetcher import Refused, check_url, fetch

HOSTILE = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/html,hi",
    "//example.org/",
    "example.org",
    "http://",
    "http:///path",
    "https://:443",
    "http://example.org:22/",
    "http://example.org:8080/",
    "https://example.org:6379/",
    "http://example.org:0/",
    "http://example.org:99999/",
    "http://user@example.org/",
    "http://user:pass@example.org/",
    "http://good.example@10.0.0.1/",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://exa mple.org/",
    "http://example.org/\r\nHost: x",
    "http://example.org\\@10.0.0.1/",
    "http://[::1",
    "http://[fe80::1%25eth0]/",
    "http://example.org/\t",
    "http://" + "a" * 2100 + "/",
]
HOSTILE_ADDRESSES = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.192",
    "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "fe80::1",
    "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001::1", "100::1",
    "fec0::1", "fe80::1%eth0", "not an address", "",
]  # fmt: skip
ALL_SPELLINGS = ["http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
                 "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
                 "http://localhost/", "http://LOCALHOST/", "http://[::]/", "http://0/"]  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses_are_refused_before_any_question(url: str) -> None:
    with pytest.raises(Refused):
        check_url(url)


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_only_the_open_internet_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", ALL_SPELLINGS)
def test_every_spelling_of_this_machine_is_refused(url: str) -> None:
    with pytest.raises(Refused, match=r"address|name|host|connection"):
        fetch(url)


def test_one_private_answer_among_public_ones_is_refused() -> None:
    with pytest.raises(Refused, match="address"):
        fetch("http://two.example/", resolve=lambda host, port: ["93.184.216.34", "10.0.0.1"])


class Site(BaseHTTPRequestHandler):
    """A small web with a few bad habits; `asked` holds the Host header of each request."""

    asked: list[str] = []
    cookies: list[str | None] = []

    def do_GET(self) -> None:
        Site.asked.append(self.headers["Host"])
        Site.cookies.append(self.headers["Cookie"])
        getattr(self, f"page_{self.path.strip('/').partition('/')[0]}")()

    def answer(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "track=1")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page_good(self) -> None:
        self.answer("<title>Olá</title>".encode())

    def page_large(self) -> None:
        self.answer(b"x" * 3_000_000)

    def page_bomb(self) -> None:
        self.answer(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")

    def page_packed(self) -> None:
        self.answer(gzip.compress(b"<title>packed</title>"), Content_Encoding="gzip")

    def page_brotli(self) -> None:
        self.answer(b"x", Content_Encoding="br")

    def page_round(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/round/")
        self.end_headers()

    def page_once(self) -> None:
        self.send_response(301)
        self.send_header("Location", "/good/")
        self.end_headers()

    def page_inward(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://inside.example/good/")
        self.end_headers()

    def page_file(self) -> None:
        self.send_response(302)
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()

    def page_nothing(self) -> None:
        self.send_error(404)

    def page_trickle(self) -> None:
        self.send_response(200)
        self.end_headers()
        ended = time.monotonic() + 10
        while time.monotonic() < ended:
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            self.server.pause.wait(0.05)  # type: ignore[attr-defined]

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.pause = threading.Event()  # type: ignore[attr-defined]
    Site.asked, Site.cookies = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.pause.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture
def get(site: ThreadingHTTPServer) -> Callable[..., object]:
    port = site.server_address[1]
    outside = {"outside.example": "127.0.0.1", "inside.example": "127.0.0.2"}

    def ask(path: str, **more: object) -> object:
        return fetch(
            f"http://outside.example:{port}{path}",
            **{"resolve": lambda host, port: [outside[host]], "ports": {80, 443, port},
               "allowed": lambda address: address == "127.0.0.1", **more},
        )  # fmt: skip

    return ask


def test_a_page_comes_back_with_the_name_asked_for(get: Callable, site: object) -> None:
    page = get("/good/")
    assert page.text == "<title>Olá</title>"
    assert page.content_type == "text/html"
    assert Site.asked[0].startswith("outside.example")


def test_the_connection_goes_to_the_address_that_was_checked(get: Callable) -> None:
    """A name server that answers differently the second time is never asked a second time."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["10.0.0.1"]])
    assert get("/good/", resolve=lambda host, port: next(answers)).text
    assert next(answers) == ["127.0.0.2"]


def test_redirects_are_followed_checked_and_counted(get: Callable) -> None:
    assert get("/once/").url.endswith("/good/")
    assert Site.cookies == [None, None]
    for path, code in [("/round/", "redirects"), ("/inward/", "address"), ("/file/", "scheme")]:
        with pytest.raises(Refused, match=code):
            get(path)


def test_size_is_limited_also_when_packed(get: Callable) -> None:
    assert "packed" in get("/packed/").text
    for path, code in [("/large/", "size"), ("/bomb/", "size"), ("/brotli/", "encoding")]:
        with pytest.raises(Refused, match=code):
            get(path)


def test_what_is_too_long_may_be_cut_instead(get: Callable) -> None:
    for path in ("/large/", "/bomb/"):
        assert len(get(path, cuts=True, most=70_000).data) == 70_000
    assert "packed" in get("/packed/", cuts=True).text


def test_other_answers_are_refused(get: Callable) -> None:
    with pytest.raises(Refused, match="status 404"):
        get("/nothing/")


def test_a_trickle_ends_when_the_time_is_over(get: Callable) -> None:
    begun = time.monotonic()
    with pytest.raises(Refused, match="time"):
        get("/trickle/", seconds=0.4)
    assert time.monotonic() - begun < 3


def test_a_name_server_that_never_answers_is_given_up() -> None:
    never = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        never.wait(5)
        return ["93.184.216.34"]

    with pytest.raises(Refused, match="time"):
        fetch("http://slow.example/", resolve=hang, seconds=0.2)
    never.set()


def test_https_is_checked_against_the_name_not_the_address(tmp_path: Path) -> None:
    certificate = _certificate(tmp_path, "outside.example")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate)
    server.socket = inside.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    known = ssl.create_default_context(cafile=str(certificate))
    rules = {"resolve": lambda host, port: ["127.0.0.1"], "allowed": lambda address: True,
             "ports": {port}, "context": known}  # fmt: skip
    assert fetch(f"https://outside.example:{port}/good/", **rules).text
    with pytest.raises(Refused, match="connection"):
        fetch(f"https://other.example:{port}/good/", **rules)
    server.shutdown()
    server.server_close()


def _certificate(folder: Path, name: str) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "site.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return path


def test_a_closed_port_is_a_connection_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match="connection"):
            fetch(f"http://outside.example:{port}/", ports={port}, allowed=lambda address: True,
                  resolve=lambda host, port: ["127.0.0.1"])  # fmt: skip
