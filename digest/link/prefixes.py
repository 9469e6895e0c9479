"""An index of sentences by their rarest stems: who, shortly before one, may share most of its weight or be its part."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from digest.link.windows import Place


class Prefixes:
    """For each key the sentences (by number) that have it, and those that have it among their first few.

    Keys are a sentence's rarest stems, the most telling first. What holds
    most of another has one of the other's first few among its own, so one
    side of a pair is always looked for in the short lists of the first few
    (prefix filtering, see `traits.py`). What is found for a sentence depends
    on the `reach` sentences before it in each list only: `put` and `take`
    give those after it that may find something else now. Numbers stand side
    by side in arrays: walking along them reads memory in its order.
    """

    def __init__(self, places: Mapping[int, Place], reach: int) -> None:
        self.places, self.reach = places, reach
        self._all: dict[int, array[int]] = {}
        self._few: dict[int, array[int]] = {}
        self._last: Place = ()  # no sentence ever stood behind this place

    def whole(self, n: int, keys: Sequence[int], few: int) -> list[int]:
        """The nearest before a place that may hold most of a sentence with these keys."""
        return self._nearest(self._all, n, keys[:few])

    def parts(self, n: int, keys: Sequence[int]) -> list[int]:
        """The nearest before a place of which a sentence with these keys may hold most."""
        return self._nearest(self._few, n, keys)

    def put(self, n: int, keys: Sequence[int], few: int) -> list[int]:
        """Put a sentence in; gives whom that touches."""
        if self.places[n] > self._last:
            self._append(n, keys, few)
            return []
        touched: list[int] = []
        every, first, places, place = self._all, self._few, self.places, self.places[n]
        for k, key in enumerate(keys):
            held = every.get(key)
            if held is None:
                every[key] = array("I", (n,))
            elif places[held[-1]] < place:
                held.append(n)
            else:
                held.insert(self._at(held, n), n)
                touched += self._touched(key, n, k < few)
        for key in keys[:few]:
            held = first.get(key)
            if held is None:
                first[key] = array("I", (n,))
            else:
                held.insert(self._at(held, n), n)
        return touched

    def _append(self, n: int, keys: Sequence[int], few: int) -> None:
        """Put a sentence behind all others."""
        self._last = self.places[n]
        for lists, own in ((self._all, keys), (self._few, keys[:few])):
            for key in own:
                held = lists.get(key)
                if held is None:
                    lists[key] = array("I", (n,))
                else:
                    held.append(n)

    def take(self, n: int, keys: Sequence[int]) -> list[int]:
        """Take a sentence away; gives whom that touches."""
        touched: list[int] = []
        for key in keys:
            first = self._few.get(key, ())
            at = self._at(first, n)
            few = at < len(first) and first[at] == n
            touched += self._touched(key, n, few)
            for lists in (self._all, self._few) if few else (self._all,):
                held = lists[key]
                del held[self._at(held, n)]
                if not held:
                    del lists[key]
        return touched

    def _touched(self, key: int, n: int, few: bool) -> Sequence[int]:
        """Those after a sentence that look for it: by all of their keys if it is short there, else by their first few."""
        every, first = self._all[key], self._few.get(key, array("I"))
        out = self._until(first, n, self._far(every, n))
        return out + self._until(every, n, self._far(first, n)) if few else out

    def _far(self, held: Sequence[int], n: int) -> Place | None:
        """The place from which on a number is out of reach in a list; None when that has no such place."""
        at = self._at(held, n) + self.reach + 1
        return self.places[held[at]] if at < len(held) else None

    def _until(self, held: array[int], n: int, end: Place | None) -> array[int]:
        """The numbers of a list from a number's place on to another place."""
        stop = len(held) if end is None else bisect_left(held, end, key=self.places.__getitem__) + 1
        return held[self._at(held, n) : stop]

    def _nearest(self, lists: Mapping[int, array[int]], n: int, keys: Iterable[int]) -> list[int]:
        places, reach, place = self.places, self.reach, self.places[n]
        out: list[int] = []
        if place > self._last:
            for held in map(lists.get, keys):
                if held:
                    out += held[-reach:]
            return out
        for key in keys:
            held = lists.get(key)
            if held:
                at = len(held) if places[held[-1]] < place else self._at(held, n)
                out += held[at - reach if at > reach else 0 : at]
        return out

    def _at(self, held: Sequence[int], n: int) -> int:
        places = self.places
        if held and places[held[-1]] < places[n]:
            return len(held)
        return bisect_left(held, places[n], key=places.__getitem__)
