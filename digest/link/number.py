"""When two figures are one, or should be: value within rounding, unit, what they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import floor, log
from typing import NamedTuple

from digest.across import Numeral
from digest.link.units import Text
from digest.link.words import Weights, tokens
from digest.model import Figure
from digest.rules import Rules, rules_for

ROUNDING = 0.02  # "5.6" for 5.58 and 5.62; two significant digits are at most 5 per cent apart
ROUGH = 0.1  # when a text says "about", and "under" or "over" a round number
ROUND = 2  # significant digits of a number that says hardly more than its size
SUBJECT = (0.5, 4.0)  # share of the lighter subject's telling words, and their weight in nats
SENTENCE = (0.4, 9.0)  # the same for sentences, where a figure has no subject
TWIN = (0.8, 8.0)  # subjects that are one thing beyond doubt
TOLL = (0.6, 8.0)  # sentences on the dead of one event: a place and one more word
COPY = (0.5, 16.0)  # sentences that are one in two copies: about three rare words
TELLING = 1.5
STEP = log(1.1)
CENTS = 0.01
FACTS = frozenset(("fact", "claim", None))  # a fact that somebody claims is a fact to compare

Place = tuple[bool, float, str, int, str]
Kind = tuple[object, ...]


class Number(NamedTuple):
    """A figure as compared. `place` is that of its text, where it stands there, and its id.

    `unit` is the base of its own: cars of electric cars, dollars of cents.
    `sentence` holds the stems round it, `exact` the words.
    """

    place: Place
    item: Figure
    low: float
    high: float
    subject: tuple[str, ...]  # sorted, each stem once
    sentence: tuple[str, ...]
    unit: str = ""
    exact: str = ""

    @property
    def id(self) -> str:
        """The id of its page."""
        return self.place[4]

    @property
    def article(self) -> str:
        """The id of its text."""
        return self.place[2]

    @property
    def kind(self) -> Kind:
        """What two figures must share to be compared at all."""
        return (self.unit, self.item.per, self.item.change == "up", self.item.change == "down")

    @property
    def size(self) -> int:
        """The value in steps of ten per cent."""
        return 0 if not self.low else floor(log(abs(self.low)) / STEP) + (1000 if self.low > 0 else -1000)


def numbers(text: Text, weights: Weights) -> Iterator[Number]:
    """The figures of a text that have a value."""
    money = _money(text.facts.numbers)
    for f in text.facts.numbers:
        item = f.item
        low, high = _value(item.low or item.high), _value(item.high or item.low)
        if low is None or high is None:
            continue
        unit = item.unit or ""
        if unit == "cent":
            unit, low, high = money, low * CENTS, high * CENTS
        own = _words(item.text)
        subject, sentence = (
            tuple(sorted({s for s in stems if weights.of(s) > TELLING and s not in own}))
            for stems in (f.subject, f.words)
        )
        where = (*text.place, item.start, f.id)
        yield Number(where, item, low, high, subject, sentence, _base(unit), f.sentence)


def _money(own: Sequence[Numeral]) -> str:
    """The currency that a text has its cents in: the commonest of its figures, else dollars."""
    codes = Counter(
        n.item.unit for n in own if n.item.unit and len(n.item.unit) == 3 and n.item.unit.isupper()
    )
    return max(codes, key=lambda c: (codes[c], c)) if codes else "USD"


@lru_cache(maxsize=5000)
def _base(unit: str) -> str:
    """What a unit of words counts, without what describes it: electric car, car."""
    head = unit.rpartition(" ")[2]
    return rules_for().once(_same_units).get(head, head)


def _same_units(rules: Rules) -> Mapping[str, str]:
    lines = [line.split() for line in rules.words("link-contrast", "same-unit")]
    return {w: line[0] for line in lines for w in line[1:]}


@lru_cache(maxsize=1000)
def _words(text: str) -> frozenset[str]:
    """The stems in a figure: texts of one story have the same figures, and come one after the other."""
    return frozenset(t.stem for t in tokens(text))


def _value(text: str | None) -> float | None:
    try:
        return float(Decimal(text)) if text is not None else None
    except (InvalidOperation, OverflowError):
        return None


def near(a: Number, b: Number) -> bool:
    """Whether two values are one within rounding; a range holds what lies in it."""
    one, two = _reach(a), _reach(b)
    slack = ROUGH if a.item.approx or b.item.approx else ROUNDING
    reach = slack * max(abs(a.low), abs(b.low))
    return one[0] - reach <= two[1] and two[0] - reach <= one[1]


def _reach(n: Number) -> tuple[float, float]:
    """From where to where a value may lie: "just under six" begins somewhat before six."""
    if n.item.change not in ("<", ">") or _digits(n.low) > ROUND:
        return n.low, n.high
    more = ROUGH * abs(n.low)
    return (n.low - more, n.high) if n.item.change == "<" else (n.low, n.high + more)


def _digits(value: float) -> int:
    """How many significant digits a value has; those of a whole number without its last zeros."""
    return len(f"{value:.6g}".partition("e")[0].replace(".", "").replace("-", "").strip("0"))


def _one_unit(a: Number, b: Number) -> bool:
    """Whether two units are one, or one says more of it: electric cars, cars; no electric and petrol cars."""
    one, two = a.item.unit or "", b.item.unit or ""
    short, long = sorted((one, two), key=len)
    return a.unit == b.unit and (one == two or " " not in short or long.endswith(" " + short))


def same(a: Number, b: Number, weights: Weights) -> bool:
    """Whether two figures are one: value, unit, and what they count."""
    if not near(a, b) or not _one_unit(a, b):
        return False
    if a.subject and b.subject:
        return _alike(a.subject, b.subject, SUBJECT, weights)
    return _alike(a.sentence, b.sentence, SENTENCE, weights)


def twins(a: Number, b: Number, weights: Weights) -> bool:
    """Whether two figures of different values are on one thing, at one time, of one status."""
    if near(a, b) or not _one_unit(a, b) or not _one_time(a.item, b.item):
        return False
    if a.subject and b.subject:
        return _alike(a.subject, b.subject, TWIN, weights)
    toll = _toll(a)
    return toll is not None and toll == _toll(b) and _alike(a.sentence, b.sentence, TOLL, weights)


def one_place(a: Number, b: Number, weights: Weights) -> bool:
    """Whether two figures of different values, of copies of one original, stand in one sentence of it."""
    if near(a, b) or not _one_unit(a, b) or not _one_time(a.item, b.item):
        return False
    return _alike(a.sentence, b.sentence, COPY, weights)


def _one_time(a: Figure, b: Figure) -> bool:
    """Whether two figures may be of one time and status; a weekday or "last year" beside nothing may."""
    if a.when != b.when and ((a.when and b.when) or any(c.isdigit() for c in f"{a.when}{b.when}")):
        return False
    return a.status == b.status or {a.status, b.status} <= FACTS


def _toll(n: Number) -> int | None:
    """What became of those that a figure counts: the class of the word nearest to it, None if none tells."""
    classes = rules_for().once(_tolls)
    at = n.exact.find(n.item.text)
    found = [
        (min(abs(t.start - at - len(n.item.text)), abs(at - t.end)), t.start, classes[t.stem])
        for t in tokens(n.exact[: 2 * FAR])
        if t.stem in classes
    ]
    return min(found)[2] if at >= 0 and found else None


FAR = 1000  # characters of a sentence that are looked at


def _tolls(rules: Rules) -> Mapping[str, int]:
    lines = enumerate(rules.words("link-contrast", "toll"))
    return {t.stem: k for k, line in lines for t in tokens(line)}


def _alike(a: Sequence[str], b: Sequence[str], bar: tuple[float, float], weights: Weights) -> bool:
    common = weights.sum(filter(frozenset(b).__contains__, a))
    return common >= bar[1] and common >= bar[0] * min(weights.sum(a), weights.sum(b))
