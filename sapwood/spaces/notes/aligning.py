"""Which pieces of two texts belong together: the same ones, and those that were reworded.

Comparing costs the square of what repeats, so a text made to be slow ("a a a …") is not compared
piece by piece but taken as replaced; nothing is lost by that, only the view is coarser.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from sapwood.people.folding import fold
from sapwood.spaces.notes.blocks import Block

MOST_STEPS = 400_000  # of comparing; about a tenth of a second
MOST_PAIRS = 2_500
ALIKE = 0.45  # share of words in common from which a block counts as reworded


class Matching:
    """The matching pieces of two sequences, as merge3 asks for them; guarded against slow ones."""

    def __init__(
        self,
        isjunk: object = None,
        a: Sequence[str] = (),
        b: Sequence[str] = (),
        autojunk: bool = False,
    ) -> None:
        self.a, self.b = a, b

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        """(place in a, place in b, how many) in order, closed by an empty one."""
        a, b = self.a, self.b
        most = min(len(a), len(b))
        first = next((i for i in range(most) if a[i] != b[i]), most)
        room = most - first
        last = next((i for i in range(room) if a[-1 - i] != b[-1 - i]), room)
        inner_a, inner_b = a[first : len(a) - last], b[first : len(b) - last]
        found = [(0, 0, first)] if first else []
        if _steps(inner_a, inner_b) <= MOST_STEPS:
            inner = SequenceMatcher(None, inner_a, inner_b, autojunk=False)
            found += [(i + first, j + first, n) for i, j, n in inner.get_matching_blocks() if n]
        if last:
            found.append((len(a) - last, len(b) - last, last))
        return [*found, (len(a), len(b), 0)]


def _steps(a: Sequence[str], b: Sequence[str]) -> int:
    there = Counter(b)
    return sum(times * there[piece] for piece, times in Counter(a).items())


def words_of(block: Block) -> Counter[str]:
    """How often each word stands in it, accents and case aside."""
    return Counter(fold(block.text).split())


def likeness(mine: Counter[str], theirs: Counter[str]) -> float:
    """0 to 1: the share of words that two blocks have in common."""
    words = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / words if words else 0.0


Pair = tuple[int | None, int | None]


def pairs(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """Both texts in order as (place in old, place in new); None where one has no partner."""
    found: list[Pair] = []
    i = j = 0
    matching = Matching(None, [b.key for b in old], [b.key for b in new])
    for at, to, size in matching.get_matching_blocks():
        found += _between(old[i:at], new[j:to], i, j)
        found += [(at + n, to + n) for n in range(size)]
        i, j = at + size, to + size
    return found


def _between(old: Sequence[Block], new: Sequence[Block], i: int, j: int) -> list[Pair]:
    """What two matches leave between them: reworded blocks find each other, in order."""
    alone_old: list[Pair] = [(i + n, None) for n in range(len(old))]
    alone_new: list[Pair] = [(None, j + n) for n in range(len(new))]
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return alone_old + alone_new
    together = _best(old, new)
    out: list[Pair] = []
    at = to = 0
    for one, other in [*together, (len(old), len(new))]:
        out += alone_old[at:one] + alone_new[to:other]
        if one < len(old):
            out.append((i + one, j + other))
        at, to = one + 1, other + 1
    return out


def _best(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """The pairing in order with the most in common. One against one is always a rewording."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    there = [words_of(other) for other in new]
    alike = [[likeness(mine, other) for other in there] for mine in map(words_of, old)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for n in range(len(old) - 1, -1, -1):
        for m in range(len(new) - 1, -1, -1):
            paired = best[n + 1][m + 1] + alike[n][m] if alike[n][m] >= ALIKE else 0.0
            best[n][m] = max(best[n + 1][m], best[n][m + 1], paired)
    found = []
    n = m = 0
    while n < len(old) and m < len(new):
        if alike[n][m] >= ALIKE and best[n][m] == best[n + 1][m + 1] + alike[n][m]:
            found.append((n, m))
            n, m = n + 1, m + 1
        elif best[n][m] == best[n + 1][m]:
            n += 1
        else:
            m += 1
    return found
