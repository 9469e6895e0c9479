"""The wordings of one utterance side by side, and the occasions on which things were said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.across import Cell, CellState, Member, Statement, Tally, Utterance
from digest.site import QuoteItem
from digest.views.cards import once, quote_card
from digest.views.known import Known
from digest.views.page import Link, QuoteCard

FOLDED = 5  # texts with the very same words, each with a row of its own
NAMED = 12  # further ones that any page names; all are named on the page of the base


@dataclass(frozen=True, slots=True)
class CellView:
    """What a text has in one column; `was` is what the base has there instead."""

    words: str
    state: CellState
    was: str = ""


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """One text's wording; `base` is the one that the others are compared with."""

    label: str
    anchor: str
    base: bool
    here: bool  # it is the quote whose page this is
    order: bool  # joined by its place in the post, with few words in common
    cells: tuple[CellView, ...]
    same: tuple[Link, ...] = ()  # further texts with these very words, folded into this row
    more: int = 0  # and so many that the page of the base lists


@dataclass(frozen=True, slots=True)
class ReportedRow:
    label: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class VariantsView:
    """One sentence in all its wordings."""

    columns: int
    rows: tuple[WitnessRow, ...]
    reported: tuple[ReportedRow, ...]
    tally: Tally
    cert: str
    whole: str = ""  # the page of the base, where it is another than this


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was said at one time, with every text's version of it."""

    quotes: tuple[QuoteCard, ...]
    venues: tuple[str, ...]
    tally: Tally
    reported: tuple[ReportedRow, ...] = ()


def variants(quote: QuoteItem, known: Known) -> tuple[VariantsView, ...]:
    """The utterances that a quote is a witness of, in the order of its sentences."""
    return tuple(_variants(u, quote.id, known) for u in known.utterances_of.get(quote.id, ()))


def _variants(u: Utterance, here: str, known: Known) -> VariantsView:
    base = u.members[u.alignment.base].quote
    rows = [r for w in _wordings(u, known) for r in _rows(u, w, here, known)]
    reported = tuple(_reported(m, known) for m in u.members if m.via == "reported")
    whole = "" if base == here else f"q/{base}/"
    return VariantsView(len(u.alignment.columns), tuple(rows), reported, u.tally, u.cert, whole)


class _Wording(NamedTuple):
    """The members of an utterance that have the same words."""

    cells: tuple[CellView, ...]
    members: tuple[int, ...]
    place: Mapping[str, int]  # page of a quote -> member


@once
def _wordings(u: Utterance, _: Known) -> Sequence[_Wording]:
    """Each wording once, that of the base first; the page of every member asks."""
    alike: dict[tuple[Cell, ...], list[int]] = {}
    for m, row in u.alignment.rows():
        alike.setdefault(row, []).append(m)
    base = u.alignment.row(u.alignment.base)
    return [
        _Wording(
            tuple(_cell(c, b) for c, b in zip(row, base, strict=True)),
            tuple(ms),
            {u.members[m].quote: m for m in ms},
        )
        for row, ms in alike.items()
    ]


def _rows(u: Utterance, w: _Wording, here: str, known: Known) -> Iterator[WitnessRow]:
    """The rows of one wording: a few by themselves; of many the base's and the page's own, and the first names the rest.

    A story of an agency stands in hundreds of texts: each of their pages would list all the others.
    """
    base, own, more = u.alignment.base, w.members, 0
    rest: tuple[int, ...] = ()
    if len(own) > FOLDED:
        own = tuple(dict.fromkeys((w.members[0], w.place.get(here, w.members[0]))))
        most = None if u.members[base].quote == here else NAMED
        rest = tuple(m for m in w.members[: most and most + len(own)] if m not in own)[:most]
        more = len(w.members) - len(own) - len(rest)
    for m in own:
        member, first = u.members[m], m == own[0]
        yield WitnessRow(
            label(member, known),
            anchor(member),
            m == base,
            member.quote == here,
            member.via == "order",
            w.cells,
            tuple(Link(label(x, known), anchor(x)) for x in map(u.members.__getitem__, rest))
            if first
            else (),
            more if first else 0,
        )


