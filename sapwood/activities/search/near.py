"""Words close to one that nobody wrote: a swapped, missing, extra or wrong letter, or two."""

from sapwood.activities.search.backends import backend

MOST = 12  # hidden words among them must not crowd out visible ones
SHORT = 4  # a word of fewer letters is near too many others, and may be left out of a question


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


def near_words(words: list[str]) -> list[list[str]]:
    """For each word up to `MOST` that somebody wrote, the nearest first; one query in all.

    What is found here may stand in hidden places: only what matches among visible ones is shown.
    """
    reach = {word: 1 if len(word) < 8 else 2 for word in words if len(word) >= SHORT}
    if not reach:
        return [[] for _ in words]
    shortest = min(len(word) - most for word, most in reach.items())
    longest = max(len(word) + most for word, most in reach.items())
    known = backend().vocabulary(shortest, longest)
    return [_near(word, reach[word], known) if word in reach else [] for word in words]


def _near(word: str, most: int, known: list[str]) -> list[str]:
    close = []
    for other in known:
        away = distance(word, other, most)
        if away <= most:
            close.append((away, other[0] != word[0], other))
    return [other for _away, _first, other in sorted(close)[:MOST]]
