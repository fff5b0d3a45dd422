"""Letters as people's programs send them, for tests of what comes in."""

from email.message import EmailMessage
from io import BytesIO

from PIL import Image


def png() -> bytes:
    """A small picture."""
    held = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(held, "PNG")
    return held.getvalue()


def letter(
    to: str,
    text: str = "We close V7 first.",
    *,
    sender: str = "Ana Sá <ana@ardal.example>",
    message_id: str = "<one@ardal.example>",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """The bytes of a letter; underscores in header names stand for hyphens."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: Which valve?"
    message["Date"] = "Mon, 03 Feb 2025 14:02:00 +0000"
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
