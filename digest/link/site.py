"""Articles and the editor's records -> Site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from digest.ids import short, slug
from digest.link.conflicts import conflicts, proposed
from digest.link.derived import derived
from digest.link.entities import Registry, appearances, registry
from digest.link.facts import facts_of
from digest.link.figures import groups
from digest.link.kin import backlinks, related, timeline
from digest.link.originals import originals
from digest.link.units import ranks
from digest.link.utterances import Voices, heard
from digest.link.words import Weights
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
    moved: Mapping[str, str] | None = None
    glossary: tuple[Term, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


def linked(settings: Settings, articles: Iterable[Article], records: Records) -> Site:
    """Everything that is published, joined; the order of `articles` does not matter.

    A withdrawn article keeps its page and nothing else: none of its quotes,
    figures and names is linked.
    """
    ordered = tuple(sorted(articles, key=_newest_first))
    standing = [a for a in ordered if not a.withdrawn]
    facts = {a.id: facts_of(a) for a in standing}
    known = registry(records.entities, standing, facts)
    quotes = tuple(_quotes(standing, known))
    figures = tuple(_figures(standing, known))
    weights = Weights(chain.from_iterable(line.stems for line in f.lines) for f in facts.values())
    names = {e.id: e.name for e in known.entities}
    origin = originals(standing, facts, weights, records.lineages)
    said = heard(Voices(standing, facts, quotes, names, weights), origin.lineage_of)
    grouped = groups(standing, figures, weights, origin.lineage_of)
    machine = conflicts(
        standing, facts, quotes, said.statements, grouped, figures, names, weights, origin.lineage_of
    )
    named = tuple(appearances(standing, known))
    near = related(
        standing, said.utterances, grouped, figures, named, known.entities, records.stories, origin.lineage_of
    )
    site = Site(
        settings=settings,
        articles=ordered,
        stories=_stories(records.stories, ordered),
        outlets=_outlets(records.outlets, standing),
        entities=known.entities,
        appearances=named,
        quotes=quotes,
        figures=figures,
        conflicts=proposed(_without(records.conflicts, ordered), machine),
        lineages=origin.lineages,
        lineage_edges=origin.edges,
        lineage_of=origin.lineage_of,
        corrections=_corrections(records.corrections, ordered),
        pages=tuple(sorted(records.pages, key=lambda p: p.id)),
        glossary=records.glossary,
        comparisons=records.comparisons,
        utterances=said.utterances,
        statements=said.statements,
        figure_groups=grouped,
        derived=derived(standing, figures, grouped),
        related=near,
        timeline=timeline(standing, figures),
        review=known.review,
        also=dict(sorted({**known.also, **dict(_could(machine))}.items())),
        moved=dict(sorted((records.moved or {}).items())),
    )
    return replace(site, backlinks=backlinks(site))


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
