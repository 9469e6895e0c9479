"""Figures of one unit on a logarithmic axis: positions only, the template draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from digest.views.page import FigureCard

WIDTH, LEFT, RIGHT, ROW = 960, 8, 8, 26
LEAST = 3  # points that make a plot worth its place


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on the axis: `x` and `x2` in units of the drawing; `x2` is `x` but for a range."""

    text: str
    href: str
    label: str
    x: float
    x2: float
    y: int
    status: str
    change: str
    label_x: float
    end: bool  # the label stands left of the point


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    value: str  # exact decimal


@dataclass(frozen=True, slots=True)
class Plot:
    """One unit's drawing."""

    unit: str
    per: str
    width: int
    height: int
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]


def plots(cards: Sequence[FigureCard]) -> tuple[Plot, ...]:
    """A plot for each unit with at least three positive values, most values first."""
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
    rows = sorted(cards, key=lambda c: (_low(c), _high(c), c.id))[:40]
    first = math.floor(min(_log(_low(c)) for c in rows))
    last = max(first + 1, math.ceil(max(_log(_high(c)) for c in rows)))
    scale = (WIDTH - LEFT - RIGHT) / (last - first)

    def at(value: Decimal) -> float:
        return round(LEFT + (_log(value) - first) * scale, 1)

    step = max(1, -(-(last - first) // 6))
    ticks = tuple(
        Tick(round(LEFT + (e - first) * scale, 1), format(Decimal(1).scaleb(e), "f"))
        for e in range(first, last + 1, step)
    )
    points = tuple(_point(c, at(_low(c)), at(_high(c)), i) for i, c in enumerate(rows))
    return Plot(unit, per, WIDTH, ROW * len(rows) + 30, points, ticks)


def _point(c: FigureCard, x: float, x2: float, i: int) -> Point:
    end = x2 > WIDTH * 0.55
    label_x = round(x - 10, 1) if end else round(x2 + 10, 1)
    return Point(c.text, c.href, c.subject, x, x2, ROW * i + 16, c.status, c.change, label_x, end)
