"""An article's page: its text with marks and notes, and what it is connected with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.model import Block
from digest.site import Article, ShownEdit, Witness
from digest.views import prose
from digest.views.anchors import Anchor, anchors
from digest.views.cards import article_card, correction_card, entity_line, quote_card
from digest.views.known import Known
from digest.views.notes import Found, Marked, Note, found, marked
from digest.views.page import (
    ArticleCard,
    CorrectionCard,
    EntityLine,
    FactCard,
    Link,
    PageView,
    QuoteCard,
    RelatedLine,
)
from digest.views.tokens import Mark, Token, tokens


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph, crosshead or list item with its notes; what was cut just before it."""

    kind: str
    id: str
    tokens: tuple[Token, ...]
    notes: tuple[Note, ...]
    quotes: int = 0
    figures: int = 0
    repairs: int = 0
    remarks: int = 0
    conflicts: int = 0
    terms: int = 0
    cuts: tuple[Cut, ...] = ()
    gap: bool = False  # something was left out after it by the text mode
    ends_list: bool = False
    begins_list: bool = False
    marked: bool = False  # a list item that has its own dot or number
    anchor: str = ""  # the id of its first sentence; the others' stand in `tokens`


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage that was removed here."""

    cls: str
    href: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A kind of damage that the whole text shows."""

    name: str
    score: str
    open: bool


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All that an article's page shows."""

    card: ArticleCard
    address: FactCard
    title_basis: str
    language: str
    headline: BlockView
    standfirst: BlockView | None
    blocks: tuple[BlockView, ...]
    notes: int
    signs: tuple[Sign, ...]
    note: prose.Split  # the editor's
    witnesses: tuple[Witness, ...]
    dateline: str
    corrections: tuple[CorrectionCard, ...]
    stories: tuple[Link, ...]
    conflicts: tuple[Link, ...]
    lineages: tuple[Link, ...]
    names: tuple[EntityLine, ...]
    others: tuple[RelatedLine, ...]  # worth reading with it, nearest first
    sha256: str
    raw_length: int
    doubts: tuple[str, ...]
    layers: tuple[str, ...] = ()  # the kinds of marks that it has, each to be switched off


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """What is left of a withdrawn article."""

    id: str
    reason: str
    corrections: tuple[CorrectionCard, ...]


def article_pages(known: Known) -> Iterator[PageView]:
    """A page for every article, newest first; a withdrawn one says so."""
    for a in known.site.articles:
        crumbs = _crumbs(a, known)
        yield PageView(
            f"a/{a.id}/index.html",
            "withdrawn.html" if a.withdrawn else "article.html",
            _withdrawn(a, known) if a.withdrawn else article_view(a, known),
            updated=last_change(a, known),
            listed=not a.withdrawn,
            crumbs=crumbs,
        )


def _crumbs(a: Article, known: Known) -> tuple[Link, ...]:
    stories = known.stories_of.get(a.id, ())
    if a.withdrawn or not stories:
        return ()
    return (Link(stories[0].title, f"s/{stories[0].id}/"),)


def _withdrawn(a: Article, known: Known) -> WithdrawnView:
    return WithdrawnView(a.id, a.withdrawn, _corrections(a, known))


def last_change(a: Article, known: Known) -> str:
    """The day of the article's last change that the data know of."""
    days = [c.date for c in known.corrections_of.get(f"a/{a.id}", ())]
    days += [a.added] if a.added else []
    return max(d.date().isoformat() for d in days) if days else ""


def _corrections(a: Article, known: Known) -> tuple[CorrectionCard, ...]:
    return tuple(correction_card(c, known) for c in known.corrections_of.get(f"a/{a.id}", ()))


