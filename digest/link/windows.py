"""An index of things in an order: who stands shortly before whom under a key."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

Place = tuple[Any, ...]


class Windows:
    """For each key the things (by number) that have it, by their places; things come and go.

    What is found for a thing depends on the `reach` things before it only:
    `insert` and `remove` give those after it that now find something else.
    Numbers stand side by side in arrays: walking along them reads memory in
    its order, where lists of objects would fetch each from elsewhere.
    """

    def __init__(self, places: Mapping[int, Place], reach: int) -> None:
        self.places, self.reach = places, reach
        self.lists: dict[Hashable, array[int]] = {}
        self._next: dict[Hashable, int] = {}

    def insert(self, key: Hashable, n: int) -> Sequence[int]:
        """Put a thing under a key; gives whom that touches."""
        held = self.lists.get(key)
        if held is None:
            self.lists[key] = array("I", (n,))
            return ()
        place = self.places[n]
        if self.places[held[-1]] < place:
            held.append(n)
            return ()
        at = self._at(held, n)
        held.insert(at, n)
        return held[at + 1 : at + self.reach + 2]

    def remove(self, key: Hashable, n: int) -> Sequence[int]:
        """Take a thing away from a key; gives whom that touches."""
        held = self.lists[key]
        at = self._at(held, n)
        del held[at]
        if not held:
            del self.lists[key]
        return held[at : at + self.reach + 1]

    def before(self, key: Hashable, n: int) -> Sequence[int]:
        """The nearest things before one that has the key.

        Asking for one thing after another in their order costs no search.
        """
        held = self.lists[key]
        at = self._next.get(key, 0)
        if at >= len(held) or held[at] != n:
            at = self._at(held, n)
        self._next[key] = at + 1
        return held[at - self.reach if at > self.reach else 0 : at]

    def rewind(self) -> None:
        """Forget where the last question was asked."""
        self._next.clear()

    def _at(self, held: Sequence[int], n: int) -> int:
        return bisect_left(held, self.places[n], key=self.places.__getitem__)
