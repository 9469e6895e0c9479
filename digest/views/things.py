"""Pages of quotes, figures, people, organisations, products and outlets, and their lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from digest.across import FigureGroup, Utterance
from digest.model import MentionKind
from digest.site import Article, Entity, FigureItem, Outlet, QuoteItem, Role
from digest.views import prose
from digest.views.article import last_change
from digest.views.cards import article_card, entity_line, figure_card, once, quote_card
from digest.views.derived import DerivedCard, derived_cards
from digest.views.differ import over_entity, over_item
from digest.views.known import FOLDERS, Known, address_of
from digest.views.page import (
    ArticleCard,
    EntityLine,
    FigureCard,
    Link,
    Pager,
    PageView,
    QuoteCard,
)
from digest.views.plot import Plot, plots
from digest.views.terms import ComparisonCard, comparisons, comparisons_of
from digest.views.variants import Occasion, VariantsView, occasions, variants

LOOKED_AT = (
    200  # a text, a person may hold thousands: no page looks through them all for the few that it shows
)
MORE = 8  # further quotes of a speaker, on the page of one
ELSEWHERE = 40  # like figures of other texts that a figure's page shows
PER_PAGE = 200  # rows of a list: about 100 KB of HTML for quotes, before compression
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote's page."""

    quote: QuoteCard
    article: ArticleCard
    variants: tuple[VariantsView, ...]
    others: tuple[QuoteCard, ...]  # more by the same speaker
    conflicts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure's page."""

    figure: FigureCard
    article: ArticleCard
    elsewhere: tuple[FigureCard, ...]  # the same figure in other texts
    otherwise: tuple[FigureCard, ...]  # other values there that should be the same
    differ: str  # why those should be equal and are not, "" if they are
    others: tuple[FigureCard, ...]  # of the same unit in the same text
    conflicts: tuple[Link, ...]
    derived: tuple[DerivedCard, ...] = ()
    compared: tuple[ComparisonCard, ...] = ()  # by the editor


@dataclass(frozen=True, slots=True)
class QuotesView:
    quotes: tuple[QuoteCard, ...]
    pager: Pager
    total: int


