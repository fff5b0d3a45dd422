"""What somebody wrote, out of a whole reply: no quoted letter, no signature, no phone's boast.

Line by line, in linear time: patterns that span lines take seconds over a hostile letter. When in
doubt a line stays, since words that stand twice hurt less than words that are lost.
"""

import re
from collections.abc import Sequence

from sapwood.people.folding import fold

FAR = 400  # characters of a line that are looked at
WROTE = (
    "wrote", "escreveu", "escribio", "ecrit", "schrieb", "schreef", "ha scritto", "napisal",
    "napisala", "skrev",
)  # fmt: skip
SAID = re.compile(rf"\b(?:{'|'.join(WROTE)})\b\s*(?:\(.{{0,80}}\)\s*)?:?$")
HEADERS = {
    "from", "sent", "to", "cc", "subject", "date", "reply-to", "importance",
    "de", "enviado", "enviada", "enviado em", "enviada em", "para", "assunto", "data",
    "von", "gesendet", "an", "betreff", "envoye", "a", "objet", "asunto", "importancia",
}  # fmt: skip
FIRST = {"from", "de", "von"}
HEADER = re.compile(r"^([a-z][a-z -]{0,14}?)\s?:\s*\S")
DIVIDER = re.compile(
    r"^[-_ ]{2,}\s*(?:original message|mensagem original|ursprungliche nachricht|"
    r"message d'origine|mensaje original|forwarded message|mensagem (?:reencaminhada|encaminhada))"
    r"\s*[-_ ]{2,}$"
)
RULE = re.compile(r"^_{10,}$")
THINGS = (
    r"(?:my|the new|o|a|meu|minha|o meu|a minha|outlook|mail|correio|gmail|yahoo|samsung|iphone|"
    r"ipad|telemovel|android|proton|huawei|xiaomi)"
)
DEVICE = re.compile(
    rf"^(?:sent (?:from|via|with) {THINGS}\b|enviad[oa] (?:a partir )?(?:d[oa]|com|pel[oa]|via) "
    rf"{THINGS}\b|get outlook for|obter o outlook|obtenha o outlook|gesendet von meinem|"
    r"envoye de mon|enviado desde mi).{0,80}$"
)
CLOSING = re.compile(
    r"^(?:(?:with |my )?(?:best|kind|warm|warmest) (?:regards|wishes)|regards|best|cheers|"
    r"thanks|many thanks|thank you|all the best|sincerely|yours sincerely|"
    r"(?:com os )?(?:meus )?(?:melhores |os melhores )?cumprimentos|cumps|atentamente|"
    r"atenciosamente|saudacoes|(?:muito |mt )?obrigad[oa]|(?:um |grande )?abraco|abracos|"
    r"beijinhos|bjs|ate (?:ja|breve|logo))\s*[,.!]*$"
)
NOTICE = re.compile(
    r"^\W{0,3}(?:confidentiality notice|disclaimer|legal notice|aviso de confidencialidade|"
    r"aviso legal|nota de confidencialidade|(?:this|esta|este) (?:e-?mail|message|mensagem)\b)"
)
PRIVATE = re.compile(r"confiden|intended|recipient|destinat|privileg")
NOTICE_LENGTH = 120  # characters that a lawyer needs at least
AFTER_CLOSING = 8  # lines that a name, a job and a telephone number take


def trim(text: str, *, name: str = "") -> str:
    """The words themselves; `name` is the sender's, which tells a signature from a sentence."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    plain = [fold(line[:FAR]).strip(" *\t") for line in lines]
    lines = _without_quotes(lines, plain)
    lines = _without_signature(lines, fold(name).split())
    kept = "\n".join(lines).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", kept) if kept.strip() else ""


def _without_quotes(lines: list[str], plain: list[str]) -> list[str]:
    """Without quoted lines and the line that brings them in; a copied letter ends it all."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _begins_copy(plain, at):
            break
        if lines[at].lstrip().startswith(">"):
            at += 1
            continue
        length = _introduces(lines, plain, at)
        if length:
            below = _next_said(lines, at + length)
            if not below.startswith(">"):
                break
            at += length
            continue
        kept.append(lines[at])
        at += 1
    return kept


def _next_said(lines: Sequence[str], at: int) -> str:
    """The first line from here on that holds anything."""
    while at < len(lines):
        if lines[at].strip():
            return lines[at].lstrip()
        at += 1
    return ""


def _begins_copy(plain: Sequence[str], at: int) -> bool:
    """True where "Original message" or a block of From, Sent, To, Subject stands."""
    line = plain[at]
    if DIVIDER.match(line):
        return True
    if RULE.match(line):
        following = [each for each in plain[at + 1 : at + 7] if each and not RULE.match(each)]
        return bool(following) and _header(following[0]) in FIRST
    if _header(line) not in FIRST:
        return False
    block = [_header(each) for each in plain[at : at + 8] if each][:4]
    return sum(1 for name in block if name in HEADERS) >= 3


def _header(line: str) -> str:
    """The name of a header line, folded, else nothing."""
    found = HEADER.match(line.replace("*", ""))
    return found.group(1).strip() if found else ""


def _introduces(lines: Sequence[str], plain: Sequence[str], at: int) -> int:
    """How many lines "On …, Ana wrote:" takes from here; 0 if this is none."""
    if not plain[at]:
        return 0
    joined = ""
    for length in range(1, 4):
        if at + length > len(plain) or not plain[at + length - 1]:
            return 0
        joined = f"{joined} {plain[at + length - 1]}".strip()
        if len(joined) > FAR:
            return 0
        # A date or an address must stand in it: "as Ana wrote:" is somebody's own sentence.
        if SAID.search(joined) and re.search(r"\d{1,2}[:./h]\d|@|\d{4}", joined):
            return length
        if lines[at + length - 1].lstrip().startswith(">"):
            return 0
    return 0


def _without_signature(lines: list[str], names: list[str]) -> list[str]:
    """Without what stands under "-- ", a closing with the sender's name, a device, a notice."""
    for at, line in enumerate(lines):
        if line in {"--", "—"} and at:
            lines = lines[:at]
            break
    lines = _without_notice(lines)
    lines = _without_last(lines)
    folded = [fold(line[:FAR]).strip(" *\t") for line in lines]
    for at in range(max(1, len(lines) - AFTER_CLOSING - 4), len(lines)):
        if not CLOSING.match(folded[at]) or not any(folded[:at]):
            continue
        below = [line for line in folded[at + 1 :] if line]
        is_named = bool(below) and bool(names) and below[0].strip(",.").split(" ")[0] in names
        if not below or (is_named and len(below) <= AFTER_CLOSING and max(map(len, below)) < 90):
            return _without_last(lines[:at])
    return lines


def _without_notice(lines: list[str]) -> list[str]:
    """Ends at a last paragraph that speaks of confidence and recipients."""
    for at in range(1, len(lines)):
        if lines[at - 1].strip():
            continue
        if NOTICE.match(fold(lines[at][:FAR])):
            words = fold(" ".join(lines[at : at + 6])[:2000])
            if len(words) > NOTICE_LENGTH and PRIVATE.search(words):
                return lines[:at]
    return lines


def _without_last(lines: list[str]) -> list[str]:
    """Without blank lines and "Sent from my phone" at the end."""
    end = len(lines)
    while end:
        last = fold(lines[end - 1][:FAR]).strip(" *\t<>")
        if last and not DEVICE.match(last):
            break
        end -= 1
    return lines[:end]
