"""Makes HR files shaped like real ones: the same seed gives the same bytes."""

import random
from collections.abc import Iterator

FIRST = ["Ana", "Bruno", "Conceição", "Duarte", "Elsa", "Félix", "Graça", "Hugo", "Inês", "João",
         "Kátia", "Luís", "Márcia", "Nuno", "Olívia", "Paulo", "Rui", "Sónia"]  # fmt: skip
LAST = ["Araújo", "Brandão", "Conceição", "Damião", "Esteves", "Falcão", "Gonçalves", "Henriques",
        "Inácio", "Júdice", "Leitão", "Neves", "Olhão", "Patrício", "Rebelo"]  # fmt: skip
PLACES = ["Setúbal", "Évora", "Olhão", "Covilhã", "São João da Madeira"]
JOBS = ["Técnico de manutenção", "Operador de rede", "Analista", "Gestora de clientes"]
UNITS = [f"Águas do Sado / {area} / Equipa {n}" for area in
         ("Exploração", "Manutenção", "Clientes", "Laboratório") for n in range(1, 6)]  # fmt: skip
HEADERS = ["N.º mecanográfico", "Nome completo", "E-mail profissional", "Função",
           "Unidade orgânica", "Local de trabalho", "Chefia direta",
           "Data de admissão"]  # fmt: skip
BAD = ("email", "name", "day", "manager", "email_sign", "formula")


def people(count: int, *, bad: float = 0.03, seed: int = 7) -> Iterator[list[str]]:
    """Rows under HEADERS; managers are staff numbers that often appear further down."""
    chance = random.Random(seed)
    numbers = [f"{100_000 + n}" for n in range(count)]
    for n in range(count):
        first, last = chance.choice(FIRST), chance.choice(LAST)
        boss = "" if n == count - 1 else numbers[min(count - 1, n + chance.randint(1, 40))]
        row = [
            numbers[n], f"{first} {last}", f"p{n}@sado.example", chance.choice(JOBS),
            chance.choice(UNITS), chance.choice(PLACES), boss,
            f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1990, 2025)}",
        ]  # fmt: skip
        if n < count - 1 and chance.random() < bad:
            spoil(row, BAD[n % len(BAD)])
        yield row


def spoil(row: list[str], how: str) -> None:
    """Makes one row wrong in one way that HR files are wrong."""
    if how == "email":
        row[2] = ""
    elif how == "email_sign":
        row[2] = row[2].replace("p", "\u00fd", 1)
    elif how == "name":
        row[1] = " "
    elif how == "day":
        row[7] = "31/02/2020"
    elif how == "manager":
        row[6] = "999999x"
    else:
        row[3] = "=1+1"


def csv_bytes(count: int, *, encoding: str = "latin-1", bad: float = 0.03, seed: int = 7) -> bytes:
    """The file: semicolons, CRLF, quotes where Excel puts them."""
    lines = [";".join(HEADERS)]
    lines += [";".join(row) for row in people(count, bad=bad, seed=seed)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
