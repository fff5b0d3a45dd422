"""A note as Markdown: title, text and the names of its files; all of a group in one zip."""

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _
from markdownify import MarkdownConverter

from sapwood.core.markup import clean

LONGEST_NAME = 80
ODD = re.compile(r"[^\w .()-]+")
RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(10)
}
MANY_LINES = re.compile(r"\n{3,}")
HELD_IN_MEMORY = 4 * 1024 * 1024


class _Converter(MarkdownConverter):
    """Pictures keep their words; their addresses work for one reader and some hours only."""

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        words = " ".join(str(el.attrs.get("alt") or "").split())
        return f"*[{_('picture')}: {_escaped(self, words)}]*" if words else ""


def _escaped(converter: Any, words: str) -> str:
    return str(converter.escape(words, set()))


def to_markdown(title: str, html: str, files: Sequence[str] = ()) -> str:
    """One note; `files` are the names of what is attached."""
    converter = _Converter(heading_style="ATX", bullets="-", escape_misc=True)
    parts = [f"# {_escaped(converter, title)}", converter.convert(clean(html)).strip()]
    if files:
        listed = "\n".join(f"- {_escaped(converter, name)}" for name in files)
        parts.append(f"## {_('Files')}\n\n{listed}")
    return MANY_LINES.sub("\n\n", "\n\n".join(part for part in parts if part)) + "\n"


def file_name(title: str, ending: str = "md") -> str:
    """A name that every file system takes."""
    composed = unicodedata.normalize("NFC", title)
    stem = " ".join(ODD.sub(" ", composed).split())[:LONGEST_NAME].strip(" .") or _("note")
    if stem.partition(".")[0].strip().lower() in RESERVED:
        stem = f"_{stem}"
    return f"{stem}.{ending}"


def zipped(notes: Iterable[tuple[str, str, Sequence[str]]]) -> IO[bytes]:
    """A zip with a file for each (title, html, names of files); read from its beginning."""
    held: IO[bytes] = tempfile.SpooledTemporaryFile(HELD_IN_MEMORY)  # noqa: SIM115
    taken: set[str] = set()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bundle:
        for title, html, files in notes:
            bundle.writestr(_free(title, taken), to_markdown(title, html, files))
    held.seek(0)
    return held


def _free(title: str, taken: set[str]) -> str:
    """A name not used yet, whatever the case of its letters."""
    name, number = file_name(title), 1
    while name.casefold() in taken:
        number += 1
        name = file_name(f"{title[: LONGEST_NAME - 6]} ({number})")
    taken.add(name.casefold())
    return name
