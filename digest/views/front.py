"""The front page: stories by last change, then articles that are in none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from digest import dates
from digest.across import Tally
from digest.site import Article, Story
from digest.views import prose
from digest.views.article import last_change
from digest.views.cards import (
    article_card,
    correction_card,
    entity_line,
    figure_card,
)
from digest.views.known import Known
from digest.views.page import (
    ArticleCard,
    CorrectionCard,
    EntityLine,
    FigureCard,
    Link,
    PageView,
    QuoteCard,
)
from digest.views.variants import told

SHOWN = 24  # articles on the front page: with 1 KB a card it stays under 40 KB
LATELY = 3
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as the front page and lists show it; what stands sound in its copy comes first."""

    title: str
    href: str
    lead: str  # first paragraph of the summary, safe HTML
    summary: str  # safe HTML
    when: str
    articles: tuple[ArticleCard, ...]
    count: int  # of lineages: copies of one text count once
    lineages: tuple[Link, ...]  # those with a section on the tree's page
    said: tuple[tuple[Link, QuoteCard, Tally], ...]
    figures: tuple[FigureCard, ...]
    conflicts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """All that the front page shows."""

    stories: tuple[StoryCard, ...]
    articles: tuple[ArticleCard, ...]
    more: int  # articles that are not on this page
    people: tuple[EntityLine, ...]
    corrections: tuple[CorrectionCard, ...]
    texts: int
    lineages: int
    quotes: int
    figures: int
    mended: int
    removed: int


def front_pages(known: Known) -> list[PageView]:
    return [PageView("index.html", "front.html", front(known), updated=newest(known))]


def newest(known: Known) -> str:
    return max((last_change(a, known) for a in known.site.articles), default="")


def front(known: Known) -> FrontView:
    """The front page: stories, the texts that belong to none, and who is quoted most."""
    standing = known.standing
    told = {i for s in known.site.stories for i in s.articles}
    loose = [a for a in standing if a.id not in told]
    stories = sorted(known.site.stories, key=lambda s: (_changed(s, known), s.id), reverse=True)
    people = [e for e in known.site.entities if e.kind == "person" and known.seen_in.get(e.id)]
    people.sort(key=lambda e: (-len(known.quotes_by.get(e.id, ())), -len(known.seen_in[e.id]), e.name))
    return FrontView(
        stories=tuple(story_card(s, known) for s in stories),
        articles=tuple(article_card(a, known) for a in loose[:SHOWN]),
        more=max(0, len(loose) - SHOWN),
        people=tuple(entity_line(e, known) for e in people[:12]),
        corrections=tuple(correction_card(c, known) for c in known.site.corrections[:LATELY]),
        texts=len(standing),
        lineages=known.lineages(a.id for a in standing),
        quotes=sum(len(known.quotes_in.get(a.id, ())) for a in standing),
        figures=sum(len(known.figures_in.get(a.id, ())) for a in standing),
        mended=sum(a.shown.counts.get("mended", 0) for a in standing),
        removed=sum(a.shown.counts.get("removed", 0) for a in standing),
    )


def _changed(s: Story, known: Known) -> datetime:
    moments = [m for m in (s.updated, s.added) if m]
    moments += [a.added for a in articles_of(s, known) if a.added]
    return max(moments, default=BEGINNING)


def articles_of(s: Story, known: Known) -> list[Article]:
    """The story's articles that stand, in the editor's order."""
    wanted = (known.articles[i] for i in s.articles if i in known.articles)
    return [a for a in wanted if not a.withdrawn]


def story_card(s: Story, known: Known) -> StoryCard:
    """A story in short, with what its articles hold counted."""
    articles = articles_of(s, known)
    ids = [a.id for a in articles]
    figures = [f for i in ids for f in known.figures_in.get(i, ())]
    conflicts = dict.fromkeys(c for i in ids for c in known.conflicts_of.get(i, ()))
    lineages = dict.fromkeys(x for i in ids for x in known.lineages_of.get(i, ()))
    return StoryCard(
        title=s.title,
        href=f"s/{s.id}/",
        lead=prose.split(s.summary).lead,
        summary=prose.html(s.summary),
        when=dates.in_words(s.when),
        articles=tuple(article_card(a, known) for a in articles),
        count=known.lineages(ids),
        lineages=tuple(Link(x.title, f"tree/#{x.id}") for x in lineages),
        said=told(known, ids, 12),
        figures=_most_telling([figure_card(f, known) for f in figures]),
        conflicts=tuple(Link(c.question, f"c/{c.id}/") for c in conflicts),
    )


def _most_telling(figures: list[FigureCard]) -> tuple[FigureCard, ...]:
    """The figures, sound ones first, and last the amounts that others are merely given for ("per 1 million tokens")."""
    bases = {f.per for f in figures if f.per}
    return tuple(sorted(figures, key=lambda f: (f"{f.low} {f.unit}" in bases, f.damaged)))


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated statement of a text, for the story's timeline."""

    when: str
    text: str
    article: Link


@dataclass(frozen=True, slots=True)
class StoryView:
    """All that a story's page shows."""

    card: StoryCard
    people: tuple[EntityLine, ...]
    timeline: tuple[Moment, ...]
    added: datetime | None
    updated: datetime | None


def story_pages(known: Known) -> list[PageView]:
    return [_story_page(s, known) for s in known.site.stories]


def _timeline(s: Story, known: Known) -> tuple[Moment, ...]:
    ids = {a.id for a in articles_of(s, known)}
    return tuple(
        Moment(dates.in_words(d.when), d.text, known.article(d.article))
        for d in known.site.timeline
        if d.article in ids and d.kind != "article"
    )


def _story_page(s: Story, known: Known) -> PageView:
    seen: dict[str, int] = {}
    for a in articles_of(s, known):
        for n in known.names_in.get(a.id, ()):
            seen[n.entity] = seen.get(n.entity, 0) + n.count
    top = sorted(seen, key=lambda i: (-seen[i], i))[:20]
    people = tuple(entity_line(known.entities[i], known) for i in top if i in known.entities)
    changed = _changed(s, known)
    return PageView(
        f"s/{s.id}/index.html",
        "story.html",
        StoryView(story_card(s, known), people, _timeline(s, known), s.added, s.updated),
        updated=changed.date().isoformat() if changed != BEGINNING else "",
        feed=f"s/{s.id}/",
    )
