"""What a file really is, from its first bytes; names and claimed types are never believed."""

import lzma
import re
import struct
import zipfile
import zlib
from io import BytesIO

# Content type → (how such files begin, the ending their names get).
STARTS: dict[str, tuple[tuple[bytes, ...], str]] = {
    "image/jpeg": ((b"\xff\xd8\xff",), "jpg"),
    "image/png": ((b"\x89PNG\r\n\x1a\n",), "png"),
    "image/gif": ((b"GIF87a", b"GIF89a"), "gif"),
    "application/pdf": ((b"%PDF-",), "pdf"),
}
OFFICE = {
    "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ppt/": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
# What reading an archive raises when it was made to be broken.
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError, ValueError, RuntimeError,
          OSError, EOFError, OverflowError)  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200


def sniff(data: bytes) -> tuple[str, str] | None:
    """(content type, ending) when the file is one of those we take, else None."""
    for content_type, (starts, ending) in STARTS.items():
        if data.startswith(starts):
            return content_type, ending
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", "webp"
    if data.startswith(b"PK\x03\x04"):
        return _document(data)
    return ("text/plain", "txt") if _is_text(data) else None


def _document(data: bytes) -> tuple[str, str] | None:
    """An office document; a plain archive, or one that unpacks to too much, is none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, len(data) * MOST_RATIO):
                return None
            names = [part.filename for part in parts]
            if any(name.startswith("/") or ".." in name.split("/") for name in names):
                return None
            if "[Content_Types].xml" in names and not any("vbaProject" in name for name in names):
                return next((found for start, found in OFFICE.items()
                             if any(name.startswith(start) for name in names)), None)  # fmt: skip
            if names and names[0] == "mimetype" and parts[0].file_size < 100:
                kind = archive.read(parts[0])
                return (kind.decode(), OPEN_DOCUMENT[kind]) if kind in OPEN_DOCUMENT else None
    except BROKEN:
        return None
    return None


def _is_text(data: bytes) -> bool:
    """UTF-8 without control characters, and not markup that a browser would run."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    if not text.strip() or CONTROL.search(text):
        return False
    return not text.lstrip("\ufeff \t\r\n").startswith("<")
