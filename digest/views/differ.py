"""Which conflicts are about one quote, figure or name, not merely about a text that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.model import Figure, Quote
from digest.site import Conflict, Entity, FigureItem, QuoteItem, Reading
from digest.views.known import Known, address_of
from digest.views.page import Link


def over_item(item: QuoteItem | FigureItem, known: Known) -> tuple[Link, ...]:
    """Conflicts one of whose readings meets the words of a quote or figure."""
    held = item.noted.item
    near = {c.id for s, e, c in known.places_of.get(item.article, ()) if s < held.end and held.start < e}
    if held.part != "body":
        near.clear()
    return _links(
        c
        for c in known.conflicts_of.get(item.article, ())
        if c.id in near or c.about == item.id or any(_cites(r, item, held) for r in c.readings)
    )


def _cites(r: Reading, item: QuoteItem | FigureItem, held: Quote | Figure) -> bool:
    """Whether a reading is of this quote, or its words stand within the item's or hold them."""
    if r.quote or r.article != item.article:
        return r.quote == item.id
    return r.start < 0 and bool(r.words) and (r.words in held.text or held.text in r.words)


def over_entity(e: Entity, articles: Iterable[str], known: Known) -> tuple[Link, ...]:
    """Conflicts that name somebody or something, or one of whose readings is a quote of theirs."""
    named = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(n) for n in (e.name, *e.aliases))})(?!\w)")
    said = {q.id for q in known.quotes_by.get(e.id, ())}
    every = dict.fromkeys(c for a in articles for c in known.conflicts_of.get(a, ()))
    return _links(c for c in every if c.about == e.id or _names(c, e, named, said))


def _names(c: Conflict, e: Entity, named: re.Pattern[str], said: set[str]) -> bool:
    words = (c.question, *(r.words for r in c.readings))
    return (
        f"(/{address_of(e)})" in c.note
        or any(r.quote in said for r in c.readings if r.quote)
        or any(named.search(w) for w in words)
    )


def _links(conflicts: Iterable[Conflict]) -> tuple[Link, ...]:
    return tuple(Link(c.question, f"c/{c.id}/") for c in conflicts)