def _cell(c: Cell, base: Cell) -> CellView:
    return CellView(c.words, c.state, base.words if c.state in ("changed", "missing") else "")


def _reported(m: Member, known: Known) -> ReportedRow:
    return ReportedRow(label(m, known), anchor(m), m.text)


def label(m: Member, known: Known) -> str:
    """The outlet's name where it is known, else the text's title."""
    a = known.articles[m.article]
    outlet = known.outlet(a.outlet.value) if a.outlet.value else None
    return outlet.name if outlet else a.title


def anchor(m: Member) -> str:
    return f"a/{m.article}/#{m.anchor}" if m.anchor else f"a/{m.article}/"


def occasions(items: Sequence[QuoteItem], known: Known) -> tuple[Occasion, ...]:
    """Quotes by occasion, in the order of their first; what is told of an occasion without marks beside it."""
    by_id = {q.id: q for q in items}
    done: set[str] = set()
    out: list[Occasion] = []
    for q in items:
        if q.id in done:
            continue
        statement = known.statement_of.get(q.id)
        ids = [i for i in statement.quotes if i in by_id] if statement else [q.id]
        ids = [i for i in dict.fromkeys([*ids, q.id]) if i not in done]
        done.update(ids)
        out.append(_occasion([by_id[i] for i in ids], statement, known))
    return tuple(out)


def _occasion(items: Sequence[QuoteItem], statement: Statement | None, known: Known) -> Occasion:
    cards = tuple(quote_card(q, known) for q in items)
    if statement is None:
        return Occasion(cards, (), Tally(1, 1, 1))
    reported = tuple(_reported(m, known) for m in statement.reported)
    return Occasion(cards, statement.venues, statement.tally, reported)


def told(known: Known, articles: Sequence[str], most: int) -> tuple[tuple[Link, QuoteCard, Tally], ...]:
    """For a story: the most witnessed utterances, one a speaker; else its longest attributed quotes.

    Words that a machine exchanged come after those that stand as they were said.
    """
    wanted = set(articles)
    by_id = {q.id: q for a in articles for q in known.quotes_in.get(a, ())}
    ranked = sorted(
        (u for u in known.site.utterances if u.person and {m.article for m in u.members} & wanted),
        key=lambda u: (-u.tally.texts, -u.tally.wordings, u.id),
    )
    out: list[tuple[Link, QuoteCard, Tally]] = []
    seen: set[str] = set()
    for u in ranked:
        first = _soundest(u, by_id)
        if u.person not in seen and first in by_id:
            seen.add(u.person)
            out.append((known.entity(u.person), quote_card(by_id[first], known), u.tally))
    rest = sorted(
        (q for q in by_id.values() if q.person and q.person not in seen),
        key=lambda q: (_fitness(q), q.id),
    )
    for q in rest:
        if q.person not in seen:
            seen.add(q.person)
            out.append((known.entity(q.person), quote_card(q, known), Tally(1, 1, 1)))
    return tuple(sorted(out, key=lambda x: not x[1].verbatim)[:most])


def _soundest(u: Utterance, by_id: Mapping[str, QuoteItem]) -> str:
    """The quote that shows an utterance best: the base of its alignment unless another is sounder."""
    ids = [u.members[u.alignment.base].quote, *(m.quote for m in u.members)]
    there = [i for i in ids if i in by_id]
    return next((i for i in there if _verbatim(by_id[i])), there[0] if there else "")


def _verbatim(q: QuoteItem) -> bool:
    return bool(getattr(q.noted.item, "verbatim", True))


def _fitness(q: QuoteItem) -> tuple[bool, bool, int]:
    """A whole quotation of about 120 characters, in the speaker's own words, reads best in a list."""
    item = q.noted.item
    length = abs(item.end - item.start - 120)
    return (not _verbatim(q), getattr(item, "kind", "") != "direct", length)
