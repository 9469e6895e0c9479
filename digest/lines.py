"""The sentences of a text as they are compared, packed: ten thousand texts have half a million of them.

Stems are kept as numbers in a list of all stems that this process has met;
what is written out (pickled) has the stems themselves. The list only grows: a
number stays good for whoever holds it. Building a site again adds what is new
in its texts, about 200 bytes for each stem that no text had before.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import overload

STEMS: list[str] = []
GIVING = Lock()
SHORT = 1 << 16  # numbers below take two bytes


class _Numbers(dict[str, int]):
    """The number of each stem, given when it is first asked for."""

    def __missing__(self, stem: str) -> int:
        with GIVING:
            made = self.get(stem)
            if made is None:  # no other thread was first
                STEMS.append(stem)
                made = self[stem] = len(STEMS) - 1
        return made


# The number of a stem in this process. Threads may ask at once.
number_of = _Numbers().__getitem__
stem_of = STEMS.__getitem__


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a text, as compared: where it stands, its telling words.

    Offsets index `Shown.text` of a text shown in full. `stems` are the
    stems of its words without the commonest, in order, each once; they can be
    compared, not read.
    """

    start: int
    end: int
    stems: tuple[str, ...]


class Lines(Sequence[Line]):
    """The lines of a text: a sequence of `Line`, each made when it is asked for.

    Kept are the stems of all lines, each once, and the lines as places among them.
    """

    __slots__ = ("_marks", "_order", "_row", "_spans")

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        every = tuple(lines)
        order: list[int] = []
        spans: list[int] = []
        first: dict[int, int] = {}
        for line in every:
            order.extend(first.setdefault(n, len(first)) for n in map(number_of, line.stems))
            spans += (line.start, line.end, len(order))
        self._spans = _array(spans)  # start, end, and how many stems up to there
        self._marks = array("Q", [_mark(line.stems) for line in every])
        self._row = array("I", first.keys())
        self._order = _array(order)

    def __len__(self) -> int:
        return len(self._marks)

    @overload
    def __getitem__(self, k: int) -> Line: ...
    @overload
    def __getitem__(self, k: slice) -> Lines: ...
    def __getitem__(self, k: int | slice) -> Line | Lines:
        if isinstance(k, slice):
            return Lines(self[i] for i in range(*k.indices(len(self))))
        at = range(len(self))[k]
        start, end, _ = self._spans[3 * at : 3 * at + 3]
        numbers = map(self._row.__getitem__, self._order[slice(*self._stretch(at))])
        return Line(start, end, tuple(map(stem_of, numbers)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lines):
            return NotImplemented
        return (self._spans, self._order, self._row) == (other._spans, other._order, other._row)

    def __hash__(self) -> int:
        return hash(self._marks.tobytes())

    def __reduce__(self) -> tuple[type[Lines], tuple[tuple[Line, ...]]]:
        return Lines, (tuple(self),)

    def marks(self) -> array[int]:
        """For each line a number that only lines of the same stems have.

        The number has 64 bits: that two of a million sentences share one by
        chance happens on one site in forty million.
        """
        return self._marks

    def size(self, mark: int) -> int:
        """How many stems the line of a mark has; `ValueError` when no line has it."""
        start, stop = self._stretch(self._marks.index(mark))
        return stop - start

    def row(self) -> array[int]:
        """The numbers of the stems of all lines, each once, by where they first stand."""
        return self._row

    def without(self, marks: Set[int]) -> array[int]:
        """The same for the lines that have none of some marks."""
        if marks.isdisjoint(self._marks):
            return self._row
        order = self._order[:]
        for k, mark in reversed(list(enumerate(self._marks))):
            if mark in marks:
                del order[slice(*self._stretch(k))]
        return array("I", map(self._row.__getitem__, dict.fromkeys(order)))

    def holds(self, numbers: frozenset[int]) -> bool:
        """Whether one of some stems is in a line."""
        return not numbers.isdisjoint(self._row)

    def _stretch(self, k: int) -> tuple[int, int]:
        """Where the stems of the line at `k` stand among those of all."""
        return (self._spans[3 * k - 1] if k else 0), self._spans[3 * k + 2]


def _array(numbers: list[int]) -> array[int]:
    """Numbers in two bytes each where all of them fit."""
    return array("H" if max(numbers, default=0) < SHORT else "I", numbers)


def _mark(stems: Sequence[str]) -> int:
    return int.from_bytes(blake2b("\n".join(stems).encode(), digest_size=8).digest())
