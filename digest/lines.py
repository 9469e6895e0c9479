"""The sentences of a text as they are compared, packed: ten thousand texts have half a million of them.

Stems are kept as numbers in a list of all stems that this process has met;
what is written out (pickled) has the stems themselves.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import overload

STEMS: list[str] = []


class _Numbers(dict[str, int]):
    """The number of each stem, given when it is first asked for."""

    def __missing__(self, stem: str) -> int:
        made = self[stem] = len(STEMS)
        STEMS.append(stem)
        return made


# The number of a stem in this process. Two threads must not ask at once: linking is done in one.
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
    """The lines of a text: a sequence of `Line`, each made when it is asked for."""

    __slots__ = ("_marks", "_spans", "_stems")

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._spans, self._marks = array("I"), array("Q")  # start, end, and how many stems up to there
        self._stems = array("I")
        for line in lines:
            self._stems.extend(map(number_of, line.stems))
            self._spans.extend((line.start, line.end, len(self._stems)))
            self._marks.append(_mark(line.stems))

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
        return Line(start, end, tuple(self.stems(at)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lines):
            return NotImplemented
        return self._spans == other._spans and self._stems == other._stems

    def __hash__(self) -> int:
        return hash(self._marks.tobytes())

    def __reduce__(self) -> tuple[type[Lines], tuple[tuple[Line, ...]]]:
        return Lines, (tuple(self),)

    def marks(self) -> Iterator[tuple[int, int]]:
        """For each line a number that only lines of the same stems have, and how many those are.

        The number has 64 bits: that two of a million sentences share one by
        chance happens on one site in forty million.
        """
        stops = self._spans[2::3]
        return zip(self._marks, map(int.__sub__, stops, (0, *stops)), strict=False)

    def marked(self, marks: Mapping[int, object]) -> bool:
        """Whether one of some marks is a line's."""
        return not marks.keys().isdisjoint(self._marks)

    def stems(self, k: int) -> Iterator[str]:
        """The stems of the line at `k`, in order."""
        return map(stem_of, self.numbers(k))

    def numbers(self, k: int) -> array[int]:
        """The numbers of the stems of the line at `k`, in order."""
        start = self._spans[3 * k - 1] if k else 0
        return self._stems[start : self._spans[3 * k + 2]]

    def row(self) -> array[int]:
        """The numbers of the stems of all lines, in order."""
        return self._stems

    def every(self) -> set[int]:
        """The numbers of the stems of all lines."""
        return set(self._stems)

    def holds(self, numbers: frozenset[int]) -> bool:
        """Whether one of some stems is in a line."""
        return not numbers.isdisjoint(self._stems)


def _mark(stems: Sequence[str]) -> int:
    return int.from_bytes(blake2b("\n".join(stems).encode(), digest_size=8).digest())
