"""Tidying tags: one name for what people call by many. Nobody loses a tag, or has it twice."""

from django.db import transaction

from sapwood.people.folding import fold
from sapwood.people.models import Person, PersonSkill, Said, Skill
from sapwood.people.near import telling_words
from sapwood.people.skills import split_tags

BATCH = 500
SHOWN = 12


class NameTakenError(Exception):
    """Another tag has this name: merge the two instead."""


def merge(skill: Skill, into: Skill) -> int:
    """Whoever has `skill` has `into` instead, once; the old name stays another spelling of it.

    Says how many people it concerned. Raises ValueError for a tag merged with itself.
    """
    if skill.pk == into.pk:
        raise ValueError("a tag cannot go into itself")
    with transaction.atomic():
        rows = PersonSkill.objects.filter(skill=skill)
        people = set(rows.values_list("person", flat=True))
        for said in Said.values:
            both = PersonSkill.objects.filter(skill=into, said=said).values("person")
            rows.filter(said=said, person__in=both).delete()
        rows.update(skill=into)
        Skill.objects.filter(merged_into=skill).update(merged_into=into)
        skill.merged_into = into
        skill.save()
        _reword(into, skill.folded, into.name)
    return len(people)


def rename(skill: Skill, name: str) -> None:
    """Another name for a tag, on everybody's page. Raises NameTakenError."""
    before, key = skill.folded, fold(name)
    with transaction.atomic():
        others = Skill.objects.filter(folded=key).exclude(pk=skill.pk)
        others.filter(merged_into=skill).delete()
        if others.exists():
            raise NameTakenError
        skill.name = name
        skill.save()
        _reword(skill, before, name)


def _reword(skill: Skill, before: str, name: str) -> None:
    """Writes `name` for the old name in the lines of everybody who has the tag."""
    people = list(Person.objects.saying(skill).select_for_update(of=("self",)))
    for person in people:
        words = [name if fold(topic) == before else topic for topic in person.topics]
        person.ask_about = ", ".join(split_tags(",".join(words)))
        person.fold_words()
    Person.objects.bulk_update(people, ["ask_about", "folded", "asks"], batch_size=BATCH)


def similar_to(skill: Skill) -> list[Skill]:
    """Other tags that share a telling word with this one, A to Z: they may mean the same."""
    own = telling_words(skill.name)
    others = Skill.objects.standing().exclude(pk=skill.pk).with_counts()
    return [each for each in others if own & telling_words(each.name)][:SHOWN]
