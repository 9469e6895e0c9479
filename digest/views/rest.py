"""Pages that list or explain: lineages, log, archive, search, feeds, data, method, own pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest import dates
from digest.across import LineageEdge
from digest.site import Article, Lineage
from digest.views import prose
from digest.views.article import last_change
from digest.views.cards import article_card, correction_card, entity_line
from digest.views.conflicts import conflict_pages
from digest.views.follow import feeds_view
from digest.views.known import FOLDERS, Known
from digest.views.page import ArticleCard, CorrectionCard, EntityLine, Link, PageView
from digest.views.search import search

HOPS = 8  # moves of one address that are followed


@dataclass(frozen=True, slots=True)
class MemberLine:
    article: ArticleCard
    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """What the machine found between two members."""

    a: Link
    b: Link
    kind: str
    evidence: tuple[str, ...]
    cert: str
    status: str


@dataclass(frozen=True, slots=True)
class LineageCard:
    id: str
    title: str
    held: bool
    members: tuple[MemberLine, ...]
    note: str
    by: str = "editor"
    edges: tuple[EdgeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TreeView:
    lineages: tuple[LineageCard, ...]
    alone: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class LogView:
    corrections: tuple[CorrectionCard, ...]
    withdrawn: tuple[ArticleCard, ...]
    moved: tuple[tuple[str, Link], ...] = ()  # old address, new one


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: "2025-01" or "undated"."""

    id: str
    name: str
    href: str
    texts: int


