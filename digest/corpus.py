"""What the other texts of an outlet say of a line: one that recurs is not the story.

A line that stands, normalised, in articles of two or more different stories
of one outlet is residue, whatever it says. Copies of one article share all
their lines and prove nothing, so articles that have much in common count as
one story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from digest.model import Residue

LONGEST = 600  # characters: donation appeals reach 500; beyond that it is prose
SHARED = 0.3  # of the shorter text: two stories of one outlet share boilerplate, copies far more
HOLDERS = 20  # a line in more texts than this says nothing about which two are copies


@dataclass(frozen=True, slots=True)
class Held:
    """One text for comparison: its article, outlet, the stories it is in."""

    article: str
    outlet: str
    stories: frozenset[str]
    text: str


def normal(line: str) -> str:
    """A line as compared: small letters, single blanks, digits alike."""
    return re.sub(r"\d+", "0", " ".join(line.casefold().split()))


def recurring(texts: Iterable[Held]) -> Mapping[str, tuple[Residue, ...]]:
    """For each article, the lines of it that recur in other stories of its outlet."""
    by_outlet: dict[str, list[Held]] = {}
    for t in texts:
        if t.outlet:
            by_outlet.setdefault(t.outlet, []).append(t)
    out: dict[str, tuple[Residue, ...]] = {}
    for held in by_outlet.values():
        if len(held) > 1:
            out.update(_of_outlet(held))
    return out


def _of_outlet(held: Sequence[Held]) -> Iterable[tuple[str, tuple[Residue, ...]]]:
    lines = [_lines(t.text) for t in held]
    where: dict[str, list[int]] = {}
    for i, own in enumerate(lines):
        for line in own:
            where.setdefault(line, []).append(i)
    story = _stories(held, lines, where)
    for i, own in enumerate(lines):
        found = []
        for line, first in own.items():
            others = {story[j] for j in where[line]} - {story[i]}
            if others:
                count = len(others) + 1
                why = f"the line stands in {count} different stories of {held[i].outlet}"
                found.append(Residue(first, why))
        if found:
            yield held[i].article, tuple(found)


def _lines(text: str) -> dict[str, str]:
    """Normalised lines and each as first written, in order."""
    out: dict[str, str] = {}
    for line in text.splitlines():
        bare = line.strip()
        if 0 < len(bare) <= LONGEST and re.search(r"\w", bare):
            out.setdefault(normal(bare), bare)
    return out


def _stories(
    held: Sequence[Held], lines: Sequence[Mapping[str, str]], where: Mapping[str, list[int]]
) -> list[int]:
    """A number for each text, alike for those of one story or one original."""
    parent = list(range(len(held)))

    def root(i: int) -> int:
        """The root of the group that line `i` is joined to; paths are halved on the way."""
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    first: dict[str, int] = {}
    for i, t in enumerate(held):
        for s in sorted(t.stories):
            parent[root(i)] = root(first.setdefault(s, i))
    common: Counter[tuple[int, int]] = Counter()
    for line, at in where.items():
        if 1 < len(at) <= HOLDERS:
            for pair in combinations(at, 2):
                common[pair] += len(line)
    size = [sum(map(len, own)) for own in lines]
    for (a, b), shared in sorted(common.items()):
        if shared > SHARED * min(size[a], size[b]):
            parent[root(a)] = root(b)
    return [root(i) for i in range(len(held))]
