"""Which column holds what: English and Portuguese names, near misses, and the person's own word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy as _

from sapwood.people.folding import fold

CLOSE = 0.84
SHORT_NAMES = {"name", "nome"}


@dataclass(frozen=True)
class Field:
    """Something a column can hold; `words` are folded names it goes by."""

    key: str
    label: Any
    words: tuple[str, ...]


FIELDS = (
    Field("email", _("E-mail"), (
        "e mail", "email", "work email", "e mail address", "email address", "mail", "correio",
        "correio eletronico", "endereco de e mail", "endereco eletronico", "e mail profissional",
        "email profissional", "email corporativo", "user principal name",
    )),
    Field("name", _("Name"), (
        "name", "full name", "display name", "employee name", "nome", "nome completo",
        "nome do colaborador", "nome do trabalhador", "colaborador", "trabalhador",
    )),
    Field("first_name", _("First name"), (
        "first name", "given name", "forename", "primeiro nome", "nome proprio", "nomes proprios",
    )),
    Field("last_name", _("Last name"), (
        "last name", "surname", "family name", "apelido", "apelidos", "ultimo nome", "sobrenome",
    )),
    Field("staff_number", _("Staff number"), (
        "staff number", "employee number", "employee id", "personnel number", "staff id",
        "staff no", "employee no", "payroll number", "numero mecanografico", "n mecanografico",
        "no mecanografico", "numero de colaborador", "n colaborador", "no colaborador", "numero",
        "numero de funcionario", "n funcionario", "numero de trabalhador", "n trabalhador",
        "no trabalhador", "no de colaborador", "id",
    )),
    Field("job_title", _("Job title"), (
        "job title", "title", "job", "position", "role", "function", "cargo", "funcao",
        "categoria profissional", "categoria", "posto de trabalho", "profissao",
    )),
    Field("unit", _("Unit"), (
        "unit", "department", "team", "organisational unit", "organizational unit", "org unit",
        "division", "area", "unidade", "unidade organica", "unidade organizacional", "departamento",
        "equipa", "direcao", "servico", "estrutura",
    )),
    Field("site", _("Site"), (
        "site", "location", "office", "workplace", "city", "local", "local de trabalho",
        "localizacao", "instalacao", "estabelecimento", "localidade", "cidade", "polo",
    )),
    Field("manager", _("Manager"), (
        "manager", "line manager", "manager email", "manager e mail", "supervisor", "reports to",
        "manager id", "manager number", "chefia", "chefia direta", "superior hierarquico",
        "responsavel", "gestor", "email da chefia", "e mail da chefia", "email do gestor",
        "e mail do gestor", "superior", "responsavel hierarquico",
    )),
    Field("language", _("Language"), (
        "language", "preferred language", "idioma", "lingua", "idioma preferido",
    )),
    Field("joined_on", _("Joined on"), (
        "joined on", "start date", "hire date", "date of hire", "joined", "admission date",
        "data de admissao", "data de entrada", "data de inicio", "admissao", "data admissao",
    )),
    Field("is_active", _("Account"), (
        "active", "is active", "account open", "can sign in", "ativo", "ativa", "activo",
        "conta aberta", "pode entrar",
    )),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}


def tidy(header: str) -> str:
    """A header as it is compared: folded, signs as spaces, "N.º" as "n"."""
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(header))
    return " ".join(letters.split()).replace("n o ", "n ", 1)


def likeness(header: str, field: Field) -> float:
    """1 for a name the field goes by, CLOSE to 1 for a near miss, 0 for anything else."""
    if header in field.words:
        return 1.0
    if len(header) < 4:
        return 0.0
    best = max(SequenceMatcher(None, header, word).ratio() for word in field.words)
    return best if best >= CLOSE else 0.0


def match_headers(headers: list[str]) -> dict[str, int]:
    """Field → column, each at most once, the best likeness first, then the leftmost column."""
    found: list[tuple[float, int, int]] = []
    for column, header in enumerate(headers[:200]):
        words = tidy(header[:80])
        found += [
            (-score, column, rank)
            for rank, field in enumerate(FIELDS)
            if words and (score := likeness(words, field))
        ]
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for _score, column, rank in sorted(found):
        key = FIELDS[rank].key
        if key not in columns and column not in taken:
            columns[key] = column
            taken.add(column)
    return _with_parts(columns, headers)


def _with_parts(columns: dict[str, int], headers: list[str]) -> dict[str, int]:
    """Beside a surname, a column that is only called "name" holds the first name."""
    is_short = "name" in columns and tidy(headers[columns["name"]]) in SHORT_NAMES
    if is_short and "last_name" in columns and "first_name" not in columns:
        columns["first_name"] = columns.pop("name")
    return columns


def is_enough(columns: dict[str, int]) -> bool:
    """True if a person can be known and named: an e-mail, and a name whole or in parts."""
    return "email" in columns and ("name" in columns or "first_name" in columns)
