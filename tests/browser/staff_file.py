"""A personnel file as an HR system exports it: 2,000 rows, some of them wrong."""

from itertools import islice, product

FIRST = (
    "Ana Bruno Conceição Duarte Elsa Félix Graça Hugo Inês João "
    "Kátia Luís Márcia Nuno Olívia Paulo Quitéria Rui Sónia Tomás"
).split()
MIDDLE = ["", "Alves", "Brito", "Cunha", "Dias", "Faria", "Goes"]
LAST = (
    "Araújo Brandão Damião Esteves Falcão Gonçalves Henriques Inácio "
    "Júdice Leitão Magalhães Neves Olhão Patrício Queirós Rebelo"
).split()
PLACES = ["Setúbal", "Évora", "Olhão", "Covilhã", "São João da Madeira"]
HEADERS = {
    "en": "Employee number,Full name,Work e-mail,Job title,Department,Location,"
    "Line manager,Start date,Language,Cost centre",
    "pt": "N.º mecanográfico,Nome completo,E-mail,Função,Unidade orgânica,Local de trabalho,"
    "Chefia direta,Data de admissão,Idioma,Centro de custo",
}
JOBS = {
    "en": ["Network operator", "Laboratory analyst", "Customer adviser", "Maintenance technician"],
    "pt": ["Operador de rede", "Analista de laboratório", "Gestor de clientes", "Técnico"],
}
AREAS = {
    "en": ["Network", "Laboratory", "Customers", "Maintenance"],
    "pt": ["Rede", "Laboratório", "Clientes", "Manutenção"],
}
TEAM = {"en": "Team", "pt": "Equipa"}
DOMAIN = "ardal.example"
NUMBER, NAME, EMAIL, JOB, UNIT, PLACE, MANAGER, STARTED = range(8)
PLAIN = str.maketrans("áãâçéêíóõôú", "aaaceeiooou")


def address(name: str) -> str:
    """The work address of somebody with this name."""
    return f"{'.'.join(name.lower().translate(PLAIN).split())}@{DOMAIN}"


def rows(language: str, count: int) -> list[list[str]]:
    """People of one organisation; a manager leads ten, and stands below those they lead."""
    names = [f"{f} {m} {last}".replace("  ", " ") for m, f, last in product(MIDDLE, FIRST, LAST)]
    made = []
    for n, name in enumerate(islice(names, count)):
        area = n * 4 // count
        boss = "" if n == count - 1 else f"{100_000 + min(count - 1, (n // 10 + 1) * 10)}"
        made.append(
            [
                f"{100_000 + n}",
                name,
                address(name),
                JOBS[language][area],
                f"Ardal Water / {AREAS[language][area]} / {TEAM[language]} {n // 50 % 10 + 1}",
                PLACES[n % len(PLACES)],
                boss,
                f"{n % 28 + 1:02}/{n % 12 + 1:02}/{1990 + n % 35}",
                language,
                f"CC-{n % 90:03}",
            ]
        )
    return made


def spoil(made: list[list[str]]) -> None:
    """What is wrong in real files; the row number that a spreadsheet shows is two more."""
    made[11][EMAIL] = ""
    made[13][EMAIL] = "graca.leitao@ardal"
    made[98][NAME] = " "
    made[499][STARTED] = "31/02/2020"
    made[777][MANAGER] = "999999"
    made[1200][JOB] = "=HYPERLINK(1)"
    made[1999][MANAGER] = made[1999][NUMBER]


def staff_file(language: str) -> bytes:
    """The whole file: Latin-1, semicolons and CRLF as from a Portuguese Excel, or plain UTF-8."""
    made = rows(language, 2000)
    spoil(made)
    cut, encoding = (";", "latin-1") if language == "pt" else (",", "utf-8-sig")
    lines = [cut.join(row) for row in [HEADERS[language].split(","), *made]]
    return ("\r\n".join([*lines, ""]) + "\r\n").encode(encoding)
