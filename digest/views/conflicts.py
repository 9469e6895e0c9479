"""The list of conflicts, and a page for each: what every text says, and which pages that is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.site import Article, Conflict, FigureItem, QuoteItem, Reading
from digest.views import prose
from digest.views.differ import over_entity, over_item
from digest.views.known import Known
from digest.views.page import Link, PageView

WORDS = 12  # of a quote or figure that are shown as a link


@dataclass(frozen=True, slots=True)
class ReadingRow:
    article: Link
    outlet: str
    words: str
    exact: tuple[str, str, str]
    scraped: bool = False  # the words stand in the scraped file, and on the text's page mended


@dataclass(frozen=True, slots=True)
class ConflictCard:
    question: str
    href: str
    kind: str
    readings: tuple[ReadingRow, ...]
    by: str = "editor"


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One conflict, with the pages that name it: whom and what it concerns, and the quotes and figures in question."""

    card: ConflictCard
    note: str
    by: str
    concerned: tuple[Link, ...] = ()
    cited: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictsView:
    conflicts: tuple[ConflictCard, ...]


def conflict_pages(known: Known, updated: str) -> Iterator[PageView]:
    """The list, then each conflict."""
    cards = [(c, conflict_card(c, known)) for c in known.site.conflicts]
    yield PageView(
        "c/index.html", "conflicts.html", ConflictsView(tuple(x for _, x in cards)), updated=updated
    )
    concerned, cited = _concerned(known), _cited(known)
    for c, card in cards:
        view = ConflictView(
            card,
            prose.html(c.note, 3),
            c.by,
            tuple(concerned.get(card.href, ())),
            tuple(cited.get(card.href, ())),
        )
        crumbs = (Link("", "c/"),)
        yield PageView(f"c/{c.id}/index.html", "conflict.html", view, updated, crumbs=crumbs)


def _concerned(known: Known) -> dict[str, list[Link]]:
    """By a conflict's address the people, organisations and products whose pages name it."""
    out: dict[str, list[Link]] = {}
    for e in known.site.entities:
        articles = [s.article for s in known.seen_in.get(e.id, ()) if s.article in known.articles]
        for link in over_entity(e, articles, known):
            out.setdefault(link.href, []).append(known.entity(e.id))
    return out


def _cited(known: Known) -> dict[str, list[Link]]:
    """By a conflict's address the quotes and figures whose pages name it, in the order of their articles."""
    out: dict[str, list[Link]] = {}
    items: list[tuple[str, QuoteItem | FigureItem]] = [
        *(("q", q) for held in known.quotes_in.values() for q in held),
        *(("f", f) for held in known.figures_in.values() for f in held),
    ]
    for folder, item in items:
        for link in over_item(item, known):
            out.setdefault(link.href, []).append(Link(_short(item), f"{folder}/{item.id}/"))
    return out


def _short(item: QuoteItem | FigureItem) -> str:
    words = item.noted.item.text.split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def _allowed(r: Reading, a: Article) -> tuple[str, str]:
    """A reading's words and sentence, as far as the text mode of its article lets them be shown."""
    if a.shown.mode == "private":
        return "", ""
    shown = a.shown.mode == "full" or r.exact in a.shown.text
    return r.words, r.exact if shown else ""


def _mended(r: Reading, a: Article) -> bool:
    """Whether a reading's words no longer stand in the text as it is shown in full."""
    shown = (a.shown.text, a.shown.headline, a.shown.standfirst)
    return a.shown.mode == "full" and not any(r.words in part for part in shown if part)


def conflict_card(c: Conflict, known: Known) -> ConflictCard:
    """A conflict with those of its readings that may be shown."""
    rows = []
    for r in c.readings:
        a = known.articles.get(r.article)
        if a is None or a.withdrawn:
            continue
        words, sentence = _allowed(r, a)
        before, found, after = sentence.partition(words) if words else ("", "", "")
        exact = (before, found, after) if found and sentence else ("", "", "")
        if c.slot == "speaker":  # the words are the speaker's name: the sentence is what was said
            exact = ("", sentence, "")
        outlet = known.outlet(a.outlet.value) if a.outlet.value else None
        name = outlet.name if outlet else a.outlet.value
        rows.append(ReadingRow(known.article(a.id), name, words, exact, _mended(r, a)))
    return ConflictCard(c.question, f"c/{c.id}/", c.kind, tuple(rows), c.by)
