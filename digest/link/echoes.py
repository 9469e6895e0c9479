"""Pairs of quoted sentences that may be one utterance: an inverted index on their rarest stems.

No two sentences are compared that do not share telling stems, except with
the few that their speaker said before; and however common a stem is, only
the nearest sentences before one are looked at: the work for a sentence does
not grow with the site. The index takes texts in and out, and compares again
only what that touches.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest.link.clusters import Words, said_again, wording_of
from digest.link.prefixes import Prefixes
from digest.link.traits import OWN, Marks, Notes, Traits, traits
from digest.link.units import Unit
from digest.link.windows import Place
from digest.link.words import Weights

CROWD = 32  # sentences that share a stem; only the nearest so many before one are looked at
SCANNED = 64  # sentences that a speaker said before; beyond that they are looked up by stems
TRIED = 40  # candidates looked at


class Echoes:
    """The sentences of all quotes by number, and for each the earlier ones that it may repeat.

    Of those that are word for word the same only the first is compared with
    others. `tried` counts the pairs that were compared.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.units: dict[int, Unit] = {}
        self.places: dict[int, tuple[bool, float, str, int]] = {}
        self._first: dict[Words, int] = {}  # to say something
        self._again: dict[Words, list[int]] = {}  # all who say it, when they are several
        self._repeated = bytearray(1)  # by number: whether it is not the only one to say it
        self.earlier: dict[int, tuple[tuple[float, int], ...]] = {}
        self.later: dict[int, set[int]] = {}
        self.tried = 0
        self._indexed: set[int] = set()  # those that are compared
        self._marks = Marks()
        self._index = Prefixes(self.places, CROWD)
        self._voices: dict[str, Voice] = {}
        self._last = 0

    def update(
        self, gone: Iterable[int], come: Iterable[Unit], moved: frozenset[str] = frozenset()
    ) -> tuple[list[int], set[int]]:
        """Take units out and in; gives the numbers of those that came, and all whose pairs may have changed.

        `moved` are stems that weigh more or less than they did.
        """
        heads: dict[Words, list[int]] = {}
        notes = Notes(self.weights)
        stale: set[int] = set()  # to be compared again
        touched: set[int] = set()
        for n in gone:
            self._leave(n, heads, stale, touched)
        arriving: set[int] = set()
        new = [self._enter(u, heads, arriving) for u in come]
        for words, before in heads.items():
            arriving.difference_update(self._saying(words))
            arriving.update(self._rehead(words, before, stale, touched))
        if moved:  # they may be looked up by other stems now, and be nearer to others or farther
            weighed = [n for n in self._indexed if not moved.isdisjoint(self.units[n].spoken.stems)]
            for n in weighed:
                self._take(n, stale)
            arriving.update(weighed)
            touched.update(weighed)
        for n in sorted(arriving, key=self.places.__getitem__):
            own = traits(self.units[n].spoken.stems, notes)
            self._compare(n, own, touched)  # all that stand before it are in the index
            self._put(n, own, stale)
        for n in sorted(stale & self._indexed - arriving, key=self.places.__getitem__):
            self._compare(n, traits(self.units[n].spoken.stems, notes), touched)
        touched.update(new)
        return new, touched & self.units.keys()

    def beside(self, n: int) -> list[int]:
        """The units that one is joined with: by a pair, or word for word (with the first; that with all)."""
        out = [k for _, k in self.earlier.get(n, ())]
        out += self.later.get(n, ())
        if self._repeated[n]:
            again = self._saying(wording_of(self.units[n]))
            out += again if again[0] == n else again[:1]
        return out

    def _enter(self, u: Unit, heads: dict[Words, list[int]], arriving: set[int]) -> int:
        """Note a unit; `arriving` gets those that are to be compared, if nobody else says the same."""
        n = self._last = self._last + 1
        self.units[n], self.places[n] = u, u.place
        self._repeated.append(False)
        words = wording_of(u)
        if words is None or self._first.setdefault(words, n) == n:
            arriving.add(n)
            return n
        held = self._saying(words)
        if words not in heads:
            heads[words] = [k for k in self._heads(held) if k not in arriving]
        held.insert(bisect_left(held, u.place, key=self.places.__getitem__), n)
        self._say(words, held)
        return n

    def _saying(self, words: Words | None) -> list[int]:
        """Who says something, in their order."""
        if words is None:
            return []
        return self._again.get(words) or [n for n in (self._first.get(words),) if n is not None]

    def _say(self, words: Words, held: list[int]) -> None:
        if len(held) > 1:
            self._again[words] = held
        else:
            self._again.pop(words, None)
        for n in held:
            self._repeated[n] = len(held) > 1
        if held:
            self._first[words] = held[0]
        else:
            del self._first[words]

    def _leave(self, n: int, heads: dict[Words, list[int]], stale: set[int], touched: set[int]) -> None:
        words = wording_of(self.units[n])
        if words is not None:
            held = self._saying(words)
            if words not in heads:
                heads[words] = self._heads(held)
            held.remove(n)
            self._say(words, held)
            touched.update(held)
        if n in self._indexed:
            self._withdraw(n, stale, touched)
        del self.units[n], self.places[n]

    def _rehead(
        self, words: Words, before: Sequence[int], stale: set[int], touched: set[int]
    ) -> Sequence[int]:
        """Withdraw those that are no longer the first to say something; gives those that are now."""
        held = self._saying(words)
        now = self._heads(held)
        if now == before:
            return ()
        for n in before:
            if n in self._indexed and n not in now:
                self._withdraw(n, stale, touched)
        touched.update(held)
        return [n for n in now if n not in self._indexed]

    def _heads(self, held: list[int]) -> list[int]:
        """The first of those that say the same, and those in one quote with another of them."""
        if len(held) < 2:
            return held[:]
        out, roots = list(held[:1]), {self.units[n].spoken.root for n in held[:1]}
        for n in held[1:]:
            root = self.units[n].spoken.root
            if root in roots:
                out.append(n)
            roots.add(root)
        return out

    def _put(self, n: int, own: Traits, stale: set[int]) -> None:
        self._indexed.add(n)
        self._marks.put(n, own)
        stale.update(self._index.put(n, own.keys, own.strange[0]))
        name = _voice(self.units[n])
        if name:
            voice = self._voices.get(name)
            if voice is None:
                voice = self._voices[name] = Voice(self.places)
            stale.update(voice.put(n, own, self._marks))

    def _take(self, n: int, stale: set[int]) -> None:
        keys = self._marks.keys(n)
        self._indexed.discard(n)
        stale.update(self._index.take(n, keys))
        name = _voice(self.units[n])
        if name:
            stale.update(self._voices[name].take(n, keys))
            if not self._voices[name].said:
                del self._voices[name]

    def _withdraw(self, n: int, stale: set[int], touched: set[int]) -> None:
        self._take(n, stale)
        self._part(n)
        for k in self.later.pop(n, ()):
            self.earlier[k] = tuple(e for e in self.earlier[k] if e[1] != n)
            stale.add(k)
            touched.add(k)

    def _part(self, n: int) -> None:
        for _, k in self.earlier.pop(n, ()):
            self.later[k].discard(n)

    def _compare(self, n: int, own: Traits, touched: set[int]) -> None:
        """Find anew the earlier units that one repeats."""
        likely = self._likely(n, own)
        before, found = self.earlier.get(n, ()), tuple(self._found(n, own, likely)) if likely else ()
        if found == before:
            return
        self._part(n)
        if found:
            self.earlier[n] = found
        for _, k in found:
            self.later.setdefault(k, set()).add(n)
        touched.add(n)
        touched.update(k for _, k in (*before, *found))

    def _found(self, n: int, own: Traits, likely: Iterable[int]) -> Iterator[tuple[float, int]]:
        """Those that one repeats of the earlier units that may share enough, with a likeness."""
        units, of, masses, mass = self.units, self.weights.of, self._marks.mass, own.mass
        u = units[n]
        shared = frozenset(u.spoken.stems).__contains__
        close: list[tuple[float, int]] = []
        for k in sorted(likely):
            both, other = sum(map(of, filter(shared, units[k].spoken.stems))), masses[k]
            if both >= OWN * (other if other < mass else mass):
                close.append((-both, k))
        if len(close) > TRIED:
            close.sort(key=lambda c: (c[0], self.places[c[1]]))
            del close[TRIED:]
        for _, k in close:
            self.tried += 1
            if score := said_again(self.units[k], u, self.weights):
                yield score, k

    def _likely(self, n: int, own: Traits) -> set[int]:
        """The earlier units that may share most of the lighter one's weight with one.

        Of its speaker's the last few, or the nearest with one of its stems;
        of all others the nearest with each stem.
        """
        index, marks = self._index, self._marks
        found = set(marks.whole(own, index.whole(n, own.keys, own.strange[0]), True))
        found.update(marks.parts(own, index.parts(n, own.keys), True))
        voice = self._voices.get(_voice(self.units[n]))
        if voice:
            near, parts = voice.before(n, own)
            said = marks.either(own, near) if near is parts else marks.whole(own, near, False)
            if near is not parts:
                said += marks.parts(own, parts, False)
            if said:
                found.update(marks.meeting(own, said))
        return found


