"""What there is on the site, by id: so that a page links only to pages that exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from digest.across import Derived, FigureGroup, Related, Statement, Utterance
from digest.model import MentionKind
from digest.site import (
    Appearance,
    Article,
    Conflict,
    Correction,
    Entity,
    FigureItem,
    Lineage,
    Outlet,
    QuoteItem,
    Reading,
    Site,
    Story,
)
from digest.views.page import Link

FOLDERS: Mapping[MentionKind, str] = {"person": "p", "organisation": "o", "product": "t", "place": "l"}
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Known:
    """A site with its indexes. Nothing of a withdrawn article is in them but the article."""

    site: Site
    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]
    outlets: Mapping[str, Outlet]  # by id, and by folded name after "="
    quotes_in: Mapping[str, Sequence[QuoteItem]]
    quotes_by: Mapping[str, Sequence[QuoteItem]]
    figures_in: Mapping[str, Sequence[FigureItem]]
    figures_by: Mapping[str, Sequence[FigureItem]]
    names_in: Mapping[str, Sequence[Appearance]]
    seen_in: Mapping[str, Sequence[Appearance]]
    stories_of: Mapping[str, Sequence[Story]]
    conflicts_of: Mapping[str, Sequence[Conflict]]
    places_of: Mapping[str, Sequence[tuple[int, int, Conflict]]]  # where an article differs, by start
    lineages_of: Mapping[str, Sequence[Lineage]]
    corrections_of: Mapping[str, Sequence[Correction]]  # by address
    noted: Mapping[tuple[str, str], str]  # article, anchor -> the note's own page
    speakers: Mapping[tuple[str, str], str]  # article, anchor -> entity
    claimants: Mapping[tuple[str, str], str]
    utterances_of: Mapping[str, Sequence[Utterance]]  # by the page id of a quote
    statement_of: Mapping[str, Statement]
    related_to: Mapping[str, Sequence[Related]]
    groups_of: Mapping[str, Sequence[FigureGroup]]  # by the page id of a figure
    figures: Mapping[str, FigureItem]
    derived_of: Mapping[str, Sequence[Derived]]  # by the page id of a figure
    doubts_of: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by entity: who bears its name
    cards: dict[tuple[str, str], Any] = field(default_factory=dict)  # made once, shown on many pages

    @property
    def standing(self) -> list[Article]:
        """The articles that are not withdrawn, newest first."""
        return [a for a in self.site.articles if not a.withdrawn]

    def article(self, id: str) -> Link:
        """The link to an article's page by its headline."""
        a = self.articles[id]
        return Link(a.title, f"a/{a.id}/")

    def entity(self, id: str, words: str = "") -> Link:
        """A link to the entity's page; plain words when it has none."""
        e = self.entities.get(id)
        return Link(words or e.name, address_of(e)) if e else Link(words)

    def lineages(self, articles: Iterable[str]) -> int:
        """How many lineages the articles are of; one that shares its original with none is one by itself."""
        return len({self.site.lineage_of.get(a, a) for a in articles})

    def outlet(self, name: str) -> Outlet | None:
        return self.outlets.get(name) or self.outlets.get("=" + name.casefold())

    def articles_of(self, outlet: Outlet) -> list[Article]:
        return [a for a in self.standing if a.outlet.value and self.outlet(a.outlet.value) == outlet]


def address_of(e: Entity) -> str:
    return f"{FOLDERS[e.kind]}/{e.id}/"


def known(site: Site) -> Known:
    """The indexes of a site."""
    gone = {a.id for a in site.articles if a.withdrawn}
    quotes = [q for q in site.quotes if q.article not in gone]
    figures = [f for f in site.figures if f.article not in gone]
    seen = [s for s in site.appearances if s.article not in gone]
    outlets = {"=" + o.name.casefold(): o for o in reversed(site.outlets)} | {o.id: o for o in site.outlets}
    return Known(
        site=site,
        articles={a.id: a for a in site.articles},
        entities={e.id: e for e in site.entities},
        outlets=outlets,
        quotes_in=_by((q.article, q) for q in quotes),
        quotes_by=_by((q.person, q) for q in quotes if q.person),
        figures_in=_by((f.article, f) for f in figures),
        figures_by=_by((f.claimant, f) for f in figures if f.claimant),
        names_in=_by((s.article, s) for s in seen),
        seen_in=_by((s.entity, s) for s in seen),
        stories_of=_by((a, s) for s in site.stories for a in s.articles),
        conflicts_of=_by(
            (a, c) for c in site.conflicts for a in sorted({r.article for r in c.readings} - gone)
        ),
        places_of={k: sorted(v, key=lambda x: (x[0], x[1], x[2].id)) for k, v in _places(site).items()},
        lineages_of=_by((m[0], x) for x in site.lineages for m in x.members if m[0] not in gone),
        corrections_of=_by((c.page.strip("/"), c) for c in site.corrections),
        noted={(i.article, i.noted.id): f"q/{i.id}/" for i in quotes}
        | {(i.article, i.noted.id): f"f/{i.id}/" for i in figures},
        speakers={(i.article, i.noted.id): i.person for i in quotes},
        claimants={(i.article, i.noted.id): i.claimant for i in figures},
        utterances_of=_by((i, u) for u in site.utterances for i in dict.fromkeys(m.quote for m in u.members)),
        statement_of={i: s for s in site.statements for i in s.quotes},
        related_to=_by((r.article, r) for r in site.related if r.other not in gone),
        groups_of=_by((i, g) for g in site.figure_groups for i in g.figures),
        figures={f.id: f for f in figures},
        doubts_of=_by((i, r.message) for r in site.review if r.kind == "same-name" for i in r.ids),
        derived_of=_by((i, d) for d in site.derived for i in d.figures),
    )


def _places(site: Site) -> dict[str, list[tuple[int, int, Conflict]]]:
    """The words in each article that a conflict's reading names, once a conflict."""
    texts = {a.id: a.shown.text for a in site.articles if not a.withdrawn}
    found = ((r.article, _place(r, texts.get(r.article, "")), c) for c in site.conflicts for r in c.readings)
    return _by((a, (*place, c)) for a, place, c in dict.fromkeys(found) if place)


def _place(r: Reading, text: str) -> tuple[int, int] | None:
    """Where a reading stands: as linking says, else the one place of its words (in its sentence)."""
    if 0 <= r.start < r.end:
        return r.start, r.end
    around = r.exact if r.exact.count(r.words) == 1 else r.words
    if not around or text.count(around) != 1:
        return None
    start = text.index(around) + around.index(r.words)
    return start, start + len(r.words)


def _by(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    out: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        out[key].append(value)
    return dict(out)
