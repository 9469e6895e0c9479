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


class Bar(NamedTuple):
    """What must be in whatever holds enough of a sentence: one of its first `few` keys, `need` of their bits."""

    few: int
    need: int


class Traits(NamedTuple):
    """What tells of a sentence, before it is compared, what it cannot be a part of.

    `keys` are the numbers of its rarest stems, the most telling first;
    `asked` their bits, `held` those of all stems. `own` is the bar for what
    its speaker says elsewhere, `other` for anybody else.
    """

    keys: tuple[int, ...]
    mass: float
    held: int
    asked: int
    own: Bar
    other: Bar


def traits(stems: Sequence[str], weights: Weights) -> Traits:
    """The traits of a sentence."""
    rarest = sorted(set(stems), key=weights.rank)[:TELLING]
    each = list(map(weights.of, rarest))
    mass = weights.sum(stems)
    held = asked = 0
    for bit in map(_bit, stems):
        held |= bit
    for bit in map(_bit, rarest):
        asked |= bit
    most = min((asked & HALF).bit_count(), (asked >> BITS).bit_count())
    own, other = _bar(each, most, (1 - OWN) * mass + SLACK), _bar(each, most, (1 - OTHER) * mass + SLACK)
    return Traits(tuple(map(number_of, rarest)), mass, held, asked, own, other)


def _bar(each: Sequence[float], most: int, lost: float) -> Bar:
    """The bar when keys of some weight in sum may be missing: as many of the heaviest, and of the lightest."""
    few, left = 1, 0.0
    for weight in each:
        left += weight
        if left > lost:
            break
        few += 1
    left = 0.0
    for weight in reversed(each):
        left += weight
        if left > lost:
            break
        most -= 1
    return Bar(few, most)


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
            for every in (
                self.mass,
                self._held,
                self._again,
                self._asked,
                self._other,
                *self._need,
                self._few,
            ):
                every.extend([0] * more)
            self._keys.extend([0] * more * TELLING)
        self.mass[n] = own.mass
        self._held[n], self._again[n] = own.held & HALF, own.held >> BITS
        self._asked[n], self._other[n] = own.asked & HALF, own.asked >> BITS
        self._need[0][n], self._need[1][n] = own.own.need, own.other.need
        self._few[n] = own.own.few
        keys = own.keys + own.keys[:1] * (TELLING - len(own.keys))
        self._keys[n * TELLING : (n + 1) * TELLING] = array("I", keys)

    def keys(self, n: int) -> tuple[int, ...]:
        """The keys of a sentence as it was noted."""
        return tuple(dict.fromkeys(self._keys[n * TELLING : (n + 1) * TELLING]))

    def few(self, n: int) -> int:
        """How many of its first keys what holds most of a sentence of one speaker may lack, and one more."""
        return self._few[n]

    def whole(self, own: Traits, near: Iterable[int], strange: bool) -> list[int]:
        """Those of some sentences that may hold enough of one: `strange` when their speaker is not its own."""
        need = (own.other if strange else own.own).need
        asked, other = own.asked & HALF, own.asked >> BITS
        held, again = self._held, self._again
        return [
            k
            for k in near
            if (asked & held[k]).bit_count() >= need and (other & again[k]).bit_count() >= need
        ]

    def parts(self, own: Traits, near: Iterable[int], strange: bool) -> list[int]:
        """Those of some sentences of which one may hold enough."""
        need, asked, other = self._need[strange], self._asked, self._other
        held, again = own.held & HALF, own.held >> BITS
        return [
            k
            for k in near
            if (held & asked[k]).bit_count() >= need[k] and (again & other[k]).bit_count() >= need[k]
        ]

    def meeting(self, own: Traits, near: Iterable[int]) -> list[int]:
        """Those of some sentences of its speaker that have one of its first keys, or it one of theirs."""
        first, keys = set(own.keys[: own.own.few]), set(own.keys)
        return [
            k
            for k in near
            if not (first.isdisjoint(of := self.keys(k)) and keys.isdisjoint(of[: self._few[k]]))
        ]


class _Bits(dict[str, int]):
    """The two bits of each stem, made when first asked for."""

    def __missing__(self, stem: str) -> int:
        first, second = divmod(crc32(stem.encode()), BITS)
        made = self[stem] = 1 << second | 1 << BITS + first % BITS
        return made


_bit = _Bits().__getitem__
