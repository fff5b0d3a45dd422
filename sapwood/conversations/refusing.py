"""Why words were not taken; each says what to do, and whoever catches it shows it."""

from typing import Any


class Refused(Exception):
    """`text` is the sentence for the one who wrote; nothing was stored."""

    def __init__(self, text: Any) -> None:
        super().__init__(str(text))
        self.text = text


class GroupNotConfirmed(Refused):
    """The words call a whole group, and who wrote them has not seen yet how many that is."""

    def __init__(self, text: Any, people: int) -> None:
        super().__init__(text)
        self.people = people
