"""The two doors for letters: a listener for the mail server, and a mailbox that is looked into."""

import smtplib
import socketserver
import ssl
import threading

import pytest

from sapwood.core.tests.test_fetcher_refuses import _certificate
from sapwood.notify.inbound import addresses, registry
from sapwood.notify.inbound.listening import Place
from sapwood.notify.inbound.mailbox import look_into
from sapwood.notify.inbound.registry import Taker
from sapwood.notify.models import Received
from sapwood.notify.tests.letters_in import letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def taken(monkeypatch):
    given = []
    registry.taker_for("none")
    taker = Taker(given.append, 1000, "p", lambda about: "/", True)
    monkeypatch.setitem(registry._takers, "pebble", taker)
    return given


@pytest.fixture
def to(transactional_db, cast, settings, taken):
    settings.REPLY_ADDRESS = "reply@learn.ardal.example"
    return addresses.address_for(cast.ana, "pebble", "p1", now=cast.ana.now())


def test_lmtp_takes_a_letter_and_answers_once_it_is_stored(to, taken, listening, cast):
    with smtplib.LMTP("127.0.0.1", listening("lmtp"), timeout=10) as server:
        assert server.sendmail("ana@ardal.example", [to], letter(to)) == {}
        assert server.sendmail("ana@ardal.example", [to], letter(to)) == {}
    assert [answer.text for answer in taken] == ["We close V7 first."]
    assert Received.objects.get().person_id == cast.ana.pk


def test_smtp_refuses_whom_it_does_not_know_and_takes_one_receiver_at_a_time(to, taken, listening):
    with smtplib.SMTP("127.0.0.1", listening("smtp"), timeout=10) as server:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            server.sendmail("a@x.example", ["reply+zzz@learn.ardal.example"], letter(to))
        assert refused.value.recipients["reply+zzz@learn.ardal.example"][0] == 550
        refused_too = server.sendmail("ana@ardal.example", [to, to.upper()], letter(to))
        assert [code for code, _words in refused_too.values()] == [452]
    assert len(taken) == 1


def test_a_letter_is_given_back_to_the_mail_server_when_something_breaks(
    to, listening, monkeypatch
):
    def fail(answer):
        raise RuntimeError

    monkeypatch.setitem(registry._takers, "pebble", Taker(fail, 9999, "p", lambda a: "/", True))
    with (
        smtplib.SMTP("127.0.0.1", listening("smtp"), timeout=10) as server,
        pytest.raises(smtplib.SMTPDataError) as refused,
    ):
        server.sendmail("ana@ardal.example", [to], letter(to))
    assert refused.value.smtp_code == 451
    assert not Received.objects.exists()


def test_too_large_a_letter_is_refused_before_it_is_read(to, taken, listening):
    large = letter(to) + (b"x" * 76 + b"\r\n") * 400_000
    with (
        smtplib.SMTP("127.0.0.1", listening("smtp"), timeout=30) as server,
        pytest.raises(smtplib.SMTPException),
    ):
        server.sendmail("ana@ardal.example", [to], large)
    assert taken == []


@pytest.mark.parametrize("text", ["here", "http://127.0.0.1:1", "lmtp://127.0.0.1", "lmtp://:25"])
def test_a_place_must_be_named_in_full(text):
    with pytest.raises(ValueError, match=r"lmtp|port|Port"):
        Place.read(text)


class Mailbox(socketserver.StreamRequestHandler):
    """As much IMAP as a look takes; `letters` by uid, `seen` the uids marked as read."""

    letters: dict[str, bytes] = {}
    seen: set[str] = set()
    said: list[str] = []

    def handle(self):
        self.say("* OK here")
        while line := self.rfile.readline():
            tag, _space, command = line.decode().strip().partition(" ")
            Mailbox.said.append(command)
            word = command.split()[0].upper()
            if word == "UID":
                self.uid(command.split(maxsplit=3))
            elif word == "SELECT":
                self.say(f"* {len(self.letters)} EXISTS")
            elif word == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            self.say("* BYE" if word == "LOGOUT" else "", f"{tag} OK done")

    def uid(self, words):
        if words[1].upper() == "SEARCH":
            self.say("* SEARCH " + " ".join(sorted(set(self.letters) - self.seen)))
            return
        uid = words[2]
        if words[1].upper() == "STORE":
            Mailbox.seen.add(uid)
        elif "SIZE" in words[3]:
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(self.letters[uid])})")
        else:
            raw = self.letters[uid]
            self.wfile.write(b"* 1 FETCH (UID %s BODY[] {%d}\r\n" % (uid.encode(), len(raw)))
            self.wfile.write(raw + b")\r\n")

    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines if line).encode())


@pytest.fixture
def mailbox(tmp_path):
    certificate = _certificate(tmp_path, "localhost")
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self):
            link, place = super().get_request()
            return inside.wrap_socket(link, server_side=True), place

    Mailbox.letters, Mailbox.seen, Mailbox.said = {}, set(), []
    server = Server(("127.0.0.1", 0), Mailbox)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known = ssl.create_default_context(cafile=str(certificate))
    yield f"imaps://ana%40x:p%20w@localhost:{server.server_address[1]}/Inbox", known
    server.shutdown()
    server.server_close()


def test_a_look_into_the_mailbox_takes_each_letter_once(to, taken, mailbox, cast):
    url, known = mailbox
    Mailbox.letters = {
        "7": letter(to),
        "8": letter(to),
        "9": letter("somebody@else.example", message_id="<x@y>"),
        "10": b"\xff broken",
    }
    assert look_into(url, now=cast.ana.now(), context=known) == 4
    assert look_into(url, now=cast.ana.now(), context=known) == 0
    assert len(taken) == 1
    assert Mailbox.seen == {"7", "8", "9", "10"}
    assert Mailbox.said[0] == 'LOGIN ana@x "p w"' or any("p w" in line for line in Mailbox.said)


def test_what_breaks_stays_unread_and_keeps_nothing_else_waiting(
    to, taken, mailbox, cast, monkeypatch
):
    url, known = mailbox
    Mailbox.letters = {"1": letter(to, "bad"), "2": letter(to, message_id="<2@x>")}
    taker = registry._takers["pebble"]

    def fail(answer):
        if answer.text == "bad":
            raise RuntimeError
        taken.append(answer)

    monkeypatch.setitem(registry._takers, "pebble", Taker(fail, 99, "p", taker.page, True))
    assert look_into(url, now=cast.ana.now(), context=known) == 1
    assert Mailbox.seen == {"2"}


def test_a_mailbox_without_tls_or_with_a_false_name_is_not_opened(mailbox, cast):
    url, _known = mailbox
    with pytest.raises(ValueError, match="imaps"):
        look_into(url.replace("imaps", "imap"), now=cast.ana.now())
    with pytest.raises(ssl.SSLError):
        look_into(url, now=cast.ana.now(), context=ssl.create_default_context())
