"""Tags on people: written from a line with commas, offered while somebody types, and asked by text.

`Person.ask_about` keeps the line of "ask me about" tags as they read, so that lists and searches
need no second table; the rows of PersonSkill are the same tags, counted and merged.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from sapwood.core.seen import is_blank, tidy
from sapwood.people.folding import fold
from sapwood.people.models import Person, PersonQuerySet, PersonSkill, Said, Skill
from sapwood.people.models.skill import LONGEST
from sapwood.people.near import telling_words

MOST = 20
OFFERED = 8
MOST_TAGS = 200
BATCH = 500


def split_tags(text: str) -> list[str]:
    """Parted by commas, semicolons or lines; each once, as first written."""
    parts = text.replace("\n", ",").replace(";", ",").split(",")
    tags: dict[str, str] = {}
    for part in map(tidy, parts):
        if part and not is_blank(part):
            tags.setdefault(fold(part), part)
    return list(tags.values())


def find_skill(name: str) -> Skill | None:
    """The standing tag of this name, whatever its accents or case, or the one it went into."""
    found = Skill.objects.select_related("merged_into").filter(folded=fold(name)).first()
    return found.standing if found else None


def known_or_new(names: Iterable[str]) -> dict[str, Skill]:
    """The standing tag for each folded name; what nobody said before becomes a tag."""
    wanted = {fold(name): name for name in names}
    known = _standing(wanted)
    new = [Skill(name=name) for key, name in wanted.items() if key not in known]
    for skill in new:
        skill.fold_name()
    if new:  # somebody else may add the same tag now: theirs is as good
        Skill.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
        known |= _standing([key for key in wanted if key not in known])
    return known


def _standing(keys: Iterable[str]) -> dict[str, Skill]:
    keys, found = list(keys), {}
    for start in range(0, len(keys), BATCH):
        some = Skill.objects.select_related("merged_into").filter(
            folded__in=keys[start : start + BATCH]
        )
        found.update({skill.folded: skill.standing for skill in some})
    return found


def say(person: Person, said: str, names: Sequence[str]) -> list[Skill]:
    """Makes `names` the tags with which `person` says `said`, in this order, and no others."""
    with transaction.atomic():
        tags = known_or_new(names)
        chosen = list(dict.fromkeys(tags[fold(name)] for name in names))
        PersonSkill.objects.filter(person=person, said=said).delete()
        PersonSkill.objects.bulk_create(
            PersonSkill(person=person, skill=skill, said=said, position=place)
            for place, skill in enumerate(chosen)
        )
        if said == Said.ASK:
            person.ask_about = ", ".join(skill.name for skill in chosen)
            person.save(update_fields=["ask_about"])
    return chosen


def tag_people(people: Iterable[Person], learning: dict[UUID, list[str]] | None = None) -> None:
    """Rows for people who were just made with a line of "ask me about"; few queries for many."""
    rows: list[tuple[Person, str, list[str]]] = []
    for person in people:
        rows.append((person, Said.ASK, person.topics))
        rows.append((person, Said.LEARNING, (learning or {}).get(person.pk, [])))
    tags = known_or_new(name for _person, _said, names in rows for name in names)
    PersonSkill.objects.bulk_create(
        (
            PersonSkill(person=person, skill=skill, said=said, position=place)
            for person, said, names in rows
            for place, skill in enumerate(dict.fromkeys(tags[fold(name)] for name in names))
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def offered(words: str) -> list[str]:
    """Names of tags that fit what somebody types, those that begin so first, then A to Z."""
    key = fold(words)
    if not key:
        return []
    found = Skill.objects.in_use().like(words).values_list("name", "folded")[:MOST_TAGS]
    ordered = sorted(found, key=lambda each: (not each[1].startswith(key), each[1]))
    return [name for name, _folded in ordered[:OFFERED]]


def skills_in(words: str) -> list[UUID]:
    """Standing tags that a text is about: at least half of their telling words are in it."""
    said = telling_words(words)
    if not said:
        return []
    found: set[UUID] = set()
    for pk, into, name in Skill.objects.order_by().values_list("pk", "merged_into", "name"):
        telling = telling_words(name)
        if telling and 2 * len(telling & said) >= len(telling):
            found.add(into or pk)
    return sorted(found)[:MOST_TAGS]


def people_to_ask(words: str) -> PersonQuerySet:
    """Who works here and says "ask me about" what a text is about; A to Z, nobody is ranked."""
    rows = PersonSkill.objects.filter(said=Said.ASK, skill__in=skills_in(words))
    found: PersonQuerySet = Person.objects.active().filter(pk__in=rows.order_by().values("person"))
    return found.order_by("folded", "pk")


def too_long(names: Iterable[str]) -> str:
    """The first name that is longer than a tag may be, or empty."""
    return next((name for name in names if len(name) > LONGEST), "")


def tags_of(person: Person) -> QuerySet[PersonSkill]:
    """Both kinds of tags of one person, in their order, with the tag itself."""
    return PersonSkill.objects.filter(person=person).select_related("skill")


def forget_unused() -> int:
    """Removes tags that nobody has any more, with their other spellings; counts rows."""
    return int(Skill.objects.unused().delete()[0])
