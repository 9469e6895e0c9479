"""What two figures make of each other: ratios and differences worked out by the program.

Only where a text sets the two side by side: in one sentence or in two that
follow each other in a paragraph, with a word of comparison between ("compared
with", "by contrast"), and no third figure of their kind; or where two texts
give one thing in different sizes. Both must be plain points of one unit and
one base, not alike, neither a change nor a bound. Cents count as parts of the one
currency that their text names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal, InvalidOperation
from itertools import pairwise
from typing import NamedTuple

from digest.across import Derived, FigureGroup
from digest.ids import short
from digest.model import Figure
from digest.rules import Rules, one_of, rules_for
from digest.sentences import sentences
from digest.site import Article, FigureItem

REACH = 400  # characters from one figure to the other: two long sentences
ALONE = 200  # characters to a third figure of their kind
RATIO = Decimal("1.5")  # from here on a ratio says more than a difference
EXACT = Context(prec=60, traps=[InvalidOperation])
DIGITS = 6  # a result with more is rounded
ROUNDED = Context(prec=3, traps=[InvalidOperation])
# shares, spans of time, degrees and the like: their quotient says nothing
NEVER = frozenset(
    "% [pptr] [ppth] [ppm] [ppb] a mo wk d h min s Cel [degF] K deg times point century decade".split()
)


class Point(NamedTuple):
    """A figure as compared; `value` in whole `unit`s of the currency where it was given in cents."""

    id: str
    article: str
    item: Figure
    value: Decimal
    unit: str

    @property
    def kind(self) -> tuple[str, str]:
        return self.unit, self.item.per or ""


class Lexicon(NamedTuple):
    """Words that set two figures side by side; for a minor unit its currencies and how many make one."""

    comparison: re.Pattern[str]
    minors: Mapping[str, tuple[int, frozenset[str]]]


def derived(
    articles: Sequence[Article], items: Sequence[FigureItem], groups: Sequence[FigureGroup]
) -> tuple[Derived, ...]:
    """Derived facts of all texts, in the order of the articles and of each text, then those across texts."""
    lexicon = rules_for().once(_lexicon)
    held: dict[str, list[FigureItem]] = {}
    for f in items:
        held.setdefault(f.article, []).append(f)
    points = {a.id: _points(held.get(a.id, ()), lexicon) for a in articles}
    out = [d for a in articles for d in _beside(a, points[a.id], lexicon)]
    by_id = {p.id: p for found in points.values() for p in found}
    out += [d for g in groups if g.differ for d in _across(g, by_id)]
    return tuple({d.id: d for d in reversed(out)}.values())[::-1]


def _lexicon(rules: Rules) -> Lexicon:
    minors = {}
    for row in rules.words("numbers", "minors"):
        name, _, rest = row.partition(" = ")
        many, *currencies = rest.split()
        minors[name] = (int(many), frozenset(currencies))
    words = one_of(rules.words("numbers", "comparison"))
    return Lexicon(re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)"), minors)


def _points(items: Iterable[FigureItem], lexicon: Lexicon) -> list[Point]:
    """The figures that can be compared, in the order of the text."""
    figures = [(f, f.noted.item) for f in items]
    units = {i.unit for _, i in figures if isinstance(i, Figure) and i.unit}
    out = []
    for f, i in figures:
        if not isinstance(i, Figure) or i.part != "body" or not i.unit or not _plain(i):
            continue
        value, unit = Decimal(i.low or "0"), i.unit
        if minor := lexicon.minors.get(unit):
            main = sorted(units & minor[1])
            if len(main) == 1:
                value, unit = EXACT.divide(value, Decimal(minor[0])), main[0]
        if unit not in NEVER and value > 0:
            out.append(Point(f.id, f.article, i, value, unit))
    return sorted(out, key=lambda p: p.item.start)


def _plain(i: Figure) -> bool:
    """Whether a figure is one level: no range, bound or change, and not a guess at lost words."""
    return (
        i.low is not None and i.low == i.high and not i.bound and i.change in ("=", "~") and i.cert != "low"
    )


def _beside(a: Article, points: Sequence[Point], lexicon: Lexicon) -> Iterator[Derived]:
    """Pairs that the text itself sets side by side."""
    text = a.shown.text
    for one, two in _neighbours(points):
        between = text[one.item.end : two.item.start]
        if "\n" in between or not lexicon.comparison.search(between.lower()):
            continue
        count = len(sentences(text, one.item.start, two.item.end))
        if count <= 2 and one.value != two.value:
            yield _made(one, two, "sentence" if count == 1 else "paragraph")


def _neighbours(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Pairs of one unit and base with no third near: among more, who is set beside whom is unsure."""
    kinds: dict[tuple[str, str], list[Point]] = {}
    for p in points:
        kinds.setdefault(p.kind, []).append(p)
    for found in kinds.values():
        gaps = [REACH, *(b.item.start - a.item.end for a, b in pairwise(found)), REACH]
        for i, (one, two) in enumerate(pairwise(found)):
            if gaps[i + 1] <= REACH and min(gaps[i], gaps[i + 2]) >= ALONE:
                yield one, two


def _across(group: FigureGroup, by_id: Mapping[str, Point]) -> Iterator[Derived]:
    """The smallest and the largest of what should be one figure in several texts."""
    held = sorted((by_id[i] for i in group.figures if i in by_id), key=lambda p: (p.value, p.id))
    if len(held) > 1 and held[0].kind == held[-1].kind and held[0].article != held[-1].article:
        yield _made(held[0], held[-1], "texts")


def _made(one: Point, two: Point, where: str) -> Derived:
    small, large = sorted((one, two), key=lambda p: (p.value, p.id))
    ratio = EXACT.divide(large.value, small.value)
    kind = "ratio" if ratio >= RATIO else "difference"
    result = ratio if kind == "ratio" else EXACT.subtract(large.value, small.value)
    shown = result.normalize(EXACT)
    exact = len(shown.as_tuple().digits) <= DIGITS
    if not exact:
        shown = ROUNDED.plus(result)
    unlike = large.item.unlike or small.item.unlike
    return Derived(
        id=short("derived", large.id, small.id),
        kind=kind,  # type: ignore[arg-type]
        figures=(large.id, small.id),
        values=(_text(large.value), _text(small.value)),
        unit=large.unit,
        per=large.item.per,
        result=_text(shown),
        exact=exact,
        approx=large.item.approx or small.item.approx,
        where=where,  # type: ignore[arg-type]
        unlike=unlike,
    )


def _text(value: Decimal) -> str:
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
