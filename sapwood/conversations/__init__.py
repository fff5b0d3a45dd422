"""Conversations: threads, messages, reactions, mentions; who may read and write them."""
