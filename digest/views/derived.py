"""Sums that the program makes of figures, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from digest.across import Derived
from digest.model import Figure
from digest.site import Comparison, FigureItem
from digest.views.known import Known
from digest.views.page import Link
from digest.views.terms import figure_of


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a sum: the figure as written with its page, and its exact value in the sum's unit."""

    id: str
    figure: Link
    value: str
    turned: bool  # given in a part of the unit: cents


@dataclass(frozen=True, slots=True)
class DerivedCard:
    """A ratio or a difference with its arithmetic; `unlike` says, in the editor's words, why to take it with care."""

    id: str
    kind: str
    large: Term
    small: Term
    unit: str
    per: str
    result: str
    exact: bool
    approx: bool
    where: str
    unlike: str
    comparison: str  # the editor's own sum of the same figures: its address, "" for none


def derived_cards(found: Iterable[Derived], known: Known) -> tuple[DerivedCard, ...]:
    """The sums whose figures both have pages."""
    return tuple(_card(d, known) for d in found if all(i in known.figures for i in d.figures))


def derived_rows(known: Known) -> list[dict[str, Any]]:
    """The sums as data: one row each, figures by their ids, values and result as exact decimals."""
    base = known.site.settings.base_url
    return [
        {
            "id": c.id,
            "kind": c.kind,
            "larger": c.large.id,
            "smaller": c.small.id,
            "larger_value": c.large.value,
            "smaller_value": c.small.value,
            "unit": c.unit,
            "per": c.per or None,
            "result": c.result,
            "exact": c.exact,
            "approx": c.approx,
            "where": c.where,
            "unlike": c.unlike,
            "url": f"{base}{c.large.figure.href}#{c.id}",
        }
        for c in derived_cards(known.site.derived, known)
    ]


def _card(d: Derived, known: Known) -> DerivedCard:
    large, small = (known.figures[i] for i in d.figures)
    own = next((c for c in known.site.comparisons if _pair(c, known) == frozenset(d.figures)), None)
    unlike = d.unlike or (own.note if own and not own.like_for_like else "")
    return DerivedCard(
        d.id,
        d.kind,
        _term(large, d.values[0], d.unit),
        _term(small, d.values[1], d.unit),
        d.unit,
        d.per or "",
        d.result,
        d.exact,
        d.approx,
        d.where,
        unlike,
        f"f/compared/#{own.id}" if own else "",
    )


def _term(f: FigureItem, value: str, unit: str) -> Term:
    item = f.noted.item
    assert isinstance(item, Figure)
    return Term(f.id, Link(item.text, f"f/{f.id}/"), value, item.unit != unit)


def _pair(c: Comparison, known: Known) -> frozenset[str]:
    """The two figures that an editor's comparison divides or subtracts; empty for any other sum."""
    parts = c.sum.replace("/", "-").split("-")
    if len(parts) != 2 or {p.strip() for p in parts} != {f.name for f in c.figures}:
        return frozenset()
    return frozenset(item.id for f in c.figures if (item := figure_of(f, known)))
