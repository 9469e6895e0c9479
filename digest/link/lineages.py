"""Which texts go back to one original: shared sentences, and shared words in one order.

Independent reports of one event share names and words, but not their order:
by chance the longest rising run among n shared words is 2·√n − 1.77·n^⅙ long,
give or take 0.90·n^⅙ (Baik, Deift and Johansson 1999). A copy, however it was
reworded, tells in the order of its original. What the texts quote does not
count, for two reporters may quote one speech.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from math import inf, sqrt
from typing import NamedTuple
from zlib import crc32

from digest.lines import stem_of
from digest.link.packed import Packed
from digest.link.units import Text, text_stems
from digest.link.words import Weights

RARE = 2.0  # nats: names and words of the matter, no everyday ones
CROWD = 12  # texts that hold a stem; beyond that it says nothing about two of them
FEWEST = 8  # rare stems two texts must share to be compared
LOOKED_UP = 80  # rare stems of a text, by which its like are found
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
    """A text's rare stems (by their numbers) in the order of their first places, each with its place; their worth in sum."""

    first: dict[int, int]
    mass: float


class Worth(dict[int, float]):
    """What stems prove, by their numbers: nothing when they are not rare. Good until weights change."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __missing__(self, n: int) -> float:
        stem = stem_of(n)
        made = self[n] = self.weights.worth(stem) if self.weights.of(stem) > RARE else 0.0
        return made


class Lines:
    """The sentences of all texts and the texts that have each; texts come and go."""

    def __init__(self) -> None:
        self._first = Packed()  # by mark: of those that have it, the number of the first that came
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._more: dict[int, list[str]] = {}  # those that several have; sorted
        self._size: dict[int, int] = {}  # their stems
        self._notices: set[int] = set()

    def update(self, gone: Iterable[Text], come: Iterable[Text]) -> set[str]:
        """Take texts out and in; gives those of which a sentence became a notice, or is none any more."""
        touched: set[str] = set()
        for text in gone:
            for mark in set(text.facts.lines.marks()):
                touched.update(self._leave(mark, text.id))
        for text in come:
            if text.id not in self._numbers:
                self._numbers[text.id] = len(self._names)
                self._names.append(text.id)
            held = self._first.put(text.facts.lines.marks(), self._numbers[text.id])
            for mark, first in dict(held).items():
                touched.update(self._enter(mark, first, text))
        return touched

    def _enter(self, mark: int, first: int, text: Text) -> Sequence[str]:
        """Note that one more text has a sentence than the first that came."""
        held = self._more.setdefault(mark, [])
        if not held:
            held.append(self._names[first])
            self._size[mark] = text.facts.lines.size(mark)
        insort(held, text.id)
        if len(held) != RECURS:
            return ()
        self._notices.add(mark)
        return held

    def _leave(self, mark: int, a: str) -> Sequence[str]:
        held = self._more.get(mark)
        if held is None:
            del self._first[mark]
            return ()
        del held[bisect_left(held, a)]
        self._first[mark] = self._numbers[held[0]]
        if len(held) == 1:
            del self._more[mark], self._size[mark]
        if len(held) != RECURS - 1:
            return ()
        self._notices.discard(mark)
        return held

    def own(self, text: Text) -> array[int]:
        """The stems of a text's sentences, each once, in order, without sentences of nobody: three texts or more have them."""
        return text.facts.lines.without(self._notices)

    def verbatim(self) -> Counter[tuple[str, str]]:
        """For pairs of texts, how many of their own long sentences are word for word the same."""
        out: Counter[tuple[str, str]] = Counter()
        for mark, held in self._more.items():
            if self._size[mark] < VERBATIM:
                continue
            if len(held) <= CROWD:
                out.update((x, y) for i, x in enumerate(held) for y in held[i + 1 :])
            else:
                out.update(pairwise(held))
        return out


