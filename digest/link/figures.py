"""The same number across texts, and numbers that should be the same and are not.

Two figures are the same when unit and value agree (within rounding) and their
subjects share telling words. They should be the same when the subjects
agree nearly word for word and only the value does not; that is a guess, and
is shown as a question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import floor, log
from typing import NamedTuple

from digest.across import FigureGroup, Tally
from digest.link.lineages import together
from digest.link.units import Text
from digest.link.windows import Windows
from digest.link.words import Weights, tokens
from digest.model import Figure

ROUNDING = 0.02  # "5.6" for 5.58 and 5.62; two significant digits are at most 5 per cent apart
ROUGH = 0.1  # when a text says "about"
SUBJECT = (0.5, 4.0)  # share of the lighter subject's telling words, and their weight in nats
SENTENCE = (0.4, 9.0)  # the same for sentences, where a figure has no subject
TWIN = (0.8, 8.0)  # subjects that are one thing beyond doubt
TELLING = 1.5
CROWD = 32  # figures that share a unit, a value and a word
LOOKED_UP = 4  # the rarest words of a subject
STEP = log(1.1)

Place = tuple[bool, float, str, int, str]
Change = Callable[[Windows, Hashable, int], Sequence[int]]


class Number(NamedTuple):
    """A figure as compared. `place` is that of its text, where it stands there, and its id."""

    place: Place
    item: Figure
    low: float
    high: float
    subject: tuple[str, ...]  # sorted, each stem once
    sentence: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of its page."""
        return self.place[4]

    @property
    def article(self) -> str:
        """The id of its text."""
        return self.place[2]


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
            for number in sorted(_numbers(text, self.weights), key=lambda x: x.place):
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
        numbers, out = self._numbers, []
        for differ, pairs in self._pairs.items():
            by_id = {numbers[n].id: numbers[n] for x in pairs.items() for n in (x[0], *x[1])}
            for ids in together((numbers[k].id, numbers[n].id) for n, near in pairs.items() for k in near):
                held = sorted((by_id[i] for i in ids), key=lambda n: n.place)
                out.append(_group(held, differ, lineage_of))
        return tuple(sorted(out, key=lambda g: (g.id, g.differ)))

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
        kind, size = _kind(self._numbers[n].item), _size(self._numbers[n])
        for stem in self._stems[n]:
            stale[True].update(change(self._twin, (kind, stem), n))
            for bucket in (size - 1, size, size + 1):
                stale[False].update(change(self._same, (kind, bucket, stem), n))

    def _found(self, n: int, differ: bool) -> Iterator[int]:
        """The earlier figures of other texts that are the same, or should be."""
        own, seen = self._numbers[n], {n}
        kind, size = _kind(own.item), _size(own)
        for stem in self._stems[n]:
            key = (kind, stem) if differ else (kind, size, stem)
            for k in (self._twin if differ else self._same).before(key, n):
                other = self._numbers[k]
                if k not in seen and other.article != own.article:
                    seen.add(k)
                    self.tried += 1
                    if (_twins if differ else _same)(other, own, self.weights):
                        yield k


def _numbers(text: Text, weights: Weights) -> Iterator[Number]:
    for f in text.facts.numbers:
        item = f.item
        low, high = _value(item.low or item.high), _value(item.high or item.low)
        if low is None or high is None:
            continue
        own = _words(item.text)
        subject, sentence = (
            tuple(sorted({s for s in stems if weights.of(s) > TELLING and s not in own}))
            for stems in (f.subject, f.words)
        )
        yield Number((*text.place, item.start, f.id), item, low, high, subject, sentence)


@lru_cache(maxsize=1000)
def _words(text: str) -> frozenset[str]:
    """The stems in a figure: texts of one story have the same figures, and come one after the other."""
    return frozenset(t.stem for t in tokens(text))


def numbers_hold(text: Text, stems: frozenset[str]) -> bool:
    """Whether one of the stems stands with a figure of a text."""
    return any(not (stems.isdisjoint(n.words) and stems.isdisjoint(n.subject)) for n in text.facts.numbers)


def _value(text: str | None) -> float | None:
    try:
        return float(Decimal(text)) if text is not None else None
    except (InvalidOperation, OverflowError):
        return None


def _kind(item: Figure) -> tuple[object, ...]:
    return (item.unit, item.per, item.change in ("up", ">"), item.change in ("down", "<"))


def _size(n: Number) -> int:
    """The value in steps of ten per cent."""
    return 0 if not n.low else floor(log(abs(n.low)) / STEP) + (1000 if n.low > 0 else -1000)


def near(a: Number, b: Number) -> bool:
    """Whether two values are one within rounding; a range holds what lies in it."""
    slack = ROUGH if a.item.approx or b.item.approx else ROUNDING
    reach = slack * max(abs(a.low), abs(b.low))
    return a.low - reach <= b.high and b.low - reach <= a.high


def _same(a: Number, b: Number, weights: Weights) -> bool:
    if not near(a, b):
        return False
    if a.subject and b.subject:
        return _alike(a.subject, b.subject, SUBJECT, weights)
    return _alike(a.sentence, b.sentence, SENTENCE, weights)


def _twins(a: Number, b: Number, weights: Weights) -> bool:
    """Whether two figures of different values are on one thing, at one time, of one status."""
    if near(a, b) or a.item.when != b.item.when or a.item.status != b.item.status:
        return False
    return bool(a.subject and b.subject) and _alike(a.subject, b.subject, TWIN, weights)


def _alike(a: Sequence[str], b: Sequence[str], bar: tuple[float, float], weights: Weights) -> bool:
    common = weights.sum(filter(frozenset(b).__contains__, a))
    return common >= bar[1] and common >= bar[0] * min(weights.sum(a), weights.sum(b))


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
