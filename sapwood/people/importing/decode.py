"""Bytes to lines: UTF-8, UTF-16, Windows-1252, or a mixture of them line by line."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from sapwood.people.importing.limits import MAX_LINE

HEAD = 4096
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def wide_codec(head: bytes) -> str:
    """The codec of a file in two or four bytes a letter, by its mark or its zeros; else empty."""
    for mark, codec in MARKS:
        if head.startswith(mark):
            return codec
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and odd > 4 * even:
        return "utf-16-le"
    if even > len(head) // 5 and even > 4 * odd:
        return "utf-16-be"
    return ""


def decode_line(line: bytes) -> tuple[str, str]:
    """The text of one line and its encoding: "ascii", "utf-8" or "cp1252"."""
    if line.isascii():
        return line.decode("ascii"), "ascii"
    try:
        return line.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return line.decode("latin-1"), "cp1252"


class Lines:
    """Lines of a file, each ending in a newline but the last; `encoding` is known afterwards.

    A line longer than MAX_LINE is cut there, without a newline. Memory does not grow with the file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.seen: set[str] = set()
        self.codec = wide_codec(file.read(HEAD))
        file.seek(0)

    @property
    def encoding(self) -> str:
        """What the lines read so far were written in."""
        if self.codec:
            return self.codec[:6]
        kinds = self.seen - {"ascii"}
        return "mixed" if len(kinds) > 1 else next(iter(kinds), "utf-8")

    def __iter__(self) -> Iterator[str]:
        # latin-1 maps each byte to one letter, so bytes pass through the text layer unharmed.
        text = io.TextIOWrapper(
            self.file, encoding=self.codec or "latin-1", errors="replace", newline=None
        )
        try:
            for number, line in enumerate(self._bounded(text)):
                if not self.codec:
                    raw = line.encode("latin-1")
                    if number == 0:
                        raw = raw.removeprefix(codecs.BOM_UTF8)
                    line, kind = decode_line(raw)
                    self.seen.add(kind)
                yield line.lstrip("\ufeff") if number == 0 else line
        finally:
            text.detach()

    @staticmethod
    def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
        while line := text.readline(MAX_LINE):
            yield line
            while len(line) == MAX_LINE and not line.endswith("\n"):
                line = text.readline(MAX_LINE)