class Likes:
    """Which texts are worth comparing: those that share the most stems that few others have.

    Each text is looked up by some of its rare stems, the same ones for all
    texts (a fixed order that has nothing to do with their meaning, as in
    min-wise sampling: Broder 1997). Texts come and go; `tried` counts the
    texts whose like was looked for.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.tried = 0
        self._at: dict[int, tuple[str, ...]] = {}  # the texts with a stem; () when they are too many
        self._near: dict[str, tuple[str, ...]] = {}

    def pairs(self) -> list[tuple[str, str]]:
        """Pairs of texts, each with its nearest few; sorted."""
        return sorted({(min(a, b), max(a, b)) for a, near in self._near.items() for b in near})

    def update(
        self, texts: Mapping[str, Text], gone: Sequence[Text], come: Sequence[Text], moved: frozenset[int]
    ) -> None:
        """Take texts out and in; `texts` are all that stand now, `moved` stems have another weight."""
        changed, stale = set(moved), {t.id for t in come}
        telling = _Telling(self.weights, self._at)
        told = {t.id: tuple(filter(telling.__getitem__, text_stems(t))) for t in come}
        for text in gone:
            stale |= self._like(text)
            self._near.pop(text.id, None)
            for s in self._told_by(text):
                before = self._at.get(s, ())
                self._hold(s, tuple(a for a in before if a != text.id), changed, stale)
                if not before:  # too many had it
                    changed.add(s)
        for text in come:
            for s in told[text.id]:
                held = (*self._at.get(s, ()), text.id) if self._few(s) else ()
                self._hold(s, held, changed, stale)
        self._recall(texts, changed)
        for s in changed:
            stale.update(self._at.get(s, ()))
        if len(come) < len(texts):
            for text in come:
                stale |= self._like(text)
        for a in sorted(stale & texts.keys()):
            self._look(a, told[a] if a in told else text_stems(texts[a]))

    def _few(self, s: int) -> bool:
        return self.weights.counts[s] <= CROWD

    def _told_by(self, text: Text) -> list[int]:
        """The stems that say something about who holds them: not those that many have, and had."""
        counts, at = self.weights.counts, self._at
        return [s for s in text_stems(text) if counts[s] <= CROWD or s in at]

    def _hold(self, s: int, held: tuple[str, ...], changed: set[int], stale: set[str]) -> None:
        """Note who has a stem; `changed` grows when texts are looked up by it now, or no longer."""
        before = self._at.get(s, ())
        if (len(before) > 1) != (len(held) > 1):
            changed.add(s)
            stale.update(before)
        if held:
            self._at[s] = held
        else:
            self._at.pop(s, None)

    def _recall(self, texts: Mapping[str, Text], changed: set[int]) -> None:
        """Find the texts again that have stems which many had before."""
        counts = self.weights.counts
        lost = frozenset(
            s for s in changed if 0 < counts[s] <= CROWD and len(self._at.get(s, ())) != counts[s]
        )
        if lost:
            for a in sorted(a for a, t in texts.items() if t.facts.lines.holds(lost)):
                for s in lost.intersection(text_stems(texts[a])):
                    if a not in self._at.get(s, ()):
                        self._at[s] = (*self._at.get(s, ()), a)

    def _keys(self, stems: Iterable[int]) -> list[int]:
        """Those of a text's stems that it is looked up by."""
        of, at = self.weights.of, self._at
        own = [s for s in filter(at.__contains__, stems) if len(at[s]) > 1 and of(stem_of(s)) > RARE]
        return sorted(own, key=_place)[:LOOKED_UP]

    def _like(self, text: Text) -> set[str]:
        """The texts that may have this one among their nearest."""
        at = self._at
        near = Counter(chain.from_iterable(at[s] for s in text_stems(text) if s in at))
        return {a for a, n in near.items() if n >= FEWEST}

    def _look(self, a: str, stems: Iterable[int]) -> None:
        """Find the nearest of a text by its stems; those that too many have may be left out."""
        self.tried += 1
        near = Counter(chain.from_iterable(map(self._at.__getitem__, self._keys(stems))))
        near.pop(a, None)
        best = sorted(((-n, b) for b, n in near.items() if n >= FEWEST))[:TRIED]
        if best:
            self._near[a] = tuple(b for _, b in best)
        else:
            self._near.pop(a, None)


class _Telling(dict[int, bool]):
    """Whether a stem says something about who holds it; made when first asked for, good until texts change."""

    def __init__(self, weights: Weights, at: Mapping[int, object]) -> None:
        self.counts, self.at = weights.counts, at

    def __missing__(self, stem: int) -> bool:
        made = self[stem] = self.counts[stem] <= CROWD or stem in self.at
        return made


class _Places(dict[int, int]):
    """A place of its own for each stem (by number) in an order that no text knows of; made when first asked for."""

    def __missing__(self, number: int) -> int:
        word = stem_of(number).encode()
        made = self[number] = crc32(word) << 32 | crc32(word[::-1])  # two words of one place are unheard of
        return made


_place = _Places().__getitem__


def sketch(text: Text, lines: Lines, worth: Worth) -> Sketch:
    """A text's rare stems. A sentence of three texts or more is nobody's."""
    rare = list(filter(worth.__getitem__, lines.own(text)))
    return Sketch(dict(zip(rare, range(len(rare)), strict=True)), sum(map(worth.__getitem__, rare)))


def kinship(a: Sketch, b: Sketch, worth: Worth, verbatim: int = 0, least: float = -inf) -> Kinship:
    """What two texts have in common, in order; no run is looked for when fewer than `least` deviations speak for one."""
    both = list(filter(b.first.__contains__, a.first))
    mass = sqrt(a.mass * b.mass)
    if not both or not mass:
        return Kinship(0.0, 0.0, 0, (), verbatim)
    places = list(map(b.first.__getitem__, both))
    order = surprise(places)
    if order < least:
        return Kinship(0.0, order, len(both), (), verbatim)
    run = [both[k] for k in _heaviest(list(zip(places, map(worth.__getitem__, both), strict=True)))]
    weight = sum(map(worth.__getitem__, run))
    return Kinship(weight / mass, order, len(both), tuple(map(stem_of, run)), verbatim)


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
        """The root of the group that `a` is joined to; paths are halved on the way."""
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
