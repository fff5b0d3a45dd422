"""The invented staff: units, people, the reporting line, and who can sign in with a password."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from sapwood.demo.texts import texts
from sapwood.people.folding import fold
from sapwood.people.models import Person, RoleGrant, Unit
from sapwood.people.skills import tag_people

DOMAIN = "ardalwater.example"
SIGN_IN = ("maya", "sofia", "beatriz", "nadia", "joana")


def folded(word: str) -> str:
    """A name as it stands in an address."""
    return "".join(letter for letter in fold(word) if letter.isascii() and letter.isalnum())


def make_units() -> dict[str, Unit]:
    """The tree, by path as written in the data."""
    root, _new = Unit.objects.get_or_create(name=texts("people")["organisation"], parent=None)
    units = {"": root}
    for row in texts("people")["units"]:
        parent, _slash, name = row["path"].rpartition(" / ")
        units[row["path"]], _new = Unit.objects.get_or_create(name=name, parent=units[parent])
    return units


def make_people(random: Random, *, open_doors: bool) -> list[Person]:
    """Everybody with their manager; the first of a unit heads it, the named ones come first.

    Their password stands in our source: unless `open_doors`, which is for `sapwood demo` alone,
    nobody of them can sign in or has a role beside real people.
    """
    data, units = texts("people"), make_units()
    password = make_password(data["password"]) if open_doors else make_unusable()
    people = [_named(row, units, password) for row in data["named"]]
    taken = {person.email for person in people}
    for row in data["units"]:
        here = [person for person in people if person.unit == units[row["path"]]]
        for _n in range(row.get("people", 0) - len(here)):
            people.append(_invented(row, units[row["path"]], random, taken))
    Person.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in people
    )
    tag_people(people, _learning(people))
    _set_managers(people, units)
    if open_doors:
        _give_roles(people)
    return people


def _base(**fields: Any) -> Person:
    person = Person(is_sample=True, **fields)
    person.created_at = timezone.now() - timedelta(days=400)
    person.joined_on = timezone.now().date() - timedelta(days=500)
    return person


def _named(row: dict[str, Any], units: dict[str, Unit], password: str) -> Person:
    unit = next(u for u in texts("people")["units"] if u["path"] == row["unit"])
    person = _base(
        email=f"{row['email']}@{DOMAIN}",
        name=row["name"],
        unit=units[row["unit"]],
        job_title=row["title"],
        language=row["language"],
        pronouns=row.get("pronouns", ""),
        ask_about=row.get("ask", ""),
        speaks=row["speaks"],
        site=unit["site"],
        time_zone=_zone(unit["site"]),
        password=password if row["email"] in SIGN_IN else make_unusable(),
    )
    if row.get("new"):
        person.joined_on = timezone.now().date() - timedelta(days=40)
        person.created_at = timezone.now() - timedelta(days=40)
    return person


def _invented(row: dict[str, Any], unit: Unit, random: Random, taken: set[str]) -> Person:
    data, language = texts("people"), row.get("language", "en")
    while True:
        first, last = random.choice(data["first"][language]), random.choice(data["last"][language])
        email = f"{folded(first)}.{folded(last)}@{DOMAIN}"
        if email not in taken:
            break
    taken.add(email)
    asked = random.sample(data["topics"][language], 2) if random.random() < 0.6 else []
    person = _base(
        email=email,
        name=f"{first} {last}",
        unit=unit,
        job_title=random.choice(data["titles"][unit.name]),
        language=language,
        ask_about=", ".join(asked),
        site=row["site"],
        time_zone=_zone(row["site"]),
        speaks={"en": "English", "pt": "Português"}[language],
        password=make_unusable(),
    )
    person.joined_on = timezone.now().date() - timedelta(days=random.randrange(90, 5000))
    return person


def _learning(people: list[Person]) -> dict[UUID, list[str]]:
    """What the named are learning, and a third of the others; draws apart from the rest."""
    data, random = texts("people"), Random("learning")  # noqa: S311 - believable, not secret
    named = {f"{row['email']}@{DOMAIN}": row["learning"].split(", ") for row in data["named"]}
    return {
        person.pk: named.get(person.email) or random.sample(data["learning"][person.language], 1)
        for person in people
        if person.email in named or random.random() < 1 / 3
    }


def make_unusable() -> str:
    """Nobody signs in with this."""
    return make_password(None)


def _zone(site: str) -> str:
    zones = texts("people")["zone"]
    return str(zones.get(site, zones["default"]))


def _set_managers(people: list[Person], units: dict[str, Unit]) -> None:
    """The head of a unit reports to the head above; everybody else to the head of their unit."""
    heads: dict[Any, Person] = {}
    named = {f"{row['email']}@{DOMAIN}": row for row in texts("people")["named"]}
    for person in people:
        if named.get(person.email, {}).get("heads"):
            heads[person.unit_id] = person
    for person in people:
        heads.setdefault(person.unit_id, person)
    top = heads[units["People and Learning"].pk]
    for person in people:
        head = heads[person.unit_id]
        person.manager = (top if head != top else None) if person == head else head
        if person == head and person.email not in named:
            person.job_title = texts("people")["head_titles"][person.language]
    Person.objects.bulk_update(people, ["manager", "job_title"])


def _give_roles(people: list[Person]) -> None:
    by_email = {person.email: person for person in people}
    RoleGrant.objects.bulk_create(
        RoleGrant(person=by_email[f"{row['email']}@{DOMAIN}"], role=role)
        for row in texts("people")["named"]
        for role in row.get("roles", [])
    )
