"""What was sent under the id of a form: a second window with the same words learns of it."""

from uuid import UUID

from sapwood.conversations.models import Message
from sapwood.writing.drafting import Kept, Standing


def sent_words(pk: UUID) -> Kept | None:
    """The answer, or the opening words of the thread, that was sent under `pk`."""
    message = Message.objects.filter(pk=pk).first()
    message = message or Message.objects.filter(thread=pk, is_opening=True).first()
    if message is None:
        return None
    standing = Standing(1, {"text": message.text}, message.at, is_sent=True)
    return Kept(message.author_id, standing)