def article_view(a: Article, known: Known) -> ArticleView:
    """An article with its marks; notes are numbered from 1, headline first."""
    shown = a.shown
    linked: set[str] = set()
    numbers: dict[str, int] = {}
    places, spots, removed = marked(shown, known), anchors(a), [e for e in shown.edits if _removed(e)]
    headline, number = _headline(a, places, known, linked, numbers)
    standfirst = None
    if shown.standfirst:
        made = found(a, places, "standfirst", 0, len(shown.standfirst), known, number, linked, numbers)
        standfirst, number = _block("standfirst", "standfirst", shown.standfirst, made, numbers), made.number
    blocks: list[BlockView] = []
    for i, block in enumerate(shown.blocks):
        made = found(a, places, "body", block.start, block.end, known, number, linked, numbers)
        number = made.number
        blocks.append(_body_block(a, i, made, removed, numbers, _within(spots, block)))
    return ArticleView(
        card=article_card(a, known),
        address=FactCard(a.address.value, a.address.basis, a.address.reason, a.address.value),
        title_basis=a.title_basis,
        language=a.language,
        headline=headline,
        standfirst=standfirst,
        blocks=tuple(blocks),
        notes=number - 1,
        signs=tuple(Sign(k, f"{s.score:.2f}", s.open) for k, s in shown.diagnosis if s.open),
        note=prose.split(a.note),
        witnesses=a.witnesses,
        dateline=shown.dateline,
        corrections=_corrections(a, known),
        stories=tuple(Link(s.title, f"s/{s.id}/") for s in known.stories_of.get(a.id, ())),
        conflicts=tuple(Link(c.question, f"c/{c.id}/") for c in known.conflicts_of.get(a.id, ())),
        lineages=tuple(Link(x.title, f"tree/#{x.id}") for x in known.lineages_of.get(a.id, ())),
        names=names(a, known),
        others=_others(a, known),
        sha256=shown.sha256,
        raw_length=shown.raw_length,
        doubts=a.doubts,
        layers=_layers(blocks),
    )


def _removed(e: ShownEdit) -> bool:
    return e.kind == "excise" and e.status == "applied" and e.part == "body" and e.at >= 0


OWN_MARK = re.compile(r"[•‣▪◦·*–-]|\(?\d{1,2}[.)]")  # of a list item
MARKED = {"fig": "figures", "q": "quotes", "fix": "repairs", "flag": "repairs", "diff": "conflicts"}
MARKED |= {"term": "terms", "name": "names"}


def _layers(blocks: Sequence[BlockView]) -> tuple[str, ...]:
    kinds = {t.kind for b in blocks for t in b.tokens if t.op == "open"}
    return tuple(sorted({MARKED[k] for k in kinds if k in MARKED}))


def names(a: Article, known: Known) -> tuple[EntityLine, ...]:
    """Who and what is named in the article, most often named first."""
    seen = sorted(known.names_in.get(a.id, ()), key=lambda s: (-s.count, s.entity))
    return tuple(entity_line(known.entities[s.entity], known) for s in seen if s.entity in known.entities)


def _others(a: Article, known: Known) -> tuple[RelatedLine, ...]:
    """What linking found near, with what they share; then the other texts of its stories."""
    near = [r for r in known.related_to.get(a.id, ()) if r.other in known.articles]
    lines = [
        RelatedLine(
            article_card(known.articles[r.other], known),
            tuple((x.kind, len(x.ids)) for x in r.reasons if x.kind in ("utterance", "figure", "entity")),
        )
        for r in near
    ]
    there = {r.other for r in near}
    lines += [RelatedLine(c, ()) for c in _story_texts(a, known) if c.id not in there]
    return tuple(lines[:8])


def _story_texts(a: Article, known: Known) -> tuple[ArticleCard, ...]:
    ids = dict.fromkeys(i for s in known.stories_of.get(a.id, ()) for i in s.articles if i != a.id)
    wanted = (known.articles[i] for i in ids if i in known.articles)
    return tuple(article_card(o, known) for o in wanted if not o.withdrawn)


def quotes_in(a: Article, known: Known) -> tuple[QuoteCard, ...]:
    return tuple(quote_card(q, known) for q in known.quotes_in.get(a.id, ()))


