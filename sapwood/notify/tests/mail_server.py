"""A real mail server in a thread, for tests: keeps what it takes, refuses and hangs up as told."""

from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller


class Box:
    """`refuses` holds what is answered to a receiver, `ends` to the data of a letter to one;
    "hang up" ends the line instead."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.receivers: list[str] = []
        self.refuses: dict[str, str] = {}
        self.ends: dict[str, str] = {}

    @property
    def letters(self) -> list[Message]:
        """What was taken."""
        return [message_from_bytes(raw) for raw in self.raw]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        """Takes a receiver, or not."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Takes a letter, or not; one that is cut off is taken all the same."""
        answer = self.ends.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250") or answer == "hang up":
            self.raw.append(envelope.content)
            self.receivers += envelope.rcpt_tos
        if answer == "hang up":
            server.transport.abort()
        return answer


class Server(Controller):
    """The server and its box."""

    def __init__(self) -> None:
        self.box = Box()
        super().__init__(self.box, hostname="127.0.0.1", port=0, ready_timeout=10)

    def _trigger_server(self) -> None:
        """Learns which port it got."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def parts_of(letter: Message) -> tuple[str, str]:
    """The text and the HTML of a letter."""
    text, html = (part.get_payload(decode=True).decode() for part in letter.get_payload())
    return text, html
