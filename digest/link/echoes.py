"""Pairs of quoted sentences that may be one utterance: an inverted index on their rarest stems.

No two sentences are compared that do not share telling stems, and however
common a stem is, only the nearest sentences before one are looked at: the
work for a sentence does not grow with the site. The index takes texts in and
out, and compares again only what that touches.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from digest.link.clusters import Words, said_again, wording_of
from digest.link.traits import LEAST, Marks, Traits, traits
from digest.link.units import Unit
from digest.link.windows import Place, Windows
from digest.link.words import Weights

CROWD = 32  # a stem in more sentences than this is looked up by its speaker too
SCANNED = 256  # a stem in more than this has an index of its own for each speaker
TRIED = 40  # candidates looked at
Change = Callable[[Hashable, int], Sequence[int]]


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
        self._traits: dict[int, Traits] = {}  # of those that are compared
        self._marks = Marks()
        self._at = Windows(_Places(self.places), CROWD)  # of entries: see `_entry`
        self._by = Windows(_Places(self.places), CROWD)
        self._split: set[str] = set()  # the stems that `_by` holds
        self._voices: dict[str, int] = {}  # a number for each surname
        self._voice = array("I", (0,))  # that of each unit's speaker, 0 for nobody
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
            for n in [n for n in self._traits if not moved.isdisjoint(self.units[n].spoken.stems)]:
                self._weigh(n, stale, touched)
        new = [self._enter(u, heads) for u in come]
        for words, before in heads.items():
            self._rehead(words, before, stale, touched)
        for n in new:
            if n not in self._traits and wording_of(self.units[n]) is None:
                self._insert(n, stale)
        for n in sorted(stale & self._traits.keys(), key=self.places.__getitem__):
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
        self._voice.append(self._voices.setdefault(u.name.last, len(self._voices) + 1) if u.name else 0)
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
        if n in self._traits:
            self._withdraw(n, stale, touched)
        del self.units[n], self.places[n]

    def _rehead(self, words: Words, before: Sequence[int], stale: set[int], touched: set[int]) -> None:
        """Index those that are now the first to say something, and no others."""
        held = self.same[words]
        now = self._heads(held)
        if not held:
            del self.same[words]
        for n in before:
            if n in self._traits and n not in now:
                self._withdraw(n, stale, touched)
        for n in now:
            if n not in self._traits:
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
        own = self._traits[n] = traits(stems, self.weights)
        self._marks.put(n, stems, own)
        for k, stem in enumerate(own.keys):
            self._put(stem, _entry(n, k < own.few), stale)
        stale.add(n)

    def _weigh(self, n: int, stale: set[int], touched: set[int]) -> None:
        """Weigh a unit anew: it may be looked up by other stems now, and be nearer to others or farther."""
        for stem in self._traits[n].keys:
            self._take(stem, n, stale)
        self._insert(n, stale)
        touched.add(n)

    def _put(self, stem: str, e: int, stale: set[int]) -> None:
        after = self._at.insert(stem, e)
        stale.update(map(_number, after))
        held = self._at.lists[stem]
        if len(held) <= CROWD:
            return
        if stem in self._split:
            stale.update(map(_number, self._by_speaker(e, stem, self._by.insert)))
        elif len(held) > SCANNED:
            self._split.add(stem)
            for other in held:
                stale.update(map(_number, self._by_speaker(other, stem, self._by.insert)))
        elif after:
            stale.update(map(_number, self._of_voice(held, _number(e))))

    def _take(self, stem: str, n: int, stale: set[int]) -> None:
        e = _entry(n)
        stale.update(map(_number, self._at.remove(stem, e)))
        if stem in self._split:
            stale.update(map(_number, self._by_speaker(e, stem, self._by.remove)))
        elif stem in self._at.lists and len(self._at.lists[stem]) >= CROWD:
            stale.update(map(_number, self._of_voice(self._at.lists[stem], n)))

    def _by_speaker(self, e: int, stem: str, change: Change) -> Sequence[int]:
        name = self.units[_number(e)].name
        return change((name.last, stem), e) if name else ()

    def _of_voice(self, entries: Iterable[int], n: int) -> list[int]:
        """Those of some entries that are of the speaker of a unit."""
        voices, voice = self._voice, self._voice[n]
        return [e for e in entries if voices[e >> 1] == voice] if voice else []

    def _withdraw(self, n: int, stale: set[int], touched: set[int]) -> None:
        for stem in self._traits[n].keys:
            self._take(stem, n, stale)
        del self._traits[n]
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
        u, weights, traits = self.units[n], self.weights, self._traits
        own, stems = traits[n], frozenset(u.spoken.stems)
        close: list[tuple[float, int]] = []
        for k in self._likely(n):
            both = sum(map(weights.of, filter(stems.__contains__, self.units[k].spoken.stems)))
            if both >= LEAST * min(own.mass, traits[k].mass):
                close.append((-both, k))
        if len(close) > TRIED:
            close.sort(key=lambda c: (c[0], self.places[c[1]]))
            del close[TRIED:]
        for _, k in close:
            self.tried += 1
            if score := said_again(self.units[k], u, weights):
                yield score, k

    def _likely(self, n: int) -> Iterable[int]:
        """The earlier units that share telling stems with one, and may share most of the lighter one's weight.

        The nearest with each stem, and where there are many, the nearest of its speaker.
        """
        own, named = self._traits[n], self.units[n].name is not None
        found: list[int] = []
        for k, stem in enumerate(own.keys):
            e = _entry(n, k < own.few)
            near, before = self._at.before(stem, e)
            if before > CROWD and named:
                near = [*near, *self._near_of_voice(stem, e, before)]
            found += self._marks.holding(n, [x >> 1 for x in near if x & 1])
            if k < own.few:
                found += self._marks.held_by(n, [x >> 1 for x in near])
        return dict.fromkeys(found)

    def _near_of_voice(self, stem: str, e: int, before: int) -> Sequence[int]:
        if stem in self._split:
            return self._by_speaker(e, stem, lambda key, e: self._by.before(key, e)[0])
        return self._of_voice(self._at.lists[stem][:before], _number(e))[-CROWD:]


def _entry(n: int, few: bool = False) -> int:
    """A unit under a stem: twice its number, and one more when the stem is of its first few."""
    return 2 * n + few


def _number(entry: int) -> int:
    return entry >> 1


class _Places(Mapping[int, Place]):
    """The places of entries."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self.of = places

    def __getitem__(self, entry: int) -> Place:
        return self.of[entry >> 1]

    def __iter__(self) -> Iterator[int]:
        return map(_entry, self.of)

    def __len__(self) -> int:
        return len(self.of)