def _headline(
    a: Article, places: Marked, known: Known, linked: set[str], numbers: dict[str, int]
) -> tuple[BlockView, int]:
    """The title with its marks where it is the witness's own headline."""
    made = Found((), (), 1)
    if a.title == a.shown.headline:
        made = found(a, places, "headline", 0, len(a.title), known, 1, linked, numbers)
    return _block("headline", "headline", a.title, made, numbers), made.number


def _block(kind: str, id: str, text: str, made: Found, numbers: dict[str, int]) -> BlockView:
    run, notes = _in_order(tokens(text, 0, len(text), made.marks), made.notes, numbers)
    return _made(kind, id, run, notes)


def _in_order(
    run: tuple[Token, ...], notes: tuple[Note, ...], numbers: dict[str, int]
) -> tuple[tuple[Token, ...], tuple[Note, ...]]:
    """Tokens and notes numbered as the numbers stand in the text, where several end at one place."""
    refs = dict.fromkeys(t.ref for t in run if t.op == "ref" and not t.extra)
    refs |= dict.fromkeys(n.number for n in notes)
    first = min((n.number for n in notes), default=0)
    new = {old: first + i for i, old in enumerate(refs)}
    again = tuple(replace(t, ref=new.get(t.ref, t.ref)) if t.op == "ref" else t for t in run)
    made = sorted((replace(n, number=new[n.number]) for n in notes), key=lambda n: n.number)
    numbers.update({n.id: n.number for n in made if n.id in numbers})
    return again, tuple(made)


def _within(spots: Sequence[Anchor], block: Block) -> Sequence[Anchor]:
    """The sentences that begin in a block."""
    lo, hi = (bisect_left(spots, at, key=lambda s: s.start) for at in (block.start, block.end))
    return spots[lo:hi]


def _body_block(
    a: Article,
    i: int,
    made: Found,
    removed: Sequence[ShownEdit],
    numbers: dict[str, int],
    spots: Sequence[Anchor],
) -> BlockView:
    blocks = a.shown.blocks
    block = blocks[i]
    marks = (*made.marks, *(Mark(s.start, s.start, "here", s.id) for s in spots[1:]))
    run, notes = _in_order(tokens(a.shown.text, block.start, block.end, marks), made.notes, numbers)
    item = block.kind == "list-item"
    return _made(
        block.kind,
        f"b{i + 1}",
        run,
        notes,
        cuts=_cuts(a, removed, blocks, i),
        gap=i in a.shown.gaps,
        begins_list=item and (i == 0 or blocks[i - 1].kind != "list-item"),
        ends_list=item and (i + 1 == len(blocks) or blocks[i + 1].kind != "list-item"),
        anchor=spots[0].id if spots else "",
        marked=item and OWN_MARK.match(a.shown.text, block.start) is not None,
    )


def _cuts(a: Article, removed: Sequence[ShownEdit], blocks: Sequence[Block], i: int) -> tuple[Cut, ...]:
    """Passages removed between the block before and this one."""
    lo = blocks[i - 1].end if i else -1
    hi = blocks[i].start
    return tuple(Cut(e.cls, f"a/{a.id}/clean/#{e.id}") for e in removed if lo < e.at <= hi)


def _made(
    kind: str,
    id: str,
    run: tuple[Token, ...],
    notes: tuple[Note, ...],
    cuts: tuple[Cut, ...] = (),
    gap: bool = False,
    begins_list: bool = False,
    ends_list: bool = False,
    anchor: str = "",
    marked: bool = False,
) -> BlockView:
    counts = Counter(n.kind for n in notes)
    repairs = sum(c.times for n in notes for g in n.changes for c in g.items)
    return BlockView(
        kind,
        id,
        run,
        notes,
        counts["quote"],
        counts["figure"],
        repairs,
        counts["editor"],
        counts["conflict"],
        counts["term"],
        cuts,
        gap,
        ends_list,
        begins_list,
        marked,
        anchor,
    )