@dataclass(frozen=True, slots=True)
class ArchiveView:
    months: tuple[MonthLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class MonthView:
    month: MonthLine
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class MethodView:
    """What the method page counts; its words are the interface's."""

    texts: int
    quotes: int
    named: int
    figures: int
    removed: int
    mended: int
    open: int
    rules: tuple[tuple[str, str, int], ...]  # rule, class, how often applied
    modes: tuple[tuple[str, int], ...]
    code: str


@dataclass(frozen=True, slots=True)
class ContentView:
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class MovedView:
    target: Link


def rest_pages(known: Known) -> Iterator[PageView]:
    """The pages that are no item's own: conflicts, tree, archive, log, method, search, feeds."""
    yield from conflict_pages(known, _newest(known))
    yield PageView("tree/index.html", "tree.html", tree(known), updated=_newest(known))
    yield from _archive(known)
    yield PageView("log/index.html", "log.html", log(known), updated=_corrected(known), feed="log/")
    yield PageView("method/index.html", "method.html", method(known), updated=_newest(known))
    yield PageView("search/index.html", "search.html", search(known), updated=_newest(known))
    yield PageView("feeds/index.html", "feeds.html", feeds_view(known), updated=_newest(known))
    yield PageView("data/index.html", "data.html", None, updated=_newest(known))
    for p in known.site.pages:
        updated = p.updated.date().isoformat() if p.updated else ""
        yield PageView(
            f"{p.id}/index.html", "content.html", ContentView(p.title, prose.html(p.body)), updated
        )
    yield PageView("404.html", "missing.html", None, listed=False)


def moved_pages(known: Known, there: set[str]) -> Iterator[PageView]:
    """A page at each old address that says where its thing is now."""
    gone = {f"a/{a.id}/clean/": f"a/{a.id}/" for a in known.site.articles if a.withdrawn}
    gone |= {old: f"a/{a.id}/" for a in known.site.articles for old in a.held_back}
    led = {a.strip("/"): b.strip("/") for a, b in {**known.site.also, **gone, **known.site.moved}.items()}
    for source, new in sorted(led.items()):
        target = _end(new, led, known.site.also, there)
        if source and f"{source}/" not in there and (f"{target}/" in there or not target):
            link = Link(f"/{target}/" if target else "/", f"{target}/" if target else "")
            yield PageView(f"{source}/index.html", "moved.html", MovedView(link), listed=False)


def _end(target: str, led: Mapping[str, str], also: Mapping[str, str], there: set[str]) -> str:
    """Where an address leads in the end, when what it led to has moved itself."""
    for _ in range(HOPS):
        if not target or f"{target}/" in there:
            break
        target = led.get(target, also.get(f"{target}/", target)).strip("/")
    return target


def _newest(known: Known) -> str:
    return max((last_change(a, known) for a in known.site.articles), default="")


def _corrected(known: Known) -> str:
    return max((c.date.date().isoformat() for c in known.site.corrections), default="")


def tree(known: Known) -> TreeView:
    """Lineages with their members, and the texts that share their original with none."""
    cards = tuple(_lineage(x, known) for x in known.site.lineages)
    placed = {m.article.id for c in cards for m in c.members}
    alone = tuple(article_card(a, known) for a in known.standing if a.id not in placed)
    return TreeView(cards, alone)


def _evidence(e: LineageEdge, known: Known) -> tuple[str, ...]:
    """The strongest evidence, which may quote both texts: only where both are shown in full."""
    both = all(known.articles[i].shown.mode == "full" for i in (e.a, e.b))
    return e.evidence[:3] if both else ()


def _lineage(x: Lineage, known: Known) -> LineageCard:
    members = (
        MemberLine(article_card(known.articles[id], known), kind, evidence)
        for id, kind, evidence in x.members
        if id in known.articles and not known.articles[id].withdrawn
    )
    ids = {m[0] for m in x.members}
    edges = (
        EdgeLine(known.article(e.a), known.article(e.b), e.kind, _evidence(e, known), e.cert, e.status)
        for e in known.site.lineage_edges
        if {e.a, e.b} <= ids and e.status != "overruled"
    )
    return LineageCard(x.id, x.title, x.held, tuple(members), prose.html(x.note, 3), x.by, tuple(edges))


def log(known: Known) -> LogView:
    """Corrections, withdrawn articles and addresses that moved."""
    corrections = tuple(correction_card(c, known) for c in known.site.corrections)
    gone = tuple(article_card(a, known) for a in known.site.articles if a.withdrawn)
    return LogView(corrections, gone, tuple(_moves(known)))


def _moves(known: Known) -> Iterator[tuple[str, Link]]:
    for old, new in sorted(known.site.moved.items()):
        target = new.strip("/")
        yield old.strip("/") + "/", Link(f"/{target}/" if target else "/", f"{target}/" if target else "")


def _archive(known: Known) -> Iterator[PageView]:
    months: dict[str, list[Article]] = {}
    for a in known.standing:
        months.setdefault(dates.month(a.date.value) or "undated", []).append(a)
    ordered = sorted((m for m in months if m != "undated"), reverse=True) + ["undated"] * (
        "undated" in months
    )
    lines = {
        m: MonthLine(m, dates.in_words(m) if m != "undated" else "", f"archive/{m}/", len(months[m]))
        for m in ordered
    }
    view = ArchiveView(tuple(lines[m] for m in ordered), len(known.standing))
    yield PageView("archive/index.html", "archive.html", view, updated=_newest(known))
    for m in ordered:
        cards = tuple(article_card(a, known) for a in months[m])
        updated = max((last_change(a, known) for a in months[m]), default="")
        crumbs = (Link("", "archive/"),)
        yield PageView(
            f"archive/{m}/index.html", "month.html", MonthView(lines[m], cards), updated, crumbs=crumbs
        )


def _modes(known: Known) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(a.shown.mode for a in known.standing).items()))


def method(known: Known) -> MethodView:
    """What was done to the texts, in counts by rule, and what the quotes are."""
    rules: Counter[tuple[str, str]] = Counter()
    for a in known.standing:
        for e in a.shown.edits:
            if e.status == "applied" and e.kind != "space":
                rules[e.rule, e.cls] += 1
    quotes: Sequence[object] = [q for a in known.standing for q in known.quotes_in.get(a.id, ())]

    def total(key: str) -> int:
        return sum(a.shown.counts.get(key, 0) for a in known.standing)

    return MethodView(
        texts=len(known.standing),
        quotes=len(quotes),
        named=sum(bool(getattr(q, "person", "")) for q in quotes),
        figures=sum(len(known.figures_in.get(a.id, ())) for a in known.standing),
        removed=total("removed"),
        mended=total("mended"),
        open=total("open"),
        rules=tuple((r, c, n) for (r, c), n in sorted(rules.items(), key=lambda x: (-x[1], x[0]))[:60]),
        modes=_modes(known),
        code=known.site.settings.code,
    )


__all__ = ["FOLDERS", "EntityLine", "entity_line", "moved_pages", "rest_pages"]
