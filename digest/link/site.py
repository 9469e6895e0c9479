"""Articles and the editor's records -> Site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from digest.ids import short, slug
from digest.link.collation import Collation, Found
from digest.link.conflicts import proposed
from digest.link.derived import derived
from digest.link.entities import Registry, appearances
from digest.link.facts import facts_of
from digest.link.kin import timeline
from digest.link.register import register_changes
from digest.link.units import Text, place, ranks
from digest.model import Figure, Quote
from digest.site import (
    Article,
    Comparison,
    Conflict,
    ContentPage,
    Correction,
    Entity,
    FigureItem,
    Lineage,
    Outlet,
    QuoteItem,
    Reading,
    Register,
    Settings,
    Site,
    Story,
    Term,
)

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Records:
    """What the editor wrote beside the articles."""

    entities: tuple[Entity, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    stories: tuple[Story, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    lineages: tuple[Lineage, ...] = ()
    corrections: tuple[Correction, ...] = ()
    pages: tuple[ContentPage, ...] = ()
    register: Register = Register()
    glossary: tuple[Term, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


def linked(settings: Settings, articles: Iterable[Article], records: Records) -> Site:
    """Everything that is published, joined; the order of `articles` does not matter.

    A withdrawn article keeps its page and nothing else: none of its quotes,
    figures and names is linked.
    """
    ordered = tuple(sorted(articles, key=_newest_first))
    standing = [a for a in ordered if not a.withdrawn]
    collation = Collation(records.entities, records.lineages, records.stories)
    return composed(settings, ordered, records, collation.update(map(text_of, standing)))


def text_of(a: Article) -> Text:
    """An article as it is compared."""
    return Text(a.id, place(a), facts_of(a), a.title, a.date.value, a.copy.value)


def composed(settings: Settings, ordered: tuple[Article, ...], records: Records, found: Found) -> Site:
    """The site of articles, newest first, and of what was found across those that stand."""
    standing = [a for a in ordered if not a.withdrawn]
    known = found.known
    quotes = tuple(_quotes(standing, known))
    figures = tuple(_figures(standing, known))
    made = Site(
        settings=settings,
        articles=ordered,
        stories=_stories(records.stories, ordered),
        outlets=_outlets(records.outlets, standing),
        entities=known.entities,
        appearances=tuple(appearances(standing, known)),
        quotes=quotes,
        figures=figures,
        conflicts=proposed(_without(records.conflicts, ordered), found.conflicts),
        lineages=found.origins.lineages,
        lineage_edges=found.origins.edges,
        lineage_of=found.origins.lineage_of,
        corrections=_corrections(records.corrections, ordered),
        pages=tuple(sorted(records.pages, key=lambda p: p.id)),
        glossary=records.glossary,
        comparisons=records.comparisons,
        utterances=found.utterances,
        statements=found.statements,
        figure_groups=found.groups,
        derived=derived(standing, figures, found.groups),
        related=found.related,
        timeline=timeline(standing, figures),
        review=known.review,
        also=dict(sorted({**known.also, **dict(_could(found.conflicts))}.items())),
        moved=dict(sorted(records.register.moved.items())),
    )
    if not records.register.published:
        return made
    led = register_changes(
        records.register.published, made
    )  # what `ids` would write: no address dies before it
    return replace(made, also=dict(sorted({**led, **made.also}.items())))


def _could(conflicts: Iterable[Conflict]) -> Iterable[tuple[str, str]]:
    """The addresses that a proposal has on a site with only some of its texts."""
    return ((f"c/{old}/", f"c/{c.id}/") for c in conflicts for old in c.also)


def _stories(stories: Sequence[Story], articles: Sequence[Article]) -> tuple[Story, ...]:
    """The stories with those of their articles that are there (a bad seed leaves one out)."""
    there = {a.id for a in articles}
    kept = (replace(s, articles=tuple(a for a in s.articles if a in there)) for s in stories)
    return tuple(sorted(kept, key=lambda s: (s.title, s.id)))


def _newest_first(a: Article) -> tuple[float, str]:
    moment = a.added or BEGINNING
    return (-(moment - BEGINNING).total_seconds(), a.id)


def _outlets(known: Sequence[Outlet], articles: Sequence[Article]) -> tuple[Outlet, ...]:
    """The editor's outlets, and one for each other name that an article gives."""
    out = {o.id: o for o in known}
    names = {o.name.casefold() for o in known}
    rank = ranks(articles)
    for a in sorted(articles, key=lambda a: rank[a.id]):  # a later one takes no address
        name = a.outlet.value
        if name and name not in out and name.casefold() not in names:
            new = slug(name) or a.id
            if new in out:  # another outlet's: the editor's "The Times of Town" may be `times`
                new += f"-{short(name.casefold())}"
            out[new] = Outlet(new, name)
            names.add(name.casefold())
    return tuple(sorted(out.values(), key=lambda o: (o.name.casefold(), o.id)))


def _quotes(articles: Sequence[Article], known: Registry) -> Iterable[QuoteItem]:
    for a in articles:
        for n in a.shown.quotes:
            if n.page and isinstance(n.item, Quote):
                yield QuoteItem(n.page, a.id, n, known.find(n.item.speaker_full, a.id))


def _figures(articles: Sequence[Article], known: Registry) -> Iterable[FigureItem]:
    for a in articles:
        for n in a.shown.figures:
            if n.page and isinstance(n.item, Figure):
                yield FigureItem(n.page, a.id, n, known.find(n.item.claimant, a.id))


def _without(conflicts: Sequence[Conflict], articles: Sequence[Article]) -> tuple[Conflict, ...]:
    """The conflicts with those readings that the texts' modes let be seen.

    The question and the editor's note stay in any case: they are the
    editor's words, and stories link to the page.
    """
    by_id = {a.id: a for a in articles}
    out = []
    for c in conflicts:
        kept = (_allowed(r, by_id.get(r.article)) for r in c.readings)
        out.append(replace(c, readings=tuple(r for r in kept if r)))
    return tuple(sorted(out, key=lambda c: c.id))


def _allowed(reading: Reading, article: Article | None) -> Reading | None:
    """A reading as far as its text may be shown; None when nothing of it may."""
    if article is None or article.withdrawn or article.shown.mode == "private":
        return None
    if article.shown.mode == "full":
        return reading
    seen = article.shown.text
    if reading.words not in seen:
        return None
    return reading if reading.exact in seen else replace(reading, exact="")


def _corrections(corrections: Sequence[Correction], articles: Sequence[Article]) -> tuple[Correction, ...]:
    """The corrections, newest first; without words of a text that is not shown whole."""
    hidden = set()
    for a in articles:
        if a.withdrawn or a.shown.mode != "full":
            hidden |= {f"a/{a.id}/", *a.held_back}
            hidden |= {f"q/{n.page}/" for n in a.shown.quotes} | {f"f/{n.page}/" for n in a.shown.figures}
    kept = (
        replace(c, before="", after="") if _page(c.page).startswith(tuple(hidden)) else c for c in corrections
    )
    return tuple(sorted(kept, key=lambda c: (c.date, c.page), reverse=True))


def _page(address: str) -> str:
    """An address as an editor writes it, without the slash before it."""
    bare = address.strip().lstrip("/").partition("#")[0]
    return bare if bare.endswith("/") else bare + "/"
