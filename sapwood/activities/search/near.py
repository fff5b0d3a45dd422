"""Words close to one that nobody wrote: a swapped, missing, extra or wrong letter, or two."""

from sapwood.activities.search.backends import backend

MOST = 5


def distance(first: str, second: str, most: int) -> int:
    """Letters to add, drop, change or swap (optimal string alignment); above `most`, `most` + 1."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for place, other in enumerate(second, 1):
            cost = min(last[place] + 1, current[-1] + 1, last[place - 1] + (letter != other))
            swapped = row > 1 < place and letter == second[place - 2] and first[row - 2] == other
            current.append(min(cost, before[place - 2] + 1) if swapped else cost)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return last[-1]


def near_words(word: str) -> list[str]:
    """Up to five known words near `word`, the nearest first; the word itself when it is known."""
    most = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    close = []
    for known in backend().vocabulary(len(word) - most, len(word) + most):
        away = distance(word, known, most)
        if away <= most:
            close.append((away, known[0] != word[0], known))
    return [known for _away, _first, known in sorted(close)[:MOST]]
