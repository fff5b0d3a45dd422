"""A mail server with STARTTLS and a certificate of its own, and a way to answer what it took."""

import email
import email.policy
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Mailbox:
    """What arrived, oldest first."""

    def __init__(self, port: int = 0, certificate: Path | None = None) -> None:
        self.port, self.certificate = port, certificate
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Takes every letter."""
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append(letter)
        return "250 OK"

    def wait_for(self, address: str, words: str, seconds: float = 90) -> EmailMessage:
        """The letter to this address with these words in it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for letter in self.letters:
                if address in str(letter["To"]) and words in text_of(letter):
                    return letter
            time.sleep(0.3)
        raise AssertionError([(str(each["To"]), each["Subject"]) for each in self.letters])


def text_of(letter: EmailMessage) -> str:
    """Its plain words."""
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body else ""


def answer(letter: EmailMessage, words: str, *, door: int) -> None:
    """Replies as a mail program does: above the quoted letter, to its Reply-To, in its thread."""
    reply = EmailMessage()
    reply["From"], reply["To"] = letter["To"], letter["Reply-To"]
    reply["Subject"] = f"Re: {letter['Subject']}"
    reply["Message-ID"] = "<answer-1@phone.example>"
    reply["In-Reply-To"] = reply["References"] = letter["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in text_of(letter).splitlines())
    reply.set_content(f"{words}\n\n-- \nJoana\n\nOn Monday, Sapwood wrote:\n{quoted}\n")
    with smtplib.SMTP("127.0.0.1", door) as server:
        server.send_message(reply)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A key and a certificate for localhost, good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    key_file, file = folder / "key.pem", folder / "certificate.pem"
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return key_file, file


@contextmanager
def receiving(folder: Path) -> Iterator[Mailbox]:
    """A mailbox that takes letters over STARTTLS only."""
    key, file = certificate(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, key)
    box = Mailbox(certificate=file)
    server = _Server(box, context)
    server.start()
    try:
        box.port = server.port
        yield box
    finally:
        server.stop()


class _Server(Controller):
    """aiosmtpd on a free port."""

    def __init__(self, box: Mailbox, context: ssl.SSLContext) -> None:
        super().__init__(
            box, hostname="localhost", port=0, tls_context=context, require_starttls=True,
            ready_timeout=10,
        )  # fmt: skip

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
