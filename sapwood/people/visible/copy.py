"""Take everything: a zip with JSON for machines, a page to read, and files."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template import engines
from django.utils.translation import get_language

from sapwood.core.policies import Policy, models_with_policy
from sapwood.people.models import Person

IN_MEMORY = 4 * 1024 * 1024


@dataclass(frozen=True)
class Section:
    """One kind of thing in the page to read."""

    title: str
    purpose: str
    labels: list[str]
    rows: list[list[Any]]


def write_copy(person: Person, now: datetime) -> IO[bytes]:
    """The zip, read from its start: everything.json, everything.html, and each row's file."""
    file: IO[bytes] = SpooledTemporaryFile(  # noqa: SIM115
        max_size=IN_MEMORY
    )
    sections, data = [], {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for model, policy in models_with_policy():
            if policy.export:
                rows = list(policy.rows(model, person).values(*policy.export))
                data[model._meta.label_lower] = rows
                if rows:
                    sections.append(_section(model, policy, rows))
            for name, content in _files(model, policy, person):
                archive.writestr(f"files/{name}", content)
        about = {"person": str(person.pk), "taken_at": now, "language": get_language()}
        text = json.dumps(
            {"about": about, "data": data}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
        )
        archive.writestr("everything.json", text)
        archive.writestr("everything.html", _page(person, now, sections))
    file.seek(0)
    return file


def _section(model: type[models.Model], policy: Policy, rows: list[dict[str, Any]]) -> Section:
    fields = [model._meta.get_field(name.partition("__")[0]) for name in policy.export]
    labels = [str(getattr(field, "verbose_name", field.name)) for field in fields]
    shown = [
        [_words(field, row[name]) for field, name in zip(fields, policy.export, strict=True)]
        for row in rows
    ]
    return Section(policy.name_for(model), str(policy.purpose), labels, shown)


def _words(field: Any, value: Any) -> Any:
    """A stored value as a person reads it: the words of a choice, a plain day."""
    choices = dict(getattr(field, "flatchoices", None) or [])
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return "" if value is None else value


def _files(model: type[models.Model], policy: Policy, person: Person) -> Iterator[tuple[str, Any]]:
    if not policy.attachment:
        return
    for row in policy.rows(model, person):
        attached = getattr(row, policy.attachment)()
        if attached:
            yield f"{model._meta.model_name}-{attached[0]}", attached[1]


def _page(person: Person, now: datetime, sections: list[Section]) -> str:
    template = engines["jinja2"].env.get_template("people/visible/copy.html")  # type: ignore[attr-defined]
    html: str = template.render(who=person, now=now, sections=sections, lang=get_language())
    return html