@dataclass(frozen=True, slots=True)
class FiguresView:
    figures: tuple[FigureCard, ...]
    plots: tuple[Plot, ...]
    pager: Pager
    total: int
    compared: bool = False  # there is a page of comparisons
    derived: tuple[DerivedCard, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleLine:
    """What a text calls somebody."""

    words: str
    article: Link


@dataclass(frozen=True, slots=True)
class EntityView:
    """A person's, organisation's or product's page."""

    id: str
    name: str
    kind: str
    by: str
    about: str
    aliases: tuple[str, ...]
    roles: tuple[RoleLine, ...]
    occasions: tuple[Occasion, ...]
    quotes: int
    figures: tuple[FigureCard, ...]
    articles: tuple[tuple[ArticleCard, int], ...]  # and how often each names it
    lineages: int  # of those articles
    doubts: tuple[str, ...]  # about who bears the name
    conflicts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EntitiesView:
    kind: str
    entities: tuple[EntityLine, ...]


@dataclass(frozen=True, slots=True)
class OutletView:
    id: str
    name: str
    home: str
    about: str
    mode: str
    articles: tuple[ArticleCard, ...]
    residue: int


@dataclass(frozen=True, slots=True)
class OutletLine:
    name: str
    href: str
    texts: int
    inferred: int


@dataclass(frozen=True, slots=True)
class OutletsView:
    outlets: tuple[OutletLine, ...]
    unknown: tuple[ArticleCard, ...]  # texts whose outlet nobody states


def thing_pages(known: Known) -> Iterator[PageView]:
    """A page for each quote, figure, entity and outlet."""
    yield from _quote_pages(known)
    yield from _figure_pages(known)
    yield from _entity_pages(known)
    yield from _outlet_pages(known)


def _newest(articles: Sequence[Article], known: Known) -> str:
    return max((last_change(a, known) for a in articles), default="")


def _pages(items: Sequence[T], folder: str) -> Iterator[tuple[str, Sequence[T], Pager]]:
    """The parts of a long list, each with its path; one empty part for an empty list."""
    total = max(1, -(-len(items) // PER_PAGE))

    def address(i: int) -> str:
        return folder if i == 1 else f"{folder}page-{i}/"

    for i in range(1, total + 1):
        before = address(i - 1) if i > 1 else ""
        after = address(i + 1) if i < total else ""
        part = items[(i - 1) * PER_PAGE : i * PER_PAGE]
        yield f"{address(i)}index.html", part, Pager(i, total, before, after)


def _quote_pages(known: Known) -> Iterator[PageView]:
    items = [q for a in known.standing for q in known.quotes_in.get(a.id, ())]
    crumbs = (Link("", "q/"),)
    for path, part, pager in _pages(items, "q/"):
        cards = tuple(quote_card(q, known) for q in part)
        yield PageView(path, "quotes.html", QuotesView(cards, pager, len(items)), updated=_all(known))
    for q in items:
        a = known.articles[q.article]
        view = QuoteView(
            quote_card(q, known),
            article_card(a, known),
            variants(q, known),
            tuple(quote_card(o, known) for o in _more_by(q, known)),
            over_item(q, known),
        )
        yield PageView(f"q/{q.id}/index.html", "quote.html", view, last_change(a, known), crumbs=crumbs)


@once
def _pages_of(u: Utterance, _: Known) -> frozenset[str]:
    """The pages of all quotes that hold an utterance, those within others too."""
    return frozenset(page for m in u.members for page in (m.quote, *m.also))


def _more_by(q: QuoteItem, known: Known) -> list[QuoteItem]:
    """Some other quotes of the speaker; each utterance once, and not the one that is aligned on the page."""
    own = known.utterances_of.get(q.id, ())
    told = {q.id, *(u.id for u in own)}
    found: list[QuoteItem] = []
    for other in known.quotes_by.get(q.person, ())[:LOOKED_AT] if q.person else ():
        said = {other.id, *(u.id for u in known.utterances_of.get(other.id, ()))}
        if not said & told and not any(other.id in _pages_of(u, known) for u in own):
            told |= said
            found.append(other)
            if len(found) == MORE:
                break
    return found


def _all(known: Known) -> str:
    return _newest(known.standing, known)


def _figure_pages(known: Known) -> Iterator[PageView]:
    items = [f for a in known.standing for f in known.figures_in.get(a.id, ())]
    items.sort(key=lambda f: _unit_and_size(f))
    crumbs = (Link("", "f/"),)
    for path, part, pager in _pages(items, "f/"):
        cards = tuple(figure_card(f, known) for f in part)
        here = {c.id for c in cards}
        sums = derived_cards((d for d in known.site.derived if d.figures[0] in here), known)
        view = FiguresView(cards, plots(cards), pager, len(items), bool(comparisons(known)), sums)
        yield PageView(path, "figures.html", view, updated=_all(known))
    for f in items:
        a = known.articles[f.article]
        card = figure_card(f, known)
        same = (figure_card(o, known) for o in known.figures_in[a.id][:LOOKED_AT] if o.id != f.id)
        others = tuple(islice((c for c in same if c.unit == card.unit), 12))
        groups = known.groups_of.get(f.id, ())
        elsewhere = tuple(_elsewhere(f, (g for g in groups if not g.differ), known))
        here = {c.id for c in elsewhere}
        otherwise = tuple(
            c for c in _elsewhere(f, (g for g in groups if g.differ), known) if c.id not in here
        )
        differ = next((g.reason for g in groups if g.differ), "")
        sums = derived_cards(known.derived_of.get(f.id, ()), known)
        own = comparisons_of(f, known)
        one = FigureView(
            card, article_card(a, known), elsewhere, otherwise, differ, others, over_item(f, known), sums, own
        )
        yield PageView(f"f/{f.id}/index.html", "figure.html", one, last_change(a, known), crumbs=crumbs)


def _elsewhere(f: FigureItem, groups: Iterable[FigureGroup], known: Known) -> Iterator[FigureCard]:
    """The other figures of some groups of a figure's."""
    ids = dict.fromkeys(i for g in groups for i in g.figures if i != f.id and i in known.figures)
    return (figure_card(known.figures[i], known) for i in islice(ids, ELSEWHERE))


def _unit_and_size(f: FigureItem) -> tuple[str, str, float, str]:
    item = f.noted.item
    size = getattr(item, "low", None) or getattr(item, "high", None) or "0"
    return getattr(item, "unit", None) or "~", getattr(item, "per", None) or "", float(size), f.id


def _entity_pages(known: Known) -> Iterator[PageView]:
    kinds: tuple[MentionKind, ...] = ("person", "organisation", "product", "place")
    for kind in kinds:
        every = [e for e in known.site.entities if e.kind == kind]
        if kind == "place" and not every:
            continue
        lines = tuple(entity_line(e, known) for e in every)
        path = f"{FOLDERS[kind]}/index.html"
        yield PageView(path, "entities.html", EntitiesView(kind, lines), updated=_all(known))
        for e in every:
            yield _entity_page(e, known)


def _entity_page(e: Entity, known: Known) -> PageView:
    seen = [s for s in known.seen_in.get(e.id, ()) if s.article in known.articles]
    articles = [known.articles[s.article] for s in seen]
    ids = [a.id for a in articles]
    view = EntityView(
        id=e.id,
        name=e.name,
        kind=e.kind,
        by=e.by,
        about=prose.html(e.about),
        aliases=e.aliases,
        roles=tuple(_role(r, known) for r in e.roles if r.article in known.articles),
        occasions=occasions(known.quotes_by.get(e.id, ()), known),
        quotes=len(known.quotes_by.get(e.id, ())),
        figures=tuple(figure_card(f, known) for f in known.figures_by.get(e.id, ())),
        articles=tuple((article_card(known.articles[s.article], known), s.count) for s in seen),
        lineages=known.lineages(ids),
        doubts=tuple(known.doubts_of.get(e.id, ())),
        conflicts=over_entity(e, ids, known),
    )
    address = address_of(e)
    crumbs = (Link("", f"{FOLDERS[e.kind]}/"),)
    updated = _newest(articles, known)
    return PageView(f"{address}index.html", "entity.html", view, updated, feed=address, crumbs=crumbs)


def _role(r: Role, known: Known) -> RoleLine:
    return RoleLine(r.text, known.article(r.article))


def _outlet_pages(known: Known) -> Iterator[PageView]:
    lines = tuple(_outlet_line(o, known) for o in known.site.outlets)
    unknown = [a for a in known.standing if not (a.outlet.value and known.outlet(a.outlet.value))]
    view = OutletsView(lines, tuple(article_card(a, known) for a in unknown))
    yield PageView("src/index.html", "outlets.html", view, updated=_all(known))
    for o in known.site.outlets:
        articles = known.articles_of(o)
        mode = known.site.settings.text_modes.get(o.id) or o.text_mode or known.site.settings.text_mode
        one = OutletView(
            o.id,
            o.name,
            o.home,
            prose.html(o.about),
            mode,
            tuple(article_card(a, known) for a in articles),
            len(o.residue),
        )
        yield PageView(
            f"src/{o.id}/index.html",
            "outlet.html",
            one,
            updated=_newest(articles, known),
            feed=f"src/{o.id}/",
            crumbs=(Link("", "src/"),),
        )


def _outlet_line(o: Outlet, known: Known) -> OutletLine:
    articles = known.articles_of(o)
    return OutletLine(
        o.name, f"src/{o.id}/", len(articles), sum(a.outlet.basis == "inferred" for a in articles)
    )
