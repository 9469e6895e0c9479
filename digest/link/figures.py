"""The same number across texts, and numbers that should be the same and are not.

Two figures are the same when unit and value agree (within rounding) and their
subjects share telling words. They should be the same when the subjects
agree nearly word for word and only the value does not; that is a guess, and
is shown as a question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from digest.across import FigureGroup, Tally
from digest.link.lineages import together
from digest.link.number import Number, Place, near, numbers, one_place, same, twins
from digest.link.units import Text
from digest.link.windows import Windows
from digest.link.words import Weights

__all__ = ["Figures", "Number", "near", "numbers_hold"]

CROWD = 32  # figures that share a unit, a value and a word
LOOKED_UP = 4  # the rarest words of a subject
COPIED = 40  # figures of one original that are held against each other

Change = Callable[[Windows, Hashable, int], Sequence[int]]


class Figures:
    """The figures of all texts, and for each the earlier ones that are the same, or that should be.

    They are found by unit and a telling word, those that are the same by
    their size too. Texts come and go; `tried` counts the pairs that were compared.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.tried = 0
        self._last = 0
        self._of: dict[str, list[int]] = {}
        self._numbers: dict[int, Number] = {}
        self._places: dict[int, Place] = {}
        self._stems: dict[int, tuple[str, ...]] = {}
        self._same, self._twin = Windows(self._places, CROWD), Windows(self._places, CROWD)
        self._pairs: dict[bool, dict[int, tuple[int, ...]]] = {False: {}, True: {}}  # differ: number: others

    def update(self, gone: Iterable[Text], come: Iterable[Text]) -> None:
        """Take texts out and in."""
        stale: tuple[set[int], set[int]] = (set(), set())
        for text in gone:
            for n in self._of.pop(text.id, ()):
                self._leave(n, stale)
        for text in come:
            for number in sorted(numbers(text, self.weights), key=lambda x: x.place):
                self._enter(number, stale)
        for differ in (False, True):
            for n in sorted(stale[differ] & self._numbers.keys(), key=self._places.__getitem__):
                found = tuple(self._found(n, differ))
                if found:
                    self._pairs[differ][n] = found
                else:
                    self._pairs[differ].pop(n, None)
        self._same.rewind()
        self._twin.rewind()

    def groups(self, lineage_of: Mapping[str, str]) -> tuple[FigureGroup, ...]:
        """Groups of two or more figures in two or more texts, by id."""
        held, out = self._numbers, []
        for differ, pairs in self._joined(lineage_of).items():
            by_id = {held[n].id: held[n] for pair in pairs for n in pair}
            for ids in together((held[k].id, held[n].id) for k, n in pairs):
                own = sorted((by_id[i] for i in ids), key=lambda n: n.place)
                out.append(_group(own, differ, lineage_of))
        return tuple(sorted(out, key=lambda g: (g.id, g.differ)))

    def _joined(self, lineage_of: Mapping[str, str]) -> dict[bool, list[tuple[int, int]]]:
        """The pairs that are the same, and those that should be; no pair of which a text has both values."""
        copied = list(self._copied(lineage_of))
        alike = [(k, n) for n, held in self._pairs[False].items() for k in held]
        alike += (pair for own in copied for pair in self._alone(own, near))
        beside = {(x, self._numbers[y].article) for pair in alike for x, y in (pair, pair[::-1])}
        differ = [(k, n) for n, held in self._pairs[True].items() for k in held]
        differ += (pair for own in copied for pair in self._alone(own, self._one_place))
        differ = [
            (k, n)
            for k, n in differ
            if (k, self._numbers[n].article) not in beside and (n, self._numbers[k].article) not in beside
        ]
        return {False: alike, True: differ}

    def _one_place(self, a: Number, b: Number) -> bool:
        return one_place(a, b, self.weights)

    def _copied(self, lineage_of: Mapping[str, str]) -> Iterator[Sequence[int]]:
        """The figures of one kind in copies of one original, of some texts only if these are many."""
        copies: dict[str, list[str]] = {}
        for a, lineage in sorted(lineage_of.items()):
            copies.setdefault(lineage, []).append(a)
        for texts in (t for t in copies.values() if len(t) > 1):
            kinds: dict[Hashable, list[int]] = {}
            for n in (n for a in texts for n in self._of.get(a, ())):
                kinds.setdefault(self._numbers[n].kind, []).append(n)
            yield from (own[:COPIED] for own in kinds.values())

    def _alone(
        self, own: Sequence[int], match: Callable[[Number, Number], bool]
    ) -> Iterator[tuple[int, int]]:
        """Pairs of two texts that match, and match no other figure of either: however they are put, they are one."""
        beside: dict[int, list[int]] = {n: [] for n in own}
        for k, n in combinations(own, 2):
            if match(self._numbers[k], self._numbers[n]):
                beside[k].append(n)
                beside[n].append(k)
        for k, held in beside.items():
            for n in held:
                texts = self._numbers[k].article, self._numbers[n].article
                single = all(
                    [self._numbers[x].article for x in (y, *beside[y])].count(t) == 1
                    for y in (k, n)
                    for t in texts
                )
                if k < n and texts[0] != texts[1] and single:
                    yield k, n

    def _enter(self, number: Number, stale: tuple[set[int], set[int]]) -> None:
        n = self._last = self._last + 1
        self._numbers[n], self._places[n] = number, number.place
        self._of.setdefault(number.article, []).append(n)
        stems = sorted(number.subject or number.sentence, key=self.weights.rank)
        self._stems[n] = tuple(stems[:LOOKED_UP])
        self._index(n, stale, Windows.insert)
        for held in stale:
            held.add(n)

    def _leave(self, n: int, stale: tuple[set[int], set[int]]) -> None:
        self._index(n, stale, Windows.remove)
        for pairs in self._pairs.values():
            pairs.pop(n, None)
        del self._stems[n], self._numbers[n], self._places[n]

    def _index(self, n: int, stale: tuple[set[int], set[int]], change: Change) -> None:
        """Put a figure where those of its size, or nearly, look for others; or take it away."""
        kind, size = self._numbers[n].kind, self._numbers[n].size
        for stem in self._stems[n]:
            stale[True].update(change(self._twin, (kind, stem), n))
            for bucket in (size - 1, size, size + 1):
                stale[False].update(change(self._same, (kind, bucket, stem), n))

    def _found(self, n: int, differ: bool) -> Iterator[int]:
        """The earlier figures of other texts that are the same, or should be."""
        own, seen = self._numbers[n], {n}
        kind, size = own.kind, own.size
        for stem in self._stems[n]:
            key = (kind, stem) if differ else (kind, size, stem)
            for k in (self._twin if differ else self._same).before(key, n):
                other = self._numbers[k]
                if k not in seen and other.article != own.article:
                    seen.add(k)
                    self.tried += 1
                    if (twins if differ else same)(other, own, self.weights):
                        yield k


def numbers_hold(text: Text, stems: frozenset[str]) -> bool:
    """Whether one of the stems stands with a figure of a text."""
    return any(not (stems.isdisjoint(n.words) and stems.isdisjoint(n.subject)) for n in text.facts.numbers)


def _group(held: Sequence[Number], differ: bool, lineage_of: Mapping[str, str]) -> FigureGroup:
    texts = Counter(n.item.text for n in held)
    value = max(texts, key=lambda t: (texts[t], -[n.item.text for n in held].index(t)))
    articles = {n.article for n in held}
    subject = max((n.item.subject or "" for n in held), key=len)
    unit = held[0].item.unit or ""
    reason = (
        "the same subject in nearly the same words, and another value"
        if differ
        else "the same unit and value within rounding, and a like subject"
    )
    tally = Tally(len(texts), len(articles), len({lineage_of.get(a, a) for a in articles}))
    return FigureGroup(held[0].id, tuple(n.id for n in held), value, unit, subject, differ, reason, tally)
