"""The editor's glossary, and what figures make of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from digest import ids
from digest.site import Article, Compared, Comparison, FigureItem, Term
from digest.views import prose
from digest.views.known import Known
from digest.views.page import Link, PageView

NAMES = re.compile(r"[a-z][a-z0-9_]*")
SIGNS = {"*": "×", "/": "÷", "-": "−"}


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with its explanation, terms to see beside it, and the texts that use it."""

    id: str
    term: str
    meaning: str
    see: tuple[Link, ...]
    texts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    terms: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A figure of a comparison: its words as scraped, how they read once mended, its text."""

    words: str
    mended: str
    unit: str
    page: Link


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """A comparison with its arithmetic in figures: "2.80 ÷ 0.014 = 200"."""

    id: str
    statement: str
    arithmetic: str
    figures: tuple[ComparedLine, ...]
    like_for_like: bool
    note: str


@dataclass(frozen=True, slots=True)
class ComparisonsView:
    comparisons: tuple[ComparisonCard, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term's first mention in a text (offsets into it), with what it means: safe HTML, and plain."""

    start: int
    end: int
    term: Term
    meaning: prose.Split
    plain: str


def term_anchor(article: str, term: str) -> str:
    """The id of the note on a term in an article's page."""
    return "n" + ids.short(article, "term", term, length=6)


@lru_cache(maxsize=8)
def _forms(glossary: tuple[Term, ...]) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """All spellings as one pattern, the longest first, and whose each is."""
    terms = {form.casefold(): t for t in reversed(glossary) for form in t.forms}
    either = "|".join(re.escape(f) for f in sorted(terms, key=lambda f: (-len(f), f)))
    return re.compile(rf"(?<!\w)(?:{either or '(?!)'})(?!\w)", re.IGNORECASE), terms


@lru_cache(maxsize=1024)
def _meaning(markdown: str) -> tuple[prose.Split, str]:
    return prose.split(markdown), prose.plain(markdown)


def first_mentions(text: str, glossary: tuple[Term, ...]) -> Sequence[Mention]:
    """The first mention of each term in `text`, in order; a longer spelling is taken before a shorter."""
    pattern, terms = _forms(glossary)
    found: dict[str, Mention] = {}
    for m in pattern.finditer(text):
        term = terms.get(m[0].casefold())
        if term and term.id not in found:
            found[term.id] = Mention(m.start(), m.end(), term, *_meaning(term.meaning))
    return tuple(found.values())


def term_pages(known: Known) -> Iterator[PageView]:
    """The glossary and the comparisons; neither page when there is nothing for it."""
    glossary = known.site.glossary
    used = {a.id: {m.term.id for m in first_mentions(a.shown.text, glossary)} for a in known.standing}
    terms = tuple(_term(t, known, used) for t in sorted(glossary, key=lambda t: t.term.casefold()))
    if terms:
        yield PageView("glossary/index.html", "glossary.html", GlossaryView(terms))
    cards = comparisons(known)
    if cards:
        crumbs = (Link("", "f/"),)
        yield PageView("f/compared/index.html", "compared.html", ComparisonsView(cards), crumbs=crumbs)


def comparisons(known: Known) -> tuple[ComparisonCard, ...]:
    """All comparisons whose texts may be shown, in the editor's order."""
    return tuple(card for c in known.site.comparisons if (card := _card(c, known)))


def _term(t: Term, known: Known, used: Mapping[str, set[str]]) -> TermLine:
    names = {other.id: other.term for other in known.site.glossary}
    return TermLine(
        t.id,
        t.term,
        prose.html(t.meaning),
        tuple(Link(names[i], f"glossary/#{i}") for i in t.see),
        tuple(
            Link(a.title, f"a/{a.id}/#{term_anchor(a.id, t.id)}")
            for a in known.standing
            if t.id in used[a.id]
        ),
    )


def _card(c: Comparison, known: Known) -> ComparisonCard | None:
    """None when one of its texts may not be shown."""
    articles: Mapping[str, Article] = {a.id: a for a in known.standing if a.shown.mode != "private"}
    if any(f.article not in articles for f in c.figures):
        return None
    lines = dict.fromkeys(ComparedLine(f.words, f.mended, f.unit, _page(f, known)) for f in c.figures)
    return ComparisonCard(
        c.id, prose.html(c.statement), arithmetic(c), tuple(lines), c.like_for_like, prose.html(c.note)
    )


def arithmetic(c: Comparison) -> str:
    """The sum with figures in place of names, and its result."""
    values = {f.name: f"{Decimal(f.value):,f}" for f in c.figures}
    spaced = re.sub(r"[*/-]", lambda m: SIGNS[m[0]], c.sum)
    equals = "=" if c.exact else "≈"
    return f"{NAMES.sub(lambda m: values[m[0]], spaced)} {equals} {Decimal(c.result):,f} {c.unit}".strip()


def _page(f: Compared, known: Known) -> Link:
    """The figure's own page, where the text has one; else the text's."""
    page = known.article(f.article)
    return Link(page.text, f"f/{item.id}/") if (item := figure_of(f, known)) else page


def figure_of(f: Compared, known: Known) -> FigureItem | None:
    """The figure that a comparison names by its words; None when it has no page."""
    held = [(i, i.noted.item.text) for i in known.figures_in.get(f.article, ())]
    same = (i for i, words in held if words in (f.words, f.mended))
    holding = (i for i, words in held if f.words in words or (f.mended and f.mended in words))
    return next(same, None) or next(holding, None)


def comparisons_of(f: FigureItem, known: Known) -> tuple[ComparisonCard, ...]:
    """The editor's comparisons that a figure is part of."""
    its = (c for c in known.site.comparisons if any(_is(f, figure_of(x, known)) for x in c.figures))
    return tuple(card for c in its if (card := _card(c, known)))


def _is(f: FigureItem, other: FigureItem | None) -> bool:
    return other is not None and other.id == f.id
