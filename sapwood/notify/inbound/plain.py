"""The text of a letter: its plain part, or its HTML made plain; any charset, flowed or not."""

import codecs
import re
from collections.abc import Iterator
from email.message import Message
from html import unescape
from html.parser import HTMLParser

import nh3

MOST_HTML = 2_000_000
SINGLE_BYTE = re.compile(r"^(?:iso8859|cp125|cp437|cp850|koi8|mac|latin)")
MANY_BYTES = {
    "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb2312", "gbk", "gb18030", "big5",
    "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949", "tis-620",
}  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
BLOCKS = {
    "p", "div", "br", "tr", "table", "li", "ul", "ol", "blockquote", "pre", "hr", "h1", "h2", "h3",
    "h4", "h5", "h6", "section", "article", "header", "footer", "address", "dl", "dt", "dd",
}  # fmt: skip
APART = {"p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
# Tags that need no end.
ENDLESS = {
    "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "p", "li", "td", "th",
    "tr", "dd", "dt", "option", "html", "head", "body", "tbody", "thead", "tfoot",
}  # fmt: skip
TAG = re.compile(r"<(/?)([a-zA-Z]+)")
MOST_DEEP = 400
SILENT = {"script", "style", "title", "template", "noscript", "object", "svg"}


def words_of(letter: Message) -> str:
    """What the letter says, lines ended by a newline; empty if it holds no text."""
    parts = list(_readable(letter))
    plain = [_read_plain(part) for part in parts if part.get_content_type() == "text/plain"]
    said = "\n".join(text for text in plain if text.strip())
    if said:
        return said
    pages = [decoded(part) for part in parts if part.get_content_type() == "text/html"]
    return "\n".join(from_html(page) for page in pages)


def _readable(letter: Message) -> Iterator[Message]:
    """Text parts that are not files, and not inside a letter that was attached."""
    if letter.get_content_type() == "message/rfc822":
        return
    if letter.is_multipart():
        for part in letter.get_payload():
            if isinstance(part, Message):
                yield from _readable(part)
    elif letter.get_content_maintype() == "text" and not is_file(letter):
        yield letter


def is_file(part: Message) -> bool:
    """True for what somebody attached."""
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def decoded(part: Message) -> str:
    """The text of one part; what its charset can't read is read as the likeliest other."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for charset in (_known(str(part.get_content_charset() or "")), "utf-8", "cp1252"):
        try:
            return CONTROL.sub("", data.decode(charset).replace("\r\n", "\n").replace("\r", "\n"))
        except (UnicodeError, LookupError):
            continue
    return CONTROL.sub("", data.decode("latin-1").replace("\r\n", "\n"))


def _known(charset: str) -> str:
    """A charset we read, by Python's name; never one that was named to be a trap."""
    try:
        name = codecs.lookup(charset.strip("'\" ")).name
    except (LookupError, ValueError):
        return "utf-8"
    if name == "ascii":
        return "utf-8"
    if name == "iso8859-1":
        return "cp1252"  # what calls itself Latin-1 mostly is Windows
    return name if name in MANY_BYTES or SINGLE_BYTE.match(name) else "utf-8"


def _read_plain(part: Message) -> str:
    text = decoded(part)
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return unflow(text, joins=str(part.get_param("delsp") or "").lower() == "yes")


def unflow(text: str, *, joins: bool = False) -> str:
    """Paragraphs as they were typed (RFC 3676); `joins` when the soft space is no space."""
    lines: list[str] = []
    open_at = -1  # how deep the paragraph that goes on is quoted
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:].removeprefix(" ")
        is_soft = line.endswith(" ") and line != "-- "
        if is_soft and joins:
            line = line[:-1]
        if depth == open_at and line != "-- ":
            lines[-1] += line
        else:
            lines.append(f"{'>' * depth} {line}" if depth else line)
        open_at = depth if is_soft else -1
    return "\n".join(lines)


def from_html(page: str) -> str:
    """An HTML letter as text: quoted parts begin with >, links carry their address."""
    page = page[:MOST_HTML]
    if _is_nest(page):
        return unescape(re.sub(r"<[^<>]*>", "\n", page))
    # Made well-formed first: the parser of the standard library takes minutes over broken tags.
    page = nh3.clean(
        page,
        tags=BLOCKS | {"a"},
        attributes={"a": {"href"}, "div": {"id"}},
        clean_content_tags=SILENT,
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


def _is_nest(page: str) -> bool:
    """True for elements within elements deeper than any program writes: they take minutes."""
    depth = 0
    for found in TAG.finditer(page):
        if found.group(2).lower() not in ENDLESS:
            depth = max(0, depth - 1) if found.group(1) else depth + 1
        if depth > MOST_DEEP:
            return True
    return False


class _Reader(HTMLParser):
    """Collects lines; quotes deepen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[]]
        self.depth = 0
        self.pre = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a line, a quote, a link."""
        given = dict(attrs)
        if tag in APART:
            self._line(apart=True)
        elif tag in BLOCKS:
            self._line(force=tag == "br")
        if tag == "blockquote":
            self.depth += 1
            self.lines[-1] = []
        elif tag == "pre":
            self.pre += 1
        elif tag == "li":
            self._add("- ")
        elif tag == "hr":
            self._add("____________________")
            self._line()
        elif tag == "a":
            self.link = given.get("href") or ""
        elif tag == "div" and given.get("id") in {"appendonsend", "divRplyFwdMsg"}:
            self._add("____________________")  # Outlook's rule between an answer and its letter
            self._line()

    def handle_endtag(self, tag: str) -> None:
        """Closes what was open, as far as it was."""
        if tag == "a":
            said = "".join(self.lines[-1])
            if self.link.startswith(("http://", "https://")) and self.link not in said:
                self._add(f" <{self.link}>")
            self.link = ""
        if tag in APART:
            self._line(apart=True)
        elif tag in BLOCKS and tag != "br":
            self._line()
        if tag == "blockquote":
            self.depth = max(0, self.depth - 1)
            self.lines[-1] = []
        elif tag == "pre":
            self.pre = max(0, self.pre - 1)

    def handle_data(self, data: str) -> None:
        """Words, with single spaces outside of pre."""
        if self.pre:
            first, *rest = data.split("\n")
            self._add(first)
            for line in rest:
                self._line(force=True)
                self._add(line)
        else:
            self._add(re.sub(r"[\s\xa0]+", " ", data))

    def _add(self, words: str) -> None:
        line = self.lines[-1]
        if not line:
            words = words if self.pre else words.lstrip()
            if not words:
                return
            line.append("> " * min(self.depth, 9))
        line.append(words)

    def _line(self, *, apart: bool = False, force: bool = False) -> None:
        """Begins a new line if this one holds words; `apart` leaves a blank one between."""
        if self.lines[-1] or force:
            self.lines.append([])
        if apart and len(self.lines) > 1 and self.lines[-2] and not self.lines[-1]:
            self.lines.append([])

    def text(self) -> str:
        """All lines, with at most one blank between."""
        lines = ["".join(line).rstrip() for line in self.lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
