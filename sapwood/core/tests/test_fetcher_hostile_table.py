"""Forty hostile addresses: each is refused, for the reason given, before a connection is opened."""

import socket

import pytest

from sapwood.core.charsets import decode
from sapwood.core.fetcher import Refused, fetch, resolve

# What a name server under foreign control answers for its names.
ANSWERS = {
    "metadata.example": ["169.254.169.254"],
    "rebound.example": ["127.0.0.1"],
    "mixed.example": ["93.184.216.34", "192.168.0.1"],
    "sixth.example": ["fd00::1"],
    "mapped.example": ["::ffff:10.0.0.1"],
    "tunnel.example": ["2002:7f00:1::"],
    "translated.example": ["64:ff9b::a00:1"],
    "shared.example": ["100.64.0.1"],
    "many.example": ["224.0.0.1"],
    "silent.example": [],
}
FORTY = [
    ("ftp://example.org/", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://example.org/", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("data:text/html,hi", "scheme"),
    ("//example.org/", "scheme"),
    ("http:///path", "host"),
    ("https://:443/", "host"),
    ("http://./", "host|form"),
    ("http://example.org:22/", "port"),
    ("http://example.org:6379/", "port"),
    ("http://example.org:0/", "port"),
    ("http://example.org:99999/", "form"),
    ("http://user:pass@example.org/", "credentials"),
    ("http://good.example@10.0.0.1/", "credentials"),
    ("http://printer.local/", "host"),
    ("http://printer.local./", "host"),
    ("http://metadata.google.internal/", "host"),
    ("http://localhost/", "address"),
    ("http://LOCALHOST./", "address|name"),
    ("http://example.org/\r\nHost: inside", "form"),
    ("http://example.org\\@10.0.0.1/", "form"),
    ("http://[::1", "form"),
    ("http://[fe80::1%25eth0]/", "host|form"),
    ("http://" + "a" * 2100 + ".example/", "form"),
    ("http://127.0.0.1/", "address"),
    ("http://127.1/", "address"),
    ("http://2130706433/", "address"),
    ("http://0x7f000001/", "address"),
    ("http://0177.0.0.1/", "address"),
    ("http://①②⑦.⓪.⓪.①/", "address"),
    ("http://127。0。0。1/", "address"),
    ("http://0/", "address"),
    ("http://[::]/", "address"),
    ("http://[::1]/", "address"),
    ("http://[::ffff:127.0.0.1]/", "address"),
    ("http://[64:ff9b::7f00:1]/", "address"),
    ("http://10.0.0.1/", "address"),
    ("http://172.16.0.1/", "address"),
    ("http://192.168.1.1/", "address"),
    ("http://169.254.169.254/latest/meta-data/", "address"),
    ("http://168.63.129.16/", "address"),
    ("http://255.255.255.255/", "address"),
    *((f"http://{name}/", "address") for name, answers in ANSWERS.items() if answers),
    ("http://silent.example/", "name"),
]


def answer(host: str, port: int) -> list[str]:
    """From the table; numbers in any spelling are read as the machine reads them."""
    return ANSWERS[host] if host in ANSWERS else resolve(host, port)


def test_there_are_at_least_forty() -> None:
    assert len({url for url, _code in FORTY}) == len(FORTY) >= 40


@pytest.mark.parametrize(("url", "code"), FORTY)
def test_it_is_refused_and_nobody_is_called(
    url: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *args, **more: called.append(args))
    with pytest.raises(Refused, match=rf"^({code})$"):
        fetch(url, resolve=answer)
    assert called == []


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "zlib", "utf-7", "no\0"])
def test_only_real_alphabets_are_read(name: str) -> None:
    assert decode(rb"a\ud800-" + b"9" * 300_000, name).startswith("a\\ud800")


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        ("Água".encode(), "", "Água"),
        ("Água".encode("latin-1"), "", "Água"),
        ("“x”".encode("cp1252"), "iso-8859-1", "“x”"),
        (b"\xef\xbb\xbfx", "", "x"),
        ("日本".encode("shift_jis"), "Shift_JIS", "日本"),
        (b"\xe9", "utf-8", "\ufffd"),
    ],
)
def test_alphabets(data: bytes, name: str, text: str) -> None:
    assert decode(data, name) == text
