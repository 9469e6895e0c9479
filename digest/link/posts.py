"""What was said on one occasion, and sentences that only their place in it identifies.

Quotes of one speaker with hardly more than an attribution between them are
one run. Runs of several texts that share two sentences (or the only one that
a text quotes) are one statement; between the shared sentences, what stands
at the same place in both and has something in common is the same sentence,
however it was put.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from digest.link.clusters import agree
from digest.link.speakers import PRONOUNS
from digest.link.units import Unit
from digest.link.words import Token, Weights, shared, spelled_out

BETWEEN = 40  # words between two quotes of a run: an attribution with a description of the speaker
SOFT = 0.4  # of the lighter sentence: at the same place of the same post that is enough
SOFT_WEIGHT = 3.0

Words = Callable[[Unit], tuple[str, list[Token]]]  # a unit's text and its words in it


@dataclass(slots=True)
class Run:
    """Units of one speaker in one text, in its order."""

    units: list[int]
    groups: list[int] = field(default_factory=list)  # the cluster of each, -1 for none


def runs(units: Sequence[Unit]) -> list[Run]:
    """The units of each text cut where the speaker changes or the text goes on without quoting."""
    out: list[Run] = []
    for i, u in enumerate(units):
        if out and goes_on(units[out[-1].units[-1]], u):
            out[-1].units.append(i)
        else:
            out.append(Run([i]))
    return out


def goes_on(a: Unit, b: Unit) -> bool:
    """Whether a unit is in one run with the one before it in the site's order."""
    if a.place[3] + 1 != b.place[3] or not _continues(a, b):
        return False
    return a.spoken.root == b.spoken.root or b.spoken.gap <= BETWEEN


def _continues(a: Unit, b: Unit) -> bool:
    if a.article != b.article or a.spoken.part != b.spoken.part:
        return False
    if a.spoken.root == b.spoken.root:
        return True
    if a.name is None and b.name is None:
        who = a.spoken.speaker.casefold()
        return bool(who) and who == b.spoken.speaker.casefold()
    if a.name is None or b.name is None:
        return (a.spoken.speaker or b.spoken.speaker).casefold() in PRONOUNS
    return agree(a, b) == "same"


def statements(all_runs: Sequence[Run]) -> list[list[int]]:
    """Runs (by index) that are of one statement, the fullest first; each run is in one.

    Two runs belong together when they share two groups, or when one of them
    has a single unit and shares that. Runs are compared with the fullest run
    of each group only, so the work grows with the number of units.
    """
    holders: dict[int, list[int]] = {}
    for r, run in enumerate(all_runs):
        for g in run.groups:
            if g >= 0:
                holders.setdefault(g, []).append(r)
    size = [len(r.units) for r in all_runs]
    shared_by: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        full = max(held, key=lambda r: (size[r], -r))
        for r in held:
            if r != full:
                shared_by[full, r] += 1
    best: dict[int, tuple[int, int, int]] = {}
    for (full, r), n in sorted(shared_by.items()):
        if n >= 2 or size[r] == 1:
            best[r] = max(best.get(r, (0, 0, 0)), (n, size[full], -full))
    groups: dict[int, list[int]] = {}
    for r in range(len(all_runs)):
        groups.setdefault(_top(r, best), []).append(r)
    return [sorted(g, key=lambda r: (-size[r], r)) for _, g in sorted(groups.items())]


def _top(r: int, best: Mapping[int, tuple[int, int, int]]) -> int:
    seen = {r}
    while r in best and -best[r][2] not in seen:
        r = -best[r][2]
        seen.add(r)
    return min(seen) if r in best else r


def by_place(
    base: Run, other: Run, units: Sequence[Unit], words: Words, weights: Weights
) -> Iterator[tuple[int, int, float]]:
    """Pairs of units (base's, other's) at the same place between shared ones, and how alike they are."""
    where = {g: k for k, g in enumerate(base.groups) if g >= 0}
    anchors = [(where[g], k) for k, g in enumerate(other.groups) if g in where]
    anchors = _rising(anchors)
    if not anchors:
        return
    edges = [(-1, -1), *anchors, (len(base.units), len(other.units))]
    for (a, b), (c, d) in pairwise(edges):
        left = [base.units[k] for k in range(a + 1, c)]
        right = [other.units[k] for k in range(b + 1, d)]
        if left and right and len(left) * len(right) <= 400:
            yield from _best(left, right, units, words, weights)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of anchors in the same order in both (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for k, (a, _) in enumerate(pairs):
        at = bisect_left(tails, a)
        back.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [a]
        ends[at : at + 1] = [k]
    out: list[tuple[int, int]] = []
    k = ends[-1] if ends else -1
    while k >= 0:
        out.append(pairs[k])
        k = back[k]
    return out[::-1]


def _best(
    left: Sequence[int], right: Sequence[int], units: Sequence[Unit], words: Words, weights: Weights
) -> Iterator[tuple[int, int, float]]:
    """The monotone pairing of two stretches with the greatest likeness in sum (Needleman and Wunsch)."""
    like = [[soft(words(units[i]), words(units[j]), weights) for j in right] for i in left]
    rows = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left)):
        for j in range(len(right)):
            rows[i + 1][j + 1] = max(rows[i][j + 1], rows[i + 1][j], rows[i][j] + like[i][j])
    i, j = len(left), len(right)
    while i and j:
        if rows[i][j] == rows[i - 1][j]:
            i -= 1
        elif rows[i][j] == rows[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield left[i], right[j], like[i][j]


def soft(a: tuple[str, list[Token]], b: tuple[str, list[Token]], weights: Weights) -> float:
    """How alike two sentences are when acronyms count as what they stand for; 0 below SOFT."""
    left, right = _unfolded(a, b), _unfolded(b, a)
    common = shared(left, right, weights)
    if common < SOFT_WEIGHT:
        return 0.0
    part = common / min(weights.sum(left), weights.sum(right))
    return part if part >= SOFT else 0.0


def _unfolded(own: tuple[str, list[Token]], other: tuple[str, list[Token]]) -> list[str]:
    acronyms = [t.stem for t in other[1] if len(t.stem) > 1 and t.stem.isupper()]
    return spelled_out(own[1], acronyms, own[0])
