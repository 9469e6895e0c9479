"""Articles and the editor's records -> Site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from digest.ids import short, slug
from digest.link.conflicts import conflicts, proposed
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
        corrections=tuple(sorted(records.corrections, key=lambda c: (c.date, c.page), reverse=True)),
        pages=tuple(sorted(records.pages, key=lambda p: p.id)),
        glossary=records.glossary,
        comparisons=records.comparisons,
        utterances=said.utterances,
        statements=said.statements,
        figure_groups=grouped,
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
    """The conflicts, less the readings of articles that are withdrawn."""
    gone = {a.id for a in articles if a.withdrawn}
    out = []
    for c in conflicts:
        readings = tuple(r for r in c.readings if r.article not in gone)
        if readings:
            out.append(replace(c, readings=readings))
    return tuple(sorted(out, key=lambda c: c.id))
