"""Finding the people, and the group, that are named after an @."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from django.utils.translation import gettext as _

from sapwood.conversations.models import Audience, Mention, Message
from sapwood.conversations.refusing import Refused
from sapwood.people.folding import fold
from sapwood.people.models import Person

AT = re.compile(r"(?<![\w@/.])@([^\W\d_][^@\n<>]{0,119})")
MOST = 20
MOST_SIGNS = 200  # what code and addresses hold of them
LONGEST_NAME = 6  # words
EDGES = ".,;:!?…)]}\"'”’»"


@dataclass(frozen=True)
class Named:
    """Who is named in a text, by the words used; and whether the whole group is."""

    people: dict[str, Person]
    group: bool = False


def find_named(
    text: str, audience: Audience, *, author: Person, picked: Iterable[UUID] = ()
) -> Named:
    """People who may read the audience and whose whole name stands after an @.

    `picked` are the ids that the picker gave: they decide between people of one name. Raises
    Refused when a name fits several and none was picked, or too many are named.
    """
    said = [found.group(1) for found in AT.finditer(text)][:MOST_SIGNS]
    if not said:
        return Named({})
    chunks = [_prefixes(each) for each in said]
    wanted = {words for each in chunks for words in each}
    chosen = set(picked)
    found: dict[str, list[Person]] = {}
    may = audience.readers().apart_from(author).filter(name__in=wanted)
    for person in may[: MOST * 10]:
        found.setdefault(person.name, []).append(person)
    people: dict[str, Person] = {}
    calls, group = False, fold(audience.name).strip()
    for whole, each in zip(said, chunks, strict=True):
        words = next((words for words in reversed(each) if words in found), None)
        if words is None:
            calls = calls or bool(group and re.match(rf"{re.escape(group)}(?!\w)", fold(whole)))
        elif words not in people:
            people[words] = _the_one(words, found[words], chosen)
    if len(people) > MOST:
        raise Refused(_("Name at most %(most)s people in one message.") % {"most": MOST})
    return Named({words: each for words, each in people.items() if each != author}, calls)


def _the_one(words: str, same_name: list[Person], chosen: set[UUID]) -> Person:
    picked = [person for person in same_name if person.pk in chosen]
    if len(same_name) > 1 and len(picked) != 1:
        text = _("More than one person is called %(name)s. Pick the right one from the list.")
        raise Refused(text % {"name": words})
    return (picked or same_name)[0]


def _prefixes(chunk: str) -> list[str]:
    """The names that may begin `chunk`: its first word, its first two, and so on."""
    words = chunk.split()[:LONGEST_NAME]
    plain = list(accumulate(words, lambda before, word: f"{before} {word}"))
    return [name for each in plain for name in dict.fromkeys((each.rstrip(EDGES), each)) if name]


def keep_mentions(message: Message, named: Named) -> None:
    """Stores who is named, in place of what was stored before."""
    message.mentions.exclude(person__in=named.people.values()).delete()
    Mention.objects.bulk_create(
        [
            Mention(message=message, person=person, words=words)
            for words, person in named.people.items()
        ],
        ignore_conflicts=True,
    )
    leads = {words: str(person.pk) for words, person in named.people.items()}
    if message.named != leads:
        message.named = leads
        message.save(update_fields=["named"])
