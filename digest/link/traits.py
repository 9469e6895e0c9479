"""Whether two sentences can be one utterance at all, told from a few numbers of each.

Two sentences are one when they share most of the lighter one's weight, so
one of its very rarest stems is in both, and few of its rarest are missing in
the other (prefix filtering: Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma
and Srikant 2007). How much they must share depends on who speaks: nearly all
where the speakers are not known to be one, so that one or two stems decide.
Stems are bits, as in a Bloom filter: a pair that shares enough is never
refused, and few others get through.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

from digest.lines import number_of
from digest.link.clusters import KNOWN, OTHERS, UNKNOWN
from digest.link.words import Weights

TELLING = 8  # the rarest stems of a sentence that it is looked up by
OWN = KNOWN[0]  # of the lighter one, in any order, before order is looked at: of one speaker's
OTHER = min(UNKNOWN[0], OTHERS[0])  # of other people's
SLACK = 1e-6  # nats: sums of the same weights in another order
BITS = 60  # of one number; stems are marked in two
HALF = (1 << BITS) - 1
AHEAD = 1024  # numbers for which room is made at once


Bar = tuple[
    int, int
]  # what holds enough of a sentence has one of its first so many keys, and so many of their bits
Note = tuple[str, float, int, int]  # of a stem: its rank, its weight, its two bits, its number


class Notes(dict[str, Note]):
    """What each stem brings into a sentence, made when first asked for; good until weights change."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __missing__(self, stem: str) -> Note:
        first, second = divmod(crc32(stem.encode()), BITS)
        bits = 1 << second | 1 << BITS + first % BITS
        made = self[stem] = (self.weights.rank(stem), self.weights.of(stem), bits, number_of(stem))
        return made


class Traits(NamedTuple):
    """What tells of a sentence, before it is compared, what it cannot be a part of.

    `keys` are the numbers of its rarest stems, the most telling first;
    `asked` and `other` their bits, `held` and `again` those of all stems.
    `own` is the bar for what its speaker says elsewhere, `strange` for anybody
    else.
    """

    keys: tuple[int, ...]
    mass: float
    held: int
    again: int
    asked: int
    other: int
    own: Bar
    strange: Bar


def traits(stems: Sequence[str], notes: Notes) -> Traits:
    """The traits of a sentence."""
    every = list(map(notes.__getitem__, stems))
    mass, held, asked = 0.0, 0, 0
    for _, weight, bits, _ in every:
        mass += weight
        held |= bits
    keys: list[int] = []
    weights: list[float] = []
    for _, weight, bits, number in sorted(every):
        if number not in keys:
            asked |= bits
            keys.append(number)
            weights.append(weight)
            if len(keys) == TELLING:
                break
    asked, other = asked & HALF, asked >> BITS
    most = min(asked.bit_count(), other.bit_count())
    own, strange = _bars(weights, most, (1 - OWN) * mass + SLACK, (1 - OTHER) * mass + SLACK)
    return Traits(tuple(keys), mass, held & HALF, held >> BITS, asked, other, own, strange)


def _bars(weights: Sequence[float], most: int, lost: float, less: float) -> tuple[Bar, Bar]:
    """The bars when keys of some weight in sum may be missing, or less: as many of the heaviest, and of the lightest."""
    few = fewer = 1
    need = needed = most
    left = 0.0
    for weight in weights:
        left += weight
        if left > lost:
            break
        few += 1
        fewer += left <= less
    left = 0.0
    for weight in reversed(weights):
        left += weight
        if left > lost:
            break
        need -= 1
        needed -= left <= less
    return (few, need), (fewer, needed)


class Marks:
    """The traits of sentences by their numbers, in arrays."""

    def __init__(self) -> None:
        self.mass = array("d")
        self._held, self._again = array("Q"), array("Q")
        self._asked, self._other = array("Q"), array("Q")
        self._need = (array("b"), array("b"))  # of its speaker's, of other people's
        self._few = array("b")
        self._keys = array("I")

    def put(self, n: int, own: Traits) -> None:
        """Note a sentence."""
        if n >= len(self.mass):
            more = n - len(self.mass) + AHEAD
            bits = self._held, self._again, self._asked, self._other
            for every in (self.mass, *bits, *self._need, self._few):
                every.extend([0] * more)
            self._keys.extend([0] * more * TELLING)
        keys, self.mass[n], self._held[n], self._again[n], self._asked[n], self._other[n], bar, strange = own
        self._few[n], self._need[0][n] = bar
        self._need[1][n] = strange[1]
        if len(keys) < TELLING:
            keys += keys[:1] * (TELLING - len(keys))
        self._keys[n * TELLING : (n + 1) * TELLING] = array("I", keys)

    def keys(self, n: int) -> tuple[int, ...]:
        """The keys of a sentence as it was noted."""
        return tuple(dict.fromkeys(self._keys[n * TELLING : (n + 1) * TELLING]))

    def few(self, n: int) -> int:
        """How many of its first keys what holds most of a sentence of one speaker may lack, and one more."""
        return self._few[n]

    def whole(self, own: Traits, near: Iterable[int], strange: bool) -> list[int]:
        """Those of some sentences that may hold enough of one: `strange` when their speaker is not its own."""
        need = (own.strange if strange else own.own)[1]
        asked, other, held, again = own.asked, own.other, self._held, self._again
        return [
            k
            for k in near
            if (asked & held[k]).bit_count() >= need and (other & again[k]).bit_count() >= need
        ]

    def parts(self, own: Traits, near: Iterable[int], strange: bool) -> list[int]:
        """Those of some sentences of which one may hold enough."""
        need, asked, other = self._need[strange], self._asked, self._other
        held, again = own.held, own.again
        return [
            k
            for k in near
            if (held & asked[k]).bit_count() >= need[k] and (again & other[k]).bit_count() >= need[k]
        ]

    def either(self, own: Traits, near: Iterable[int]) -> list[int]:
        """Those of some sentences of its speaker that may hold enough of one, or of which one may."""
        need, asked, other, held, again = own.own[1], own.asked, own.other, self._held, self._again
        whole, more, most, all_asked, all_other = own.held, own.again, self._need[0], self._asked, self._other
        return [
            k
            for k in near
            if ((asked & held[k]).bit_count() >= need and (other & again[k]).bit_count() >= need)
            or (
                (whole & all_asked[k]).bit_count() >= most[k] and (more & all_other[k]).bit_count() >= most[k]
            )
        ]

    def meeting(self, own: Traits, near: Iterable[int]) -> list[int]:
        """Those of some sentences of its speaker that have one of its first keys, or it one of theirs."""
        first, every = frozenset(own.keys[: own.own[0]]), frozenset(own.keys)
        keys, few = self._keys, self._few
        return [
            k
            for k in near
            if not first.isdisjoint(keys[k * TELLING : (k + 1) * TELLING])
            or not every.isdisjoint(keys[k * TELLING : k * TELLING + min(few[k], TELLING)])
        ]
