"""Which texts go back to one original: shared sentences, and shared words in one order.

Independent reports of one event share names and words, but not their order:
by chance the longest rising run among n shared words is 2·√n − 1.77·n^⅙ long,
give or take 0.90·n^⅙ (Baik, Deift and Johansson 1999). A copy, however it was
reworded, tells in the order of its original. What the texts quote does not
count, for two reporters may quote one speech.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from math import sqrt
from typing import NamedTuple

from digest.across import Facts
from digest.link.words import Weights

RARE = 2.0  # nats: names and words of the matter, no everyday ones
CROWD = 12  # texts that hold a stem; beyond that it says nothing about two of them
FEWEST = 8  # rare stems two texts must share to be compared
LOOKED_UP = 80  # the rarest stems of a text, by which its like are found
TRIED = 8  # texts that each is compared with
VERBATIM = 8  # stems of a sentence that only copying brings into two texts
RECURS = 3  # texts with a sentence that is rather a notice of their outlet


class Kinship(NamedTuple):
    """What speaks for one original of two texts.

    `run` is the weight of shared words in one order as a share of both
    texts' weight; `order` is how many deviations more of them are in order
    than chance would have it; `shared` how many there are, `words` those in
    order; `verbatim` sentences that both have.
    """

    run: float
    order: float
    shared: int
    words: tuple[str, ...]
    verbatim: int


class Sketch(NamedTuple):
    """A text's rare stems with the place of their first occurrence, and their worth in sum."""

    first: Mapping[str, int]
    mass: float


class Texts:
    """The lines of all texts, indexed; sketches are drawn when asked for."""

    def __init__(self, facts: Mapping[str, Facts], weights: Weights) -> None:
        self.facts, self.weights = facts, weights
        self.rare = weights.above(RARE)
        self.lines = _holders(facts)
        self.sketch = lru_cache(maxsize=2000)(self._sketch)

    def _sketch(self, article: str) -> Sketch:
        """A text's rare stems. A sentence of three texts or more is nobody's."""
        first: dict[str, int] = {}
        n = 0
        for line in self.facts[article].lines:
            if len(self.lines.get(line.stems, ())) >= RECURS:
                continue
            for s in line.stems:
                if s in self.rare and s not in first:
                    first[s] = n
                n += 1
        return Sketch(first, sum(map(self._worth, first)))

    def _worth(self, s: str) -> float:
        return worth(s, self.weights)

    def candidates(self) -> Iterator[tuple[str, str]]:
        """Pairs of texts that share enough rare stems, each with its nearest few; sorted."""
        shared = {s for s in self.rare if 1 < self.weights.counts[s] <= CROWD}
        keys = {a: self._rarest(a, shared) for a in sorted(self.facts)}
        at: dict[str, list[str]] = {}
        for a, own in keys.items():
            for s in own:
                at.setdefault(s, []).append(a)
        pairs: set[tuple[str, str]] = set()
        for a, own in keys.items():
            near = Counter(chain.from_iterable(at[s] for s in own))
            del near[a]
            best = sorted(((n, b) for b, n in near.items() if n >= FEWEST), key=lambda p: (-p[0], p[1]))
            pairs.update((min(a, b), max(a, b)) for _, b in best[:TRIED])
        yield from sorted(pairs)

    def _rarest(self, article: str, shared: set[str]) -> list[str]:
        """The stems of a text that fewest others have."""
        counts = self.weights.counts
        own: set[str] = set()
        for line in self.facts[article].lines:
            own.update(line.stems)
        return sorted(own & shared, key=lambda s: (counts[s], s))[:LOOKED_UP]

    def verbatim(self) -> Counter[tuple[str, str]]:
        """For pairs of texts, how many of their own long sentences are word for word the same."""
        out: Counter[tuple[str, str]] = Counter()
        for stems, held in self.lines.items():
            if len(stems) < VERBATIM:
                continue
            if len(held) <= CROWD:
                out.update((x, y) for i, x in enumerate(held) for y in held[i + 1 :])
            else:
                out.update(pairwise(held))
        return out


def _holders(facts: Mapping[str, Facts]) -> dict[tuple[str, ...], list[str]]:
    """The sentences that stand in two texts or more, with the texts, sorted."""
    first: dict[tuple[str, ...], str] = {}
    out: dict[tuple[str, ...], list[str]] = {}
    for a in sorted(facts):
        for stems in dict.fromkeys(line.stems for line in facts[a].lines):
            if stems not in first:
                first[stems] = a
            elif first[stems] != a:
                out.setdefault(stems, [first[stems]]).append(a)
    return out


def kinship(a: Sketch, b: Sketch, weights: Weights, verbatim: int = 0) -> Kinship:
    """What two texts have in common, in order."""
    both = sorted((s for s in a.first if s in b.first), key=lambda s: (a.first[s], s))
    value = {s: worth(s, weights) for s in both}
    run = _heaviest([(b.first[s], value[s]) for s in both])
    mass = sqrt(a.mass * b.mass)
    if not both or not mass:
        return Kinship(0.0, 0.0, 0, (), verbatim)
    weight = sum(value[both[k]] for k in run)
    order = surprise([b.first[s] for s in both])
    return Kinship(weight / mass, order, len(both), tuple(both[k] for k in run), verbatim)


def surprise(places: Sequence[int]) -> float:
    """By how many deviations the longest rising run is longer than in a random order.

    >>> surprise(range(40)) > 10
    True
    """
    tails: list[int] = []
    for p in places:
        at = bisect_left(tails, p)
        tails[at : at + 1] = [p]
    n = len(places)
    if n < 5:
        return 0.0
    spread = n ** (1 / 6)
    return float((len(tails) - (2 * sqrt(n) - 1.77 * spread)) / (0.9 * spread))


def worth(stem: str, weights: Weights) -> float:
    """What a shared stem proves: its weight, the less the more texts have it."""
    return weights.of(stem) / max(1, weights.counts[stem] - 1)


def _heaviest(items: Sequence[tuple[int, float]]) -> list[int]:
    """Indices of the heaviest run with rising places, by a Fenwick tree of the best so far."""
    places = sorted({p for p, _ in items})
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    back: list[int] = []
    sums: list[float] = []
    for k, (place, weight) in enumerate(items):
        at = bisect_left(places, place)
        best, i = (0.0, -1), at
        while i:
            best = max(best, tree[i])
            i -= i & -i
        back.append(best[1])
        sums.append(best[0] + weight)
        i = at + 1
        while i < len(tree):
            tree[i] = max(tree[i], (sums[-1], k))
            i += i & -i
    if not items:
        return []
    k = max(range(len(items)), key=lambda k: (sums[k], -k))
    out = []
    while k >= 0:
        out.append(k)
        k = back[k]
    return out[::-1]


def together(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The texts that pairs join, each group sorted."""
    parent: dict[str, str] = {}

    def top(a: str) -> str:
        while parent.setdefault(a, a) != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        return a

    for a, b in pairs:
        x, y = sorted((top(a), top(b)))
        parent[y] = x
    groups: dict[str, list[str]] = {}
    for a in sorted(parent):
        groups.setdefault(top(a), []).append(a)
    return [g for _, g in sorted(groups.items()) if len(g) > 1]
