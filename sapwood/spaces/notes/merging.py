"""Two people's changes to the same note, put together block by block without losing either.

Changes in different blocks go in by themselves. A block that both changed is a `Clash`, for the
person to settle. The same three texts always give the same clashes in the same order.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from merge3 import Merge3

from sapwood.core.markup import clean
from sapwood.spaces.notes.aligning import ALIKE, MOST_PAIRS, Matching, likeness, pairs, words_of
from sapwood.spaces.notes.blocks import Block, cut, join

Blocks = Sequence[Block]
TOKEN = re.compile(r"<[^>]*>|\s+|\w+|[^\w\s<]|<")


@dataclass(frozen=True)
class Clash:
    """What both changed: the earlier blocks and those of each; an empty side took them away.

    `line` is its place, from 1, among the blocks of the whole.
    """

    line: int
    base: tuple[Block, ...]
    mine: tuple[Block, ...]
    theirs: tuple[Block, ...]

    @property
    def both(self) -> str:
        """A first proposal that holds the words of both, as rich text."""
        if not self.mine or not self.theirs:
            return join(self.mine or self.theirs)
        alone = len(self.base) == len(self.mine) == len(self.theirs) == 1
        if alone and self.mine[0].path == self.theirs[0].path:
            texts = [side[0].html for side in (self.base, self.mine, self.theirs)]
            return clean(join([Block(self.mine[0].path, _words_of_both(*texts))]))
        return join([*self.mine, *self.theirs])


@dataclass
class Merge:
    """The blocks of both texts in order, with a `Clash` where somebody has to choose.

    `mine_alone` and `theirs_alone` count the changes that went in by themselves.
    """

    parts: list[Block | Clash] = field(default_factory=list)
    mine_alone: int = 0
    theirs_alone: int = 0

    @property
    def clashes(self) -> list[Clash]:
        """What is left to settle."""
        return [part for part in self.parts if isinstance(part, Clash)]

    def settled(self, choose: Callable[[int, Clash], Blocks]) -> str:
        """The whole text; `choose` gives the blocks for each clash, numbered from 0."""
        blocks: list[Block] = []
        number = 0
        for part in self.parts:
            if isinstance(part, Clash):
                blocks += choose(number, part)
                number += 1
            else:
                blocks.append(part)
        return join(blocks)

    def add(self, blocks: Blocks) -> None:
        """Goes in as it is."""
        self.parts += blocks

    def clash(self, base: Blocks, mine: Blocks, theirs: Blocks) -> None:
        """Has to be settled by a person."""
        line = len(self.parts) + 1
        self.parts.append(Clash(line, tuple(base), tuple(mine), tuple(theirs)))

    def take(self, base: Blocks, mine: Blocks, theirs: Blocks) -> None:
        """One place of the text: whoever changed it alone is right."""
        was, one, other = _keys(base), _keys(mine), _keys(theirs)
        if one == other:
            self.add(theirs)
        elif other == was:
            self.mine_alone += 1
            self.add(mine)
        elif one == was:
            self.theirs_alone += 1
            self.add(theirs)
        else:
            self.clash(base, mine, theirs)


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Three cleaned texts: what both began from, what this person wrote, and what stands now."""
    old, new, now = cut(base), cut(mine), cut(theirs)
    merging = Merge3(
        [block.key for block in old],
        [block.key for block in new],
        [block.key for block in now],
        sequence_matcher=Matching,
    )
    out = Merge()
    for region in merging.merge_regions():
        if region[0] == "conflict":
            _, a, b, c, d, e, f = region
            _refine(out, old[a:b], new[c:d], now[e:f])
        elif region[0] == "unchanged":
            out.add(old[region[1] : region[2]])
        elif region[0] == "b":
            out.theirs_alone += max(1, region[2] - region[1])
            out.add(now[region[1] : region[2]])
        else:
            out.mine_alone += max(1, region[2] - region[1]) if region[0] == "a" else 0
            out.add(new[region[1] : region[2]])
    return out


def merge_line(base: str, mine: str, theirs: str) -> str | None:
    """The same for one line, such as a title; None if both changed it differently."""
    if mine in (theirs, base):
        return theirs
    return mine if theirs == base else None


def _keys(blocks: Blocks) -> list[str]:
    return [block.key for block in blocks]


class _Side:
    """What one person made of each old block, and what they put before it."""

    def __init__(self, old: Blocks, new: Blocks) -> None:
        self.became: list[list[Block]] = [[] for _ in old]
        self.before: list[list[Block]] = [[] for _ in range(len(old) + 1)]
        self.lost = 0
        place = 0
        for at, to in pairs(old, new):
            if at is None:
                self.before[place].append(new[to or 0])
                continue
            place = at + 1
            if to is None:
                self.lost += 1
            else:
                self.became[at].append(new[to])


def _refine(out: Merge, old: Blocks, new: Blocks, now: Blocks) -> None:
    """A stretch that both touched, taken apart into the blocks that each of them touched."""
    if max(len(old), 1) * max(len(new), len(now)) > MOST_PAIRS:
        out.clash(old, new, now)
        return
    mine, theirs = _Side(old, new), _Side(old, now)
    for place in range(len(old) + 1):
        _between(out, mine.before[place], theirs.before[place], bool(mine.lost or theirs.lost))
        if place < len(old):
            out.take([old[place]], mine.became[place], theirs.became[place])


def _between(out: Merge, mine: Blocks, theirs: Blocks, rewritten: bool) -> None:
    """New blocks at one place: those of both stay, unless they say the same in other words."""
    if not mine or not theirs or _keys(mine) == _keys(theirs):
        out.take([], mine, theirs)
    elif rewritten or _say_the_same(mine, theirs):
        out.clash([], mine, theirs)
    else:
        out.mine_alone += len(mine)
        out.theirs_alone += len(theirs)
        out.add([*theirs, *mine])


def _say_the_same(mine: Blocks, theirs: Blocks) -> bool:
    there = [words_of(block) for block in theirs]
    return any(likeness(words, other) >= ALIKE for words in map(words_of, mine) for other in there)


def _words_of_both(base: str, mine: str, theirs: str) -> str:
    old, new, now = (TOKEN.findall(text) for text in (base, mine, theirs))
    out: list[str] = []
    for region in Merge3(old, new, now, sequence_matcher=Matching).merge_regions():
        if region[0] == "conflict":
            ours, others = new[region[3] : region[4]], now[region[5] : region[6]]
            parted = not (ours and others) or ours[-1].isspace() or others[0].isspace()
            out += [*ours, *others] if parted else [*ours, " ", *others]
        else:
            source = {"unchanged": old, "b": now}.get(region[0], new)
            out += source[region[1] : region[2]]
    return "".join(out)