def _voice(u: Unit) -> str:
    """Whoever may be the speaker of a unit has this too; "" for nobody."""
    return u.name.last if u.name else u.person


class Voice:
    """The sentences of one surname, in their order; with an index when they are many."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self.places = places
        self.said = array("I")
        self._index: Prefixes | None = None

    def before(self, n: int, own: Traits) -> tuple[Iterable[int], Iterable[int]]:
        """Those before a sentence that may hold most of it, and those of which it may hold most."""
        at = self._at(n)
        if at <= SCANNED or self._index is None:
            near = self.said[:at]
            return near, near
        return self._index.whole(n, own.keys, own.own[0]), self._index.parts(n, own.keys)

    def put(self, n: int, own: Traits, marks: Marks) -> Sequence[int]:
        """Put a sentence in; gives whom that touches."""
        at = self._at(n)
        self.said.insert(at, n)
        after = self.said[at + 1 : max(at, SCANNED) + 2]
        if self._index is not None:
            return [*after, *self._index.put(n, own.keys, own.own[0])]
        if len(self.said) > SCANNED:
            self._index = Prefixes(self.places, CROWD)
            for k in self.said:
                self._index.put(k, marks.keys(k), marks.few(k))
        return after

    def take(self, n: int, keys: Sequence[int]) -> Sequence[int]:
        """Take a sentence away; gives whom that touches."""
        at = self._at(n)
        del self.said[at]
        after = self.said[at : max(at, SCANNED) + 1]
        return after if self._index is None else [*after, *self._index.take(n, keys)]

    def _at(self, n: int) -> int:
        said, places = self.said, self.places
        if not said or places[said[-1]] < places[n]:
            return len(said)
        return bisect_left(said, places[n], key=places.__getitem__)
