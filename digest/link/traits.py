"""Whether two sentences can be one utterance at all, told from a few numbers of each.

Two sentences are one when they share most of the lighter one's weight, so
one of its very rarest stems is in both, and few of its rarest are missing in
the other (prefix filtering: Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma
and Srikant 2007). Stems are bits, as in a Bloom filter: a pair that shares
enough is never refused, and few others get through.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from digest.link.clusters import KNOWN, OTHERS, UNKNOWN
from digest.link.words import Weights

TELLING = 8  # the rarest stems of a sentence that it is looked up by
LEAST = min(KNOWN[0], UNKNOWN[0], OTHERS[0])  # of the lighter one, in any order, before order is looked at
SLACK = 1e-6  # nats: sums of the same weights in another order
BITS = 60  # of one number; stems are marked in two


class Traits(NamedTuple):
    """What tells of a sentence, before it is compared, what it cannot be a part of.

    `keys` are its rarest stems, the most telling first; one of the first
    `few` and `need` of the bits of all must be in whatever has most of it.
    """

    keys: tuple[str, ...]
    mass: float
    few: int
    need: int


def traits(stems: Sequence[str], weights: Weights) -> Traits:
    """The traits of a sentence."""
    keys = tuple(sorted(set(stems), key=weights.rank)[:TELLING])
    mass = weights.sum(stems)
    each = [weights.of(s) for s in keys]
    lost = (1 - LEAST) * mass + SLACK
    most = min(_bits(half, keys).bit_count() for half in (0, 1))
    return Traits(keys, mass, _within(each, lost) + 1, most - _within(reversed(each), lost))


def _within(each: Iterable[float], left: float) -> int:
    """How many numbers, one after another, a sum may hold."""
    out = 0
    for x in each:
        left -= x
        if left < 0:
            break
        out += 1
    return out


class Marks:
    """The bits of sentences by their numbers: those of all stems, and those of the rarest."""

    def __init__(self) -> None:
        self._held = (array("Q"), array("Q"))
        self._asked = (array("Q"), array("Q"))
        self._need = array("b")

    def put(self, n: int, stems: Iterable[str], own: Traits) -> None:
        """Note a sentence."""
        more = n + 1 - len(self._need)
        if more > 0:
            self._need.extend([0] * more)
            for every in (*self._held, *self._asked):
                every.extend([0] * more)
        self._need[n] = own.need
        for half in (0, 1):
            self._held[half][n], self._asked[half][n] = _bits(half, stems), _bits(half, own.keys)

    def held_by(self, n: int, near: Iterable[int]) -> list[int]:
        """Those of some sentences that may hold most of one."""
        need, (held, again) = self._need[n], self._held
        asked, other = self._asked[0][n], self._asked[1][n]
        return [
            k
            for k in near
            if (asked & held[k]).bit_count() >= need and (other & again[k]).bit_count() >= need
        ]

    def holding(self, n: int, near: Iterable[int]) -> list[int]:
        """Those of some sentences of which one may hold most."""
        need, (asked, other) = self._need, self._asked
        held, again = self._held[0][n], self._held[1][n]
        return [
            k
            for k in near
            if (held & asked[k]).bit_count() >= need[k] and (again & other[k]).bit_count() >= need[k]
        ]


def _bits(half: int, stems: Iterable[str]) -> int:
    out = 0
    for bits in map(_bit, stems):
        out |= bits[half]
    return out


@lru_cache(maxsize=200_000)
def _bit(stem: str) -> tuple[int, int]:
    first, second = divmod(crc32(stem.encode()), BITS)
    return 1 << second, 1 << first % BITS
