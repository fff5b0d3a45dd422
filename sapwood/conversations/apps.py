"""Conversations as a Django app."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Threads, messages, reactions, mentions, and who may read them."""

    name = "sapwood.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Says which words were sent, so that another window does not take them for a draft."""
        from sapwood.conversations.sent import sent_words
        from sapwood.writing.drafting import keeps_words

        keeps_words(self.label, sent_words)
