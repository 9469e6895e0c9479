"""Which sentences are one utterance: shared words, an inverted index, and no chains.

Two sentences are the same when the heaviest common subsequence of their
stems weighs nearly as much as the lighter of them. The thresholds were
measured on 127 judged pairs of quoted sentences from US political news
(benchmarks/linking.py): F1 .93 with those texts' own weights or with the word
lists alone; plain Jaccard reaches .75. Around them the score is flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from digest.link.contrast import apart, asks
from digest.link.speakers import Name
from digest.link.speakers import same as same_name
from digest.link.units import Unit
from digest.link.words import Weights, shared

# (share of the lighter sentence, shared weight in nats, share of both together)
KNOWN = (0.8, 4.0, 0.0)  # the speakers' names agree
UNKNOWN = (0.95, 4.0, 0.3)  # one of them is a pronoun, a nominal, or nobody
OTHERS = (0.95, 18.0, 0.6)  # the names differ: only long words verbatim, so one text has the wrong name
FEWEST = 3  # words of the lighter sentence when a speaker is not known: "a disaster" is anybody's

# in one text somebody is quoted again word for word, else they say something new in words they like
WITHIN = (0.95, 8.0, 0.0)
NOTHING = (0.0, 0.0, 0.0)

Bar = tuple[float, float, float]
Edge = tuple[float, int, int]  # likeness, two units
Voice = tuple[str, Name | None]  # a person's page ("" for none), a name
Words = tuple[str, tuple[str, ...]]  # speaker, stems


class Likeness(NamedTuple):
    """How alike two sentences are: share of the lighter, weight in common, share of both."""

    part: float
    weight: float
    whole: float


def likeness(a: Sequence[str], b: Sequence[str], weights: Weights) -> Likeness:
    """What two sentences have in common, in order."""
    wa, wb = weights.sum(a), weights.sum(b)
    common = shared(a, b, weights)
    if not common:
        return Likeness(0.0, 0.0, 0.0)
    return Likeness(common / min(wa, wb), common, common / (wa + wb - common))


def agree(a: Unit, b: Unit) -> str:
    """Whether the speakers may be one: by their pages, else by their names."""
    return agreeing((a.person, a.name), (b.person, b.name))


def agreeing(a: Voice, b: Voice) -> str:
    """The same for bare speakers."""
    if a[0] and b[0]:
        return "same" if a[0] == b[0] else "different"
    return same_name(a[1], b[1])


def said_again(a: Unit, b: Unit, weights: Weights) -> float:
    """How surely two sentences are one utterance, 0 to 1; 0 when they are not.

    Below 0: as alike as that, but one word makes them two statements (`contrast.py`).
    """
    least = WITHIN if a.article == b.article else NOTHING
    one, two = a.spoken, b.spoken
    sure = again(one.stems, two.stems, agree(a, b), weights, least)
    if sure and apart(one.text, two.text, one.stems, two.stems):
        return -sure
    return sure


def again(a: Sequence[str], b: Sequence[str], speakers: str, weights: Weights, least: Bar = NOTHING) -> float:
    """The same for bare stems, when it is known how the speakers relate; `least` is asked besides."""
    if speakers != "same" and min(len(a), len(b)) < FEWEST:
        return 0.0
    bar = {"same": KNOWN, "unknown": UNKNOWN}.get(speakers, OTHERS)
    found = likeness(a, b, weights)
    if any(x < max(y, z) for x, y, z in zip(found, bar, least, strict=True)):
        return 0.0
    return 0.75 * found.part + 0.25 * found.whole


def clusters(
    units: Sequence[Unit], edges: Iterable[Edge], weights: Weights
) -> tuple[list[list[int]], dict[int, float]]:
    """Groups of two or more units that are one utterance, and how surely each belongs (by index).

    `edges` are the pairs that are the same, with a likeness; those below 0
    are not. A group grows around its heaviest sentence: whoever joins must be
    the same as that, so that two halves of it never carry in a stranger.
    """
    joined = Joined(units, weights)
    for i, j in _verbatim(units):
        joined.join(i, j, 1.0)
    for score, i, j in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        if score > 0:
            joined.join(i, j, score)
    groups: dict[int, list[int]] = {}
    for i in range(len(units)):
        groups.setdefault(joined.find(i), []).append(i)
    return [g for _, g in sorted(groups.items()) if len(g) > 1], joined.sure


class Joined:
    """A union of units that refuses two sentences of one quote, and what the heaviest does not match."""

    def __init__(self, units: Sequence[Unit], weights: Weights) -> None:
        self.units, self.weights = units, weights
        self.parent = list(range(len(units)))
        self.roots: list[frozenset[str] | None] = [None] * len(units)
        self.core: dict[int, int] = {}
        self.sure: dict[int, float] = {}

    def find(self, i: int) -> int:
        """The first unit of the group that `i` is in."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def held(self, i: int) -> frozenset[str]:
        """The quotes in the group that `i` leads."""
        found = self.roots[i]
        return found if found is not None else frozenset((self.units[i].spoken.root,))

    def join(self, i: int, j: int, score: float) -> bool:
        """Make one group of two, if nothing speaks against it."""
        a, b = sorted((self.find(i), self.find(j)))
        if a == b:
            return False
        held = self.held(a), self.held(b)
        if not held[0].isdisjoint(held[1]):
            return False
        cores = self.core.get(a, a), self.core.get(b, b)
        one, two = cores
        known = (i, j) == cores or (j, i) == cores
        if not known and said_again(self.units[one], self.units[two], self.weights) <= 0:
            return False
        self.parent[b] = a
        self.roots[a] = held[0] | held[1]
        self.core[a] = self._heavier(one, two)
        for k in (i, j):
            self.sure[k] = max(self.sure.get(k, 0.0), score)
        return True

    def _heavier(self, a: int, b: int) -> int:
        """The heavier of two sentences; the first if they are alike."""
        left, right = self.units[a].spoken.stems, self.units[b].spoken.stems
        if left == right:
            return min(a, b)
        return max((a, b), key=lambda c: (self.weights.sum(self.units[c].spoken.stems), -c))


def _verbatim(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Those who say exactly the same as the first of their speaker's, with that one: no pairs are tried."""
    first: dict[Words, int] = {}
    for i, u in enumerate(units):
        words = wording_of(u)
        if words is not None and first.setdefault(words, i) != i:
            yield first[words], i


def wording_of(u: Unit) -> Words | None:
    """What two units of one speaker must share to be verbatim the same; None for a few words."""
    if len(u.spoken.stems) < FEWEST:
        return None
    stems = (*u.spoken.stems, "?") if asks(u.spoken.text) else u.spoken.stems
    return (u.person or (u.name.last if u.name else ""), stems)
