"""Journal entries of the sample organisation, most private, a few shown to somebody."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.utils import translation

from sapwood.core.ids import uuid7
from sapwood.demo.staff import DOMAIN
from sapwood.demo.texts import texts
from sapwood.journal.keeping import keep
from sapwood.journal.prompts import PROMPTS
from sapwood.journal.sharing import share
from sapwood.people.models import Person

WRITERS = 24
SHOWN = (("maya", "kwame"), ("owen", "maya"), ("joana", "rui"))


def write_entries(people: list[Person], random: Random) -> None:
    """Some write now and then; the people one signs in as have more to find."""
    chosen = {f"{name}@{DOMAIN}" for name in ("maya", "joana", "sofia", "owen", "beatriz")}
    writers = [p for p in people if p.email in chosen]
    writers += random.sample([p for p in people if p.email not in chosen], WRITERS - len(writers))
    for person in writers:
        lines = texts("moments")["entries"][person.language]
        for i, text in enumerate(random.sample(lines, 4 if person.email in chosen else 1)):
            _write(person, text, random, days_ago=6 + i * 9 + random.randrange(4))
    by_email = {person.email: person for person in people}
    for writer, reader in SHOWN:
        entry = by_email[f"{writer}@{DOMAIN}"].journal_entries.order_by("written_on").first()
        if entry:
            share(entry, with_people=[by_email[f"{reader}@{DOMAIN}"]])


def _write(person: Person, text: str, random: Random, days_ago: int) -> None:
    prompt = random.choice([p for p in PROMPTS.values() if p.moment == "end"])
    now = datetime.now(ZoneInfo(person.time_zone)) - timedelta(days=days_ago)
    with translation.override(person.language):
        keep(person, uuid7(), text=text, now=now, prompt=prompt)
