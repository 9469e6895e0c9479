"""What links pages: related articles with the reason, backlinks, a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from digest.across import Backlink, Dated, FigureGroup, Reason, Related, Utterance
from digest.model import Figure
from digest.site import Appearance, Article, Conflict, Entity, FigureItem, Lineage, QuoteItem, Site, Story

MOST = 5  # related articles shown
CROWD = 24  # articles that share something; beyond that it makes nobody related
WORTH = {"lineage": 8.0, "utterance": 4.0, "figure": 3.0, "story": 3.0, "entity": 1.0}
LEAST = 2.0  # nats: two names that one text in twenty has
KINDS = ("lineage", "story", "utterance", "figure", "entity")


def related(
    articles: Sequence[Article],
    utterances: Sequence[Utterance],
    groups: Sequence[FigureGroup],
    figures: Sequence[FigureItem],
    appearances: Sequence[Appearance],
    entities: Sequence[Entity],
    stories: Sequence[Story],
    lineage_of: Mapping[str, str],
) -> tuple[Related, ...]:
    """For each article the nearest others, with what they share; by article, nearest first."""
    owner = {f.id: f.article for f in figures}
    held: dict[tuple[str, str], list[str]] = {}
    for u in utterances:
        held["utterance", u.id] = sorted({m.article for m in u.members if m.quote})
    for g in groups:
        held["figure", g.id] = sorted({owner[f] for f in g.figures})
    for s in stories:
        held["story", s.id] = sorted(set(s.articles))
    for a, lineage in sorted(lineage_of.items()):
        held.setdefault(("lineage", lineage), []).append(a)
    for x in appearances:
        held.setdefault(("entity", x.entity), []).append(x.article)
    standing = {a.id for a in articles}
    names = {e.id: e.name for e in entities}
    return tuple(_nearest(sorted(standing), held, names, max(2, len(standing))))


def _nearest(
    standing: Sequence[str], held: Mapping[tuple[str, str], list[str]], names: Mapping[str, str], size: int
) -> Iterator[Related]:
    shared: dict[str, list[tuple[str, str]]] = {}
    for key, articles in sorted(held.items()):
        if 1 < len(articles) <= CROWD or (key[0] != "entity" and len(articles) > 1):
            for a in articles:
                shared.setdefault(a, []).append(key)
    for a in standing:
        scores: Counter[str] = Counter()
        for key in shared.get(a, ()):
            worth = WORTH[key[0]] * log((size + 1) / len(held[key]) + 1)
            for b in held[key][: 2 * CROWD]:
                scores[b] += worth  # type: ignore[assignment]
        del scores[a]
        best = sorted(((-s, b) for b, s in scores.items() if s >= LEAST))[:MOST]
        for score, b in best:
            both = [k for k in shared[a] if b in held[k]]
            yield Related(a, b, round(-score, 2), tuple(_reasons(both, names)))


def _reasons(keys: Sequence[tuple[str, str]], names: Mapping[str, str]) -> Iterator[Reason]:
    by: dict[str, list[str]] = {}
    for kind, name in keys:
        by.setdefault(kind, []).append(name)
    for kind in KINDS:
        ids = by.get(kind, [])
        if ids:
            yield Reason(kind, _phrase(kind, ids, names), tuple(ids))  # type: ignore[arg-type]


def _phrase(kind: str, ids: Sequence[str], names: Mapping[str, str]) -> str:
    n = len(ids)
    if kind == "entity":
        shown = ", ".join(sorted(names.get(i, i) for i in ids)[:3])
        return f"{shown} and {n - 3} more names" if n > 3 else shown
    return {
        "lineage": "seem to share an original",
        "story": "the same story" if n == 1 else f"{n} stories in common",
        "utterance": "the same sentence quoted" if n == 1 else f"{n} sentences that both quote",
        "figure": "the same figure" if n == 1 else f"{n} figures that both have",
    }[kind]


Links = dict[tuple[str, str], list[Backlink]]


def backlinks(site: Site) -> dict[tuple[str, str], tuple[Backlink, ...]]:
    """For each page what speaks of it, in the order articles, quotes, figures, the rest."""
    links: Links = {}
    kinds = {e.id: e.kind for e in site.entities}
    titles = {a.id: a.title for a in site.articles}
    _of_articles(links, site.appearances, kinds, titles)
    _of_notes(links, site.quotes, site.figures, kinds)
    for u in site.utterances:
        for q in dict.fromkeys(q for m in u.members if m.quote for q in (m.quote, *m.also)):
            _add(links, ("quote", q), Backlink("utterance", u.id))
    _of_groups(links, site.figure_groups)
    _of_conflicts(links, site.conflicts, kinds)
    _of_collections(links, site.lineages, site.stories)
    return {k: tuple(dict.fromkeys(v)) for k, v in sorted(links.items())}


def _add(links: Links, page: tuple[str, str], link: Backlink) -> None:
    links.setdefault(page, []).append(link)


def _of_articles(
    links: Links, appearances: Iterable[Appearance], kinds: Mapping[str, str], titles: Mapping[str, str]
) -> None:
    for x in appearances:
        _add(links, (kinds[x.entity], x.entity), Backlink("article", x.article, titles[x.article]))


def _of_notes(
    links: Links, quotes: Iterable[QuoteItem], figures: Iterable[FigureItem], kinds: Mapping[str, str]
) -> None:
    for q in quotes:
        if q.person in kinds:
            _add(links, (kinds[q.person], q.person), Backlink("quote", q.id))
    for f in figures:
        if f.claimant in kinds:
            _add(links, (kinds[f.claimant], f.claimant), Backlink("figure", f.id))


def _of_groups(links: Links, groups: Iterable[FigureGroup]) -> None:
    for g in groups:
        for f in g.figures:
            for other in g.figures[: 2 * CROWD]:
                if other != f:
                    _add(links, ("figure", f), Backlink("figure", other, g.reason))


def _of_conflicts(links: Links, conflicts: Iterable[Conflict], kinds: Mapping[str, str]) -> None:
    for c in conflicts:
        link = Backlink("conflict", c.id, c.question)
        for r in c.readings:
            _add(links, ("article", r.article), link)
            if r.quote:
                _add(links, ("quote", r.quote), link)
        if c.about in kinds:
            _add(links, (kinds[c.about], c.about), link)


def _of_collections(links: Links, lineages: Iterable[Lineage], stories: Iterable[Story]) -> None:
    for k in lineages:
        for article, *_ in k.members:
            _add(links, ("article", article), Backlink("lineage", k.id, k.title))
    for s in stories:
        for article in s.articles:
            _add(links, ("article", article), Backlink("story", s.id, s.title))


def timeline(articles: Sequence[Article], figures: Sequence[FigureItem]) -> tuple[Dated, ...]:
    """Articles and figures with a date of their own, oldest first."""
    out = [Dated(a.date.value, "article", a.id, a.id, a.title) for a in articles if a.date.value]
    for f in figures:
        item = f.noted.item
        if isinstance(item, Figure) and item.when and item.when[:1].isdigit():
            out.append(Dated(item.when, "figure", f.id, f.article, f.noted.sentence))
    return tuple(sorted(out, key=lambda d: (d.when, d.kind, d.id)))
