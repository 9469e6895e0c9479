"""Pairs of quoted sentences that may be one utterance: an inverted index on their rarest stems.

No two sentences are compared that do not share telling stems, and however
common a stem is, only the nearest sentences before one are looked at: the
work for a sentence does not grow with the site. The index takes texts in and
out, and compares again only what that touches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from digest.link.clusters import KNOWN, OTHERS, UNKNOWN, Words, said_again, wording_of
from digest.link.units import Unit
from digest.link.windows import Windows
from digest.link.words import Weights

TELLING = 8  # the rarest stems of a sentence that it is looked up by
CROWD = 32  # a stem in more sentences than this is looked up by its speaker too
TRIED = 40  # candidates looked at
HINT = 0.15  # of the lighter one that must lie in stems by which both are looked up: two of eight, not one
Change = Callable[[Hashable, int], Sequence[int]]
LEAST = min(KNOWN[0], UNKNOWN[0], OTHERS[0])  # of the lighter one, in any order, before order is looked at


class Echoes:
    """The sentences of all quotes by number, and for each the earlier ones that it may repeat.

    Of those that are word for word the same only the first is compared with
    others. `tried` counts the pairs that were compared.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.units: dict[int, Unit] = {}
        self.places: dict[int, tuple[bool, float, str, int]] = {}
        self.same: dict[Words, list[int]] = {}
        self.earlier: dict[int, tuple[tuple[float, int], ...]] = {}
        self.later: dict[int, set[int]] = {}
        self.tried = 0
        self._keys: dict[int, list[str]] = {}
        self._mass: dict[int, float] = {}
        self._at = Windows(self.places, CROWD)
        self._by = Windows(self.places, CROWD)
        self._split: set[str] = set()  # the stems that `_by` holds
        self._last = 0

    def update(
        self, gone: Iterable[int], come: Iterable[Unit], moved: frozenset[str] = frozenset()
    ) -> tuple[list[int], set[int]]:
        """Take units out and in; gives the numbers of those that came, and all whose pairs may have changed.

        `moved` are stems that weigh more or less than they did.
        """
        heads: dict[Words, list[int]] = {}
        stale: set[int] = set()  # to be compared again
        touched: set[int] = set()
        for n in gone:
            self._leave(n, heads, stale, touched)
        if moved:
            for n in [n for n in self._keys if not moved.isdisjoint(self.units[n].spoken.stems)]:
                self._weigh(n, stale, touched)
        new = [self._enter(u, heads) for u in come]
        for words, before in heads.items():
            self._rehead(words, before, stale, touched)
        for n in new:
            if n not in self._keys and wording_of(self.units[n]) is None:
                self._insert(n, stale)
        for n in sorted(stale & self._keys.keys(), key=self.places.__getitem__):
            self._compare(n, touched)
        self._at.rewind()
        self._by.rewind()
        touched.update(new)
        return new, touched & self.units.keys()

    def beside(self, n: int) -> Iterator[int]:
        """The units that one is joined with: by a pair, or word for word."""
        yield from (k for _, k in self.earlier.get(n, ()))
        yield from self.later.get(n, ())
        words = wording_of(self.units[n])
        if words is not None:
            yield from self.same[words]

    def _enter(self, u: Unit, heads: dict[Words, list[int]]) -> int:
        n = self._last = self._last + 1
        self.units[n], self.places[n] = u, u.place
        words = wording_of(u)
        if words is not None:
            held = self.same.setdefault(words, [])
            heads.setdefault(words, self._heads(held))
            held.insert(bisect_left(held, u.place, key=self.places.__getitem__), n)
        return n

    def _leave(self, n: int, heads: dict[Words, list[int]], stale: set[int], touched: set[int]) -> None:
        words = wording_of(self.units[n])
        if words is not None:
            held = self.same[words]
            heads.setdefault(words, self._heads(held))
            held.remove(n)
            touched.update(held)
        if n in self._keys:
            self._withdraw(n, stale, touched)
        del self.units[n], self.places[n]

    def _rehead(self, words: Words, before: Sequence[int], stale: set[int], touched: set[int]) -> None:
        """Index those that are now the first to say something, and no others."""
        held = self.same[words]
        now = self._heads(held)
        if not held:
            del self.same[words]
        for n in before:
            if n in self._keys and n not in now:
                self._withdraw(n, stale, touched)
        for n in now:
            if n not in self._keys:
                self._insert(n, stale)
        if now != before:
            touched.update(held)

    def _heads(self, held: Sequence[int]) -> list[int]:
        """The first of those that say the same, and those in one quote with another of them."""
        out, roots = list(held[:1]), {self.units[n].spoken.root for n in held[:1]}
        for n in held[1:]:
            root = self.units[n].spoken.root
            if root in roots:
                out.append(n)
            roots.add(root)
        return out

    def _insert(self, n: int, stale: set[int]) -> None:
        stems = self.units[n].spoken.stems
        self._keys[n], self._mass[n] = self._telling(stems), self.weights.sum(stems)
        for stem in self._keys[n]:
            self._put(stem, n, stale)
        stale.add(n)

    def _telling(self, stems: Iterable[str]) -> list[str]:
        return sorted(set(stems), key=self.weights.rank)[:TELLING]

    def _weigh(self, n: int, stale: set[int], touched: set[int]) -> None:
        """Weigh a unit anew: it may be looked up by other stems now, and be nearer to others or farther."""
        stems, before = self.units[n].spoken.stems, self._keys[n]
        self._keys[n], self._mass[n] = self._telling(stems), self.weights.sum(stems)
        for stem in before:
            self._take(stem, n, stale)
        for stem in self._keys[n]:
            self._put(stem, n, stale)
        stale.add(n)
        touched.add(n)

    def _put(self, stem: str, n: int, stale: set[int]) -> None:
        if after := self._at.insert(stem, n):
            stale.update(after)
        if stem in self._split:
            stale.update(self._by_speaker(n, stem, self._by.insert))
        elif len(self._at.lists[stem]) > CROWD:
            self._split.add(stem)
            for k in self._at.lists[stem]:
                self._by_speaker(k, stem, self._by.insert)

    def _take(self, stem: str, n: int, stale: set[int]) -> None:
        stale.update(self._at.remove(stem, n))
        if stem in self._split:
            stale.update(self._by_speaker(n, stem, self._by.remove))

    def _by_speaker(self, n: int, stem: str, change: Change) -> Sequence[int]:
        name = self.units[n].name
        return change((name.last, stem), n) if name else ()

    def _withdraw(self, n: int, stale: set[int], touched: set[int]) -> None:
        for stem in self._keys.pop(n):
            self._take(stem, n, stale)
        del self._mass[n]
        self._part(n)
        for k in self.later.pop(n, ()):
            self.earlier[k] = tuple(e for e in self.earlier[k] if e[1] != n)
            stale.add(k)
            touched.add(k)

    def _part(self, n: int) -> None:
        for _, k in self.earlier.pop(n, ()):
            self.later[k].discard(n)

    def _compare(self, n: int, touched: set[int]) -> None:
        """Find anew the earlier units that one repeats."""
        before, found = self.earlier.get(n, ()), tuple(self._found(n))
        if found == before:
            return
        self._part(n)
        if found:
            self.earlier[n] = found
        for _, k in found:
            self.later.setdefault(k, set()).add(n)
        touched.add(n)
        touched.update(k for _, k in (*before, *found))

    def _found(self, n: int) -> Iterator[tuple[float, int]]:
        u, weights, mass = self.units[n], self.weights, self._mass
        near = self._near(n)
        if not near:
            return
        most = mass[n]
        enough = HINT * most
        close = [k for k, w in near.items() if w >= enough or w >= HINT * mass[k]]
        if len(close) > TRIED:
            close.sort(key=lambda k: (-near[k], self.places[k]))
            del close[TRIED:]
        own = dict.fromkeys(u.spoken.stems) if close else {}
        for k in close:
            other = self.units[k]
            both = sum(map(weights.of, filter(own.__contains__, other.spoken.stems)))
            if both >= LEAST * min(most, mass[k]):
                self.tried += 1
                if score := said_again(other, u, weights):
                    yield score, k

    def _near(self, n: int) -> dict[int, float]:
        """The earlier units that share telling stems with one, and what those weigh."""
        near: dict[int, float] = {}
        get, name = near.get, self.units[n].name
        for stem in self._keys[n]:
            weight = self.weights.of(stem)
            found, before = self._at.before(stem, n)
            if before > CROWD and name:
                found += self._by.before((name.last, stem), n)[0]
            for k in found:
                near[k] = get(k, 0.0) + weight
        return near
