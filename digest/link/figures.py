"""The same number across texts, and numbers that should be the same and are not.

Two figures are the same when unit and value agree (within rounding) and their
subjects share telling words. They should be the same when the subjects
agree nearly word for word and only the value does not; that is a guess, and
is shown as a question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from math import floor, log
from typing import NamedTuple

from digest.across import FigureGroup, Tally
from digest.link.lineages import together
from digest.link.units import ranks
from digest.link.words import Weights, tokens
from digest.model import Figure
from digest.site import Article, FigureItem

ROUNDING = 0.02  # "5.6" for 5.58 and 5.62; two significant digits are at most 5 per cent apart
ROUGH = 0.1  # when a text says "about"
SUBJECT = (0.5, 4.0)  # share of the lighter subject's telling words, and their weight in nats
SENTENCE = (0.4, 9.0)  # the same for sentences, where a figure has no subject
TWIN = (0.8, 8.0)  # subjects that are one thing beyond doubt
TELLING = 1.5
CROWD = 32  # figures that share a unit, a value and a word
STEP = log(1.1)


class Number(NamedTuple):
    """A figure as compared."""

    id: str
    article: str
    item: Figure
    low: float
    high: float
    subject: frozenset[str]
    sentence: frozenset[str]


def groups(
    articles: Sequence[Article], items: Sequence[FigureItem], weights: Weights, lineage_of: Mapping[str, str]
) -> tuple[FigureGroup, ...]:
    """Groups of two or more figures in two or more texts, by id."""
    rank = ranks(articles)
    numbers = sorted(_numbers(items, weights), key=lambda n: (rank[n.article], n.item.start, n.id))
    by_id = {n.id: n for n in numbers}
    place = {n.id: k for k, n in enumerate(numbers)}
    same = sorted(_pairs(numbers, weights, differ=False))
    differ = sorted(_pairs(numbers, weights, differ=True))
    out = []
    for pairs, differing in ((same, False), (differ, True)):
        for ids in together(pairs):
            held = [by_id[i] for i in sorted(ids, key=lambda i: place[i])]
            out.append(_group(held, differing, lineage_of))
    return tuple(sorted(out, key=lambda g: (g.id, g.differ)))


def _numbers(items: Sequence[FigureItem], weights: Weights) -> Iterator[Number]:
    for f in items:
        item = f.noted.item
        if not isinstance(item, Figure) or not item.unit or item.damaged:
            continue
        low, high = _value(item.low or item.high), _value(item.high or item.low)
        if low is None or high is None:
            continue
        own = {t.stem for t in tokens(item.text)}
        subject = {t.stem for t in tokens(item.subject or "") if weights.of(t.stem) > TELLING} - own
        sentence = {t.stem for t in tokens(f.noted.sentence[:2000]) if weights.of(t.stem) > TELLING} - own
        yield Number(f.id, f.article, item, low, high, frozenset(subject), frozenset(sentence))


def _value(text: str | None) -> float | None:
    try:
        return float(Decimal(text)) if text is not None else None
    except (InvalidOperation, OverflowError):
        return None


def _pairs(numbers: Sequence[Number], weights: Weights, differ: bool) -> Iterator[tuple[str, str]]:
    """Pairs of two texts' figures that are the same, or that should be; found by unit and a telling word."""
    at: dict[tuple[object, ...], list[Number]] = {}
    for n in numbers:
        words = n.subject or n.sentence
        rarest = sorted(words, key=lambda s: (-weights.of(s), s))[:4]
        buckets: tuple[int, ...] = (0,) if differ else _buckets(n)
        seen: set[str] = set()
        for stem in rarest:
            for bucket in buckets:
                for other in at.get((_kind(n), bucket, stem), ())[-CROWD:]:
                    if other.article != n.article and other.id not in seen:
                        seen.add(other.id)
                        if _twins(other, n, weights) if differ else _same(other, n, weights):
                            yield other.id, n.id
            key = (_kind(n), buckets[len(buckets) // 2], stem)
            at.setdefault(key, []).append(n)


def _kind(n: Number) -> tuple[object, ...]:
    i = n.item
    return (i.unit, i.per, i.change in ("up", ">"), i.change in ("down", "<"))


def _buckets(n: Number) -> tuple[int, int, int]:
    """Steps of ten per cent: the value's own, and its neighbours."""
    own = 0 if not n.low else floor(log(abs(n.low)) / STEP) + (1000 if n.low > 0 else -1000)
    return (own - 1, own, own + 1)


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


def _alike(a: frozenset[str], b: frozenset[str], bar: tuple[float, float], weights: Weights) -> bool:
    common = sum(weights.of(s) for s in sorted(a & b))
    lighter = min(sum(weights.of(s) for s in sorted(x)) for x in (a, b))
    return common >= bar[1] and common >= bar[0] * lighter


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
