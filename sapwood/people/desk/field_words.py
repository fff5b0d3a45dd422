"""What stored fields hold, in words: for people who read promises, not tables."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SECRET = {"password", "secret", "token", "digest", "session_key", "data", "key"}
# What only ties rows together, or is worked out from other fields: it tells nothing more.
KEYS = {
    "add_new", "change_known", "client_key", "close_missing", "columns", "counts",
    "cursor", "delimiter", "depth", "done", "encoding", "failed", "folded", "get_data",
    "headers", "height", "unused_since", "is_sample", "new_units", "number", "person_key",
    "photo_key", "plain", "primary", "problems", "prompt_id", "reacted_at", "revision", "run",
    "search_text", "search_title", "seed", "selector", "sha256", "shown", "slot", "small",
    "source_id", "source_type", "total", "trouble", "uid", "version", "waits", "width",
}  # fmt: skip
PERSON = gettext_lazy("the person")
WHEN = gettext_lazy("when it was made")
CHANGED = gettext_lazy("when it was changed")
WORDS: dict[str, Any] = {
    "about": gettext_lazy("what it is about"),
    "action": gettext_lazy("what was done"),
    "activity": gettext_lazy("the offer"),
    "actor": gettext_lazy("who did it"),
    "answered_at": gettext_lazy("when it was answered"),
    "asked_at": gettext_lazy("when it was written"),
    "at": gettext_lazy("when"),
    "attempt_time": gettext_lazy("when"),
    "author": gettext_lazy("who wrote it"),
    "cells": gettext_lazy("the row as it stood in the file"),
    "changed_at": CHANGED,
    "changes": gettext_lazy("what changes"),
    "chosen_at": gettext_lazy("when it was chosen"),
    "completed_at": gettext_lazy("when it was completed"),
    "content": gettext_lazy("the picture"),
    "content_type": gettext_lazy("kind of file"),
    "count": gettext_lazy("how many times"),
    "created": WHEN,
    "created_at": WHEN,
    "detail": gettext_lazy("names of the fields, never their contents"),
    "email": gettext_lazy("work e-mail"),
    "email_address": gettext_lazy("work e-mail"),
    "entry": gettext_lazy("the journal entry"),
    "expires_at": gettext_lazy("until when it works"),
    "facilitator": gettext_lazy("who leads it"),
    "facts": gettext_lazy("details of the offer"),
    "failures_since_start": gettext_lazy("number of wrong tries"),
    "closed_at": gettext_lazy("when the account was closed"),
    "fields": gettext_lazy("what you typed"),
    "file": gettext_lazy("the file"),
    "file_name": gettext_lazy("name of the file"),
    "finished_at": gettext_lazy("when it ended"),
    "followed_on": gettext_lazy("the day you followed it"),
    "granted_at": gettext_lazy("when it was given"),
    "granted_by": gettext_lazy("who gave it"),
    "http_accept": gettext_lazy("the browser"),
    "image": gettext_lazy("the picture"),
    "intended": gettext_lazy("whether it was meant as learning"),
    "invited_at": gettext_lazy("when you were invited"),
    "invited_by": gettext_lazy("who invited"),
    "ip": gettext_lazy("network address of the device"),
    "ip_address": gettext_lazy("network address of the device"),
    "is_active": gettext_lazy("whether the account is open"),
    "joined_at": gettext_lazy("when you joined"),
    "kept_at": gettext_lazy("when you kept it"),
    "last_seen_at": gettext_lazy("when the device was signed in"),
    "last_used_at": gettext_lazy("when the key was last used"),
    "kind": gettext_lazy("kind"),
    "left_at": gettext_lazy("when you left"),
    "level": gettext_lazy("how much you chose"),
    "manager": gettext_lazy("manager"),
    "manager_words": gettext_lazy("manager, as written in the file"),
    "model": gettext_lazy("the way of reflecting"),
    "moment": gettext_lazy("the moment"),
    "name": gettext_lazy("name"),
    "named_self": gettext_lazy("whether you wrote your name yourself"),
    "objectives": gettext_lazy("what it serves"),
    "on_work_time": gettext_lazy("whether it was in working time"),
    "owner": gettext_lazy("whose it is"),
    "parent": gettext_lazy("what it belongs to"),
    "participation": gettext_lazy("who takes part"),
    "path_info": gettext_lazy("the page"),
    "person": PERSON,
    "planned": gettext_lazy("whether it was planned"),
    "post_data": gettext_lazy("what was typed, the password masked"),
    "prompt": gettext_lazy("the question you answered"),
    "published_at": gettext_lazy("when it was published"),
    "reflected": gettext_lazy("whether you thought about it"),
    "ring": gettext_lazy("the ring it counts for"),
    "role": gettext_lazy("role"),
    "rule": gettext_lazy("the suggestion"),
    "saved_at": gettext_lazy("when it was saved"),
    "sent": gettext_lazy("when it was sent"),
    "session": gettext_lazy("the session"),
    "shared_at": gettext_lazy("when it was shared"),
    "size": gettext_lazy("size of the file"),
    "source_title": gettext_lazy("where it came from"),
    "staff_number": gettext_lazy("staff number"),
    "started_at": gettext_lazy("when it began"),
    "state": gettext_lazy("how far it is"),
    "stretch": gettext_lazy("the stretch assignment"),
    "subject": PERSON,
    "text": gettext_lazy("the words"),
    "type": gettext_lazy("kind"),
    "unit": gettext_lazy("unit"),
    "user": PERSON,
    "user_agent": gettext_lazy("the browser"),
    "username": gettext_lazy("the address typed"),
    "uses_left": gettext_lazy("how many people it still lets in"),
    "values": gettext_lazy("the row as it was read"),
    "verdict": gettext_lazy("your answer"),
    "verified": gettext_lazy("whether it is proved"),
    "visibility": gettext_lazy("who can see it"),
    "way": gettext_lazy("way of learning"),
    "withdrawn_at": gettext_lazy("when it was taken back"),
    "word": gettext_lazy("the word"),
    "year": gettext_lazy("the year"),
}


def words_of(field: models.Field[Any, Any]) -> str:
    """What a field holds; empty for a key, a secret or what is worked out from others."""
    if field.primary_key or field.name in KEYS | SECRET:
        return ""
    return str(WORDS.get(field.name) or field.verbose_name)


def in_words(fields: Iterable[models.Field[Any, Any]]) -> list[str]:
    """Each field once, keys and the like as one phrase at the end."""
    told = [(field.name in SECRET, words_of(field)) for field in fields]
    words = list(dict.fromkeys(text for _secret, text in told if text))
    if any(not secret and not text for secret, text in told):
        words.append(_("and keys that tie rows together") if words else _("keys only"))
    return words
