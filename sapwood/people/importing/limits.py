"""How large a file may be. Everything a stranger can send has an end."""

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_LINE = 64 * 1024
# Lines that one quoted cell may span before we say that its quotation mark was never closed.
MAX_SPAN = 50
MAX_CELL = 1000


class Unreadable(Exception):
    """The file as a whole cannot be used; `code` and `params` make the sentence (problems.py)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params
