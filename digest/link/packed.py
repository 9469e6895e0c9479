"""A mapping from half a million marks to small numbers, in a tenth of the memory of a dict."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

SHELVES = 1 << 12


class Packed:
    """Numbers of 32 bits by marks of 64, twelve bytes each: sorted arrays, one for each start of a mark.

    With a million marks a shelf holds 250, so that finding one takes eight
    steps and putting one in moves two kilobytes at most.
    """

    def __init__(self) -> None:
        self._marks = [array("Q") for _ in range(SHELVES)]
        self._numbers = [array("I") for _ in range(SHELVES)]

    def put(self, new: Iterable[int], number: int) -> list[tuple[int, int]]:
        """Give marks a number that have none; gives those that have another, each with that."""
        out: list[tuple[int, int]] = []
        every, numbers = self._marks, self._numbers
        for mark in new:
            shelf = mark >> 52
            marks = every[shelf]
            at = bisect_left(marks, mark)
            if at == len(marks) or marks[at] != mark:
                marks.insert(at, mark)
                numbers[shelf].insert(at, number)
            elif numbers[shelf][at] != number:
                out.append((mark, numbers[shelf][at]))
        return out

    def __setitem__(self, mark: int, number: int) -> None:
        shelf, at = self._where(mark)
        self._numbers[shelf][at] = number

    def __delitem__(self, mark: int) -> None:
        shelf, at = self._where(mark)
        del self._marks[shelf][at], self._numbers[shelf][at]

    def _where(self, mark: int) -> tuple[int, int]:
        """The shelf and place of a mark that is there; `KeyError` when it is not."""
        shelf = mark >> 52
        marks = self._marks[shelf]
        at = bisect_left(marks, mark)
        if at == len(marks) or marks[at] != mark:
            raise KeyError(mark)
        return shelf, at
