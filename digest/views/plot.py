"""Figures of one unit on a logarithmic axis: positions only, the template draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from digest.views.page import FigureCard

EDGE = 3  # per cent of the width that the axis leaves free on either side
ROW, FOOT = 40, 30  # heights of a row with its label, and of the axis
LEAST = 2  # points that make a plot worth its place
MOST = 40  # rows of a plot; the table has them all
TICKS = 7


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on the axis: `x` to `x2` in per cent of the width, one but for a range.

    `y` is where its label stands. `arrow` says on which side it is open: ">", "<" or "".
    """

    text: str
    href: str
    label: str
    x: float
    x2: float
    y: int
    status: str
    arrow: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A power of ten; on a narrow screen every second one is left out (`minor`)."""

    x: float
    value: str  # exact decimal
    minor: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """One unit's drawing, `height` in pixels."""

    unit: str
    per: str
    height: int
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    left_out: int  # figures beyond the rows of a plot


def plots(cards: Sequence[FigureCard]) -> tuple[Plot, ...]:
    """A plot for each unit with at least two positive values, most values first."""
    groups: dict[tuple[str, str], list[FigureCard]] = {}
    for c in cards:
        if c.unit and _low(c) > 0:
            groups.setdefault((c.unit, c.per), []).append(c)
    made = [_plot(unit, per, found) for (unit, per), found in groups.items() if len(found) >= LEAST]
    return tuple(sorted(made, key=lambda p: (-len(p.points), p.unit, p.per))[:4])


def _low(c: FigureCard) -> Decimal:
    return Decimal(c.low or c.high or "0")


def _high(c: FigureCard) -> Decimal:
    return Decimal(c.high or c.low or "0")


def _log(value: Decimal) -> float:
    """log10 by digits: exact enough at any size, where float would overflow."""
    return math.log10(float(value.scaleb(-value.adjusted()))) + value.adjusted()


def _plot(unit: str, per: str, cards: Sequence[FigureCard]) -> Plot:
    rows = sorted(cards, key=lambda c: (_low(c), _high(c), c.id))[:MOST]
    ends = [_log(min(_low(c), _high(c))) for c in rows], [_log(max(_low(c), _high(c))) for c in rows]
    first = math.floor(min(ends[0]))
    last = max(first + 1, math.ceil(max(ends[1])))
    scale = (100 - 2 * EDGE) / (last - first)

    def at(power: float) -> float:
        return round(EDGE + (power - first) * scale, 2)

    marks = _marks(first, last)
    ticks = tuple(
        Tick(at(_log(v)), format(v, "f"), len(marks) > 4 and i % 2 == 1) for i, v in enumerate(marks)
    )
    points = tuple(_point(c, at(_log(_low(c))), at(_log(_high(c))), i) for i, c in enumerate(rows))
    return Plot(unit, per, ROW * len(rows) + FOOT, points, ticks, len(cards) - len(rows))


def _marks(first: int, last: int) -> list[Decimal]:
    """Powers of ten, at most seven; on a short axis 1, 2 and 5 of each."""
    step = -(-(last - first) // (TICKS - 1))
    if last - first > 2:
        return [Decimal(1).scaleb(e) for e in range(first, last + 1, step)]
    steps = [Decimal(d).scaleb(e) for e in range(first, last) for d in (1, 2, 5)]
    return [*steps, Decimal(1).scaleb(last)]


def _point(c: FigureCard, x: float, x2: float, i: int) -> Point:
    arrow = "" if c.low and c.high else ">" if c.low else "<"
    return Point(c.text, c.href, c.subject, x, x2, ROW * i + 14, c.status, arrow)
