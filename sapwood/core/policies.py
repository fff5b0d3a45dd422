"""What each model that holds a person promises: why, who sees it, how long, export and erasure.

The privacy page, "What others can see", the export and the erasure all read these declarations;
a test fails when a model with a key to a person declares none (capabilities.md, privacy rule 6).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.apps import apps
from django.db import models

Erasure = Literal["delete", "anonymise", "keep"]
LEAVING = "sapwood.people.tasks.erase_who_left"
YEAR = timedelta(days=365)
Circle = Literal["you", "picked", "desk", "everyone"]


@dataclass(frozen=True)
class Audience:
    """Fields of a model that are seen by others than the rest of its fields."""

    fields: tuple[str, ...]
    seen_by: Any
    circle: Circle
    title: Any = ""
    purpose: Any = ""


@dataclass(frozen=True)
class Shown:
    """Rows of a private model that their owner showed to people by name, and may take back.

    `readers` leads from a row to those people, as "shares__person"; `link` and `query` make the
    address of the page where one takes them back.
    """

    title: Any
    purpose: Any
    readers: str
    link: str
    query: str = ""

    def among(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Those of `rows` that anybody was shown, each once."""
        shown = rows.order_by().filter(**{f"{self.readers}__isnull": False})
        return rows.filter(pk__in=shown.values("pk"))


@dataclass(frozen=True)
class Limit:
    """Rows that match `only` go once `age` has passed since the time in the field `since`.

    The sweep of core/retention.py keeps it, every hour.
    """

    age: timedelta
    since: str
    only: tuple[tuple[str, Any], ...] = ()

    def expired(self, model: type[models.Model], now: datetime) -> models.QuerySet[Any]:
        """The rows whose time is over."""
        old = {f"{self.since}__lt": now - self.age, **dict(self.only)}
        return model._default_manager.filter(**old)


@dataclass(frozen=True)
class Policy:
    """A declaration on a model, as its class attribute `privacy`.

    Texts are lazy translations. `person` names the field that holds the person the row is about;
    where that field holds something else about them, such as their address, `matches` names the
    attribute of the person that it is compared with. `export` lists the fields that go into a
    person's copy, and `attachment` a method that gives (file name, bytes) of a row.
    `erase`: rows go (`delete`, through the row's own `erase` method if it has one), lose the person
    (`anonymise`: the field becomes empty, or the row's own `anonymise` method runs) or stay for a
    stated reason (`keep`, see `kept_because`).
    A model whose rows name other people in text has a class method `forget_mentions(person)`.
    `circle` is how far the rows can be seen at most, and `link` the page where one finds them.
    `apart` holds the fields that fewer people see than the rest, and `shown` says which rows of a
    private model people were picked to see.
    `retention` that speaks of a time is kept by `limit`, or by the periodic job that `swept_by`
    names, or ends when the whole account is erased (`LEAVING`); a test holds this.
    """

    purpose: Any
    seen_by: Any
    retention: Any
    person: str = "person"
    export: tuple[str, ...] = ()
    erase: Erasure = "delete"
    title: Any = ""
    private: bool = False
    matches: str = ""
    attachment: str = ""
    kept_because: Any = ""
    circle: Circle = "picked"
    link: str = ""
    apart: tuple[Audience, ...] = ()
    shown: Shown | None = None
    limit: Limit | None = None
    swept_by: str = ""

    def rows(self, model: type[models.Model], person: models.Model) -> models.QuerySet[Any]:
        """The rows of `model` about `person`."""
        about = getattr(person, self.matches) if self.matches else person.pk
        lookup = f"{self.person}__iexact" if self.matches else self.person
        return model._default_manager.filter(**{lookup: about})

    @property
    def reach(self) -> Circle:
        """How far the rows can be seen: "you" when they are private."""
        return "you" if self.private else self.circle

    def audiences(self, model: type[models.Model]) -> list[Audience]:
        """Every stored field with those who see it: first what stands together, then the rest."""
        named = {name for part in self.apart for name in part.fields}
        fields = tuple(f.name for f in model._meta.concrete_fields if f.name not in named)
        title = self.name_for(model)
        whole = Audience(fields, self.seen_by, self.reach, title, self.purpose)
        return [whole, *self.apart]

    def name_for(self, model: type[models.Model]) -> str:
        """The title, or the model's own plural."""
        return str(self.title or model._meta.verbose_name_plural or model._meta.label)


_adopted: dict[str, Policy] = {}


def adopt(label: str, policy: Policy) -> None:
    """Declares a policy for a model of a library, by its label such as "account.EmailAddress"."""
    _adopted[label.lower()] = policy


def policy_of(model: type[models.Model]) -> Policy | None:
    """The model's own declaration, or the one adopted for it."""
    policy = getattr(model, "privacy", None)
    return policy if isinstance(policy, Policy) else _adopted.get(model._meta.label_lower)


def models_with_policy() -> Iterator[tuple[type[models.Model], Policy]]:
    """Every installed model with a policy, in the order of the apps."""
    for model in apps.get_models():
        policy = policy_of(model)
        if policy:
            yield model, policy


def export_rows(person: models.Model) -> dict[str, list[dict[str, Any]]]:
    """A person's rows by table name, each with the fields its policy exports."""
    copy: dict[str, list[dict[str, Any]]] = {}
    for model, policy in models_with_policy():
        if policy.export:
            copy[model._meta.label_lower] = list(policy.rows(model, person).values(*policy.export))
    return copy
