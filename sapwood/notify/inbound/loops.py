"""Letters that a machine wrote are never taken for answers, and never answered."""

import re
from email.message import Message

from sapwood.notify.inbound.reading import Incoming

OURS = "X-Sapwood"  # on every letter we send
PRECEDENCE = {"bulk", "list", "junk", "auto_reply"}
LISTS = ("List-Id", "List-Unsubscribe", "X-Mailing-List")
REPLIERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autorespond-From", "X-Loop")
AWAY = re.compile(
    r"^(?:(?:automatic|auto|automated)[ -]?(?:reply|response)|out of (?:the )?office|"
    r"resposta autom[aá]tica|fora do escrit[oó]rio|ausente|ausência|undeliver|delivery status|"
    r"mail delivery|returned mail|automatische antwort|réponse automatique|respuesta autom[aá]tica)"
    r"\b",
    re.IGNORECASE,
)
DAEMONS = {"mailer-daemon", "postmaster", "no-reply", "noreply", "do-not-reply", "donotreply"}


def is_automatic(incoming: Incoming) -> str:
    """Why this is not a person's letter, as a code; empty for a person's."""
    letter = incoming.letter
    says = _header(letter, "Auto-Submitted").partition(";")[0].strip()
    precedence = _header(letter, "Precedence")
    tests = (
        ("ours", bool(letter.get(OURS))),
        ("bounce", _is_bounce(incoming)),
        ("auto-submitted", bool(says) and says != "no"),
        ("list", any(letter.get(name) for name in LISTS) or precedence in PRECEDENCE),
        ("replier", any(letter.get(name) for name in REPLIERS)),
        ("away", bool(AWAY.match(incoming.subject))),
        ("daemon", incoming.sender.partition("@")[0] in DAEMONS),
    )
    return next((code for code, holds in tests if holds), "")


def wants_no_answer(incoming: Incoming) -> bool:
    """True if a letter back would go to a machine, to nobody, or where none is wanted."""
    return bool(is_automatic(incoming) or not incoming.sender or _suppresses(incoming.letter))


def _is_bounce(incoming: Incoming) -> bool:
    """Mail about mail: no return path, or a report."""
    if incoming.envelope_from is not None and incoming.envelope_from.strip("<> ") == "":
        return True
    if str(incoming.letter.get("Return-Path", "-")).strip() == "<>":
        return True
    return incoming.letter.get_content_type() == "multipart/report"


def _suppresses(letter: Message) -> bool:
    """True if X-Auto-Response-Suppress asks for silence; people's own letters may carry it."""
    return _header(letter, "X-Auto-Response-Suppress") not in {"", "none"}


def _header(letter: Message, name: str) -> str:
    return str(letter.get(name, "")).strip().lower()
