"""Writing notes in tests, as the form sends them."""

import re
from uuid import uuid4

from django.urls import reverse

from sapwood.spaces.notes.saving import Words, keep

HTML = "<h2>Sounds</h2><p>Ticking</p><h2>Água</h2><p>Hiss</p><h3>Pumps</h3><p>Roar</p>"


def change(note, person, html, *, base=1, title="Ten sounds", now=None):
    words = Words(title, html, "Said shortly")
    return keep(note, words, base=base, by=person, now=now or person.now())


def sent(note, html, **more):
    form = {"id": uuid4(), "base": 0, "since": 1, "title": "Ten sounds", "text": html}
    return {**form, "summary": "Short", **more}


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def pages_of(note):
    return [
        reverse("group_notes", args=[note.space_id]),
        reverse("group_notes_file", args=[note.space_id]),
        *(
            reverse(name, args=[note.pk])
            for name in ("note", "note_changes", "note_versions", "note_file")
        ),
        reverse("note_version", args=[note.pk, 1]),
    ]
