"""What may be published of a text, decided once, before any page is made.

`full`: everything. `excerpt`: quotes and key figures with their sentences.
`private`: nothing but counts. Pages, feeds, search and data see the `Shown`
alone, so no template can publish more than the mode allows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from digest import ids
from digest.clean.byline import signed
from digest.edit import LAID
from digest.model import Block, Document, Figure, Indirect, Mention, PartName, Quote
from digest.sentences import around
from digest.site import Mode, Noted, Shown, ShownEdit
from digest.text import RawEdit, Span, Text
from digest.voices import is_turn

SPEECH = ("direct", "partial", "block", "continuation", "broken")
FIRST_WORDS = 4  # of a removed passage, where the text itself may not be shown
A = TypeVar("A", Indirect, Mention)


def shown(document: Document, mode: Mode, article: str, sha256: str = "") -> Shown:
    """What the mode allows of a document, with the ids of what is annotated."""
    counts = _counts(document)
    if mode == "private":
        return Shown(mode, "", raw_length=len(document.body.raw), sha256=sha256, counts=counts)
    whole = Shown(
        mode="full",
        text=document.body.value,
        headline=document.headline or "",
        standfirst=document.standfirst or "",
        byline=signed(document.byline or ""),
        dateline=document.dateline or "",
        published=document.published or "",
        raw=document.body.raw,
        raw_length=len(document.body.raw),
        sha256=sha256,
        blocks=document.blocks,
        quotes=tuple(_noted(document, article, document.quotes)),
        figures=tuple(_noted(document, article, document.figures)),
        indirect=document.indirect,
        mentions=document.mentions,
        edits=tuple(_edits(document, article)),
        counts=counts,
        diagnosis=document.diagnosis,
        doubts=document.doubts,
    )
    return whole if mode == "full" else _excerpt(whole)


def addresses(shown: Shown) -> set[str]:
    """The addresses of the pages that a text's quotes and figures have."""
    quotes = {f"q/{n.page}/" for n in shown.quotes if n.page}
    return quotes | {f"f/{n.page}/" for n in shown.figures if n.page}


def _counts(d: Document) -> dict[str, int]:
    edits = d.body.raw_edits()
    every = [*edits, *(e for p in d.parts for e in p.text.raw_edits())]
    return {
        "words": len(d.body.value.split()),
        "removed": sum(e.edit.kind == "excise" and e.edit.status == "applied" for e in edits),
        "moved": sum(e.edit.kind == "move" and e.edit.status == "applied" for e in edits),
        "mended": sum(_mends(e) for e in every),
        "open": sum(e.edit.status != "applied" for e in every),
        "quotes": sum(q.kind in SPEECH for q in d.quotes),
        "figures": sum(f.key for f in d.figures),
    }


def _mends(e: RawEdit) -> bool:
    return e.edit.status == "applied" and (
        e.edit.kind in ("emend", "split") or (e.edit.kind == "decode" and e.edit.cls == "mojibake")
    )


def _noted(document: Document, article: str, items: Sequence[Quote | Figure]) -> Iterator[Noted]:
    """Each quote or figure with its ids, its sentence, and its place in the raw text."""
    taken: set[str] = set()
    for item in items:
        text = document.part_text(item.part)
        lo, hi = text.raw_span(item.start, item.end)
        words = text.raw[lo:hi]
        kind = "quote" if isinstance(item, Quote) else "figure"
        key: tuple[str, ...] = (article, kind, words, str(ids.occurrence(text.raw, words, lo)))
        page = ids.short(*key) if _has_page(item) else ""
        while page and page in taken:  # one emendation may have given two figures one raw stretch
            key = (*key, item.text)
            page = ids.short(*key)
        taken.add(page)
        anchor = "n" + ids.short(*key, length=ids.IN_ARTICLE)
        while anchor in taken:  # two readings of the same words: the later one gets a longer name
            anchor += "x"
        taken.add(anchor)
        span = around(text.value, item.start, item.end)
        yield Noted(anchor, page, item, text.value[span.start : span.end], lo, hi)


def _has_page(item: Quote | Figure) -> bool:
    return item.kind in SPEECH if isinstance(item, Quote) else item.key


def _edits(document: Document, article: str) -> Iterator[ShownEdit]:
    parts: list[tuple[PartName, Text]] = [("body", document.body)]
    parts += [(p.name, p.text) for p in document.parts]
    taken: set[str] = set()
    for name, text in parts:
        starts = _line_starts(text.raw)
        for e in text.raw_edits():
            if name == "body" or (e.edit.cls != "elsewhere" and e.layer not in LAID):
                made = _edit(e, name, article, text.raw, starts)
                while made.id in taken:  # two rules say the same of the same words
                    made = replace(made, id=made.id + "x")
                taken.add(made.id)
                yield made


def _line_starts(raw: str) -> list[int]:
    out, at = [0], raw.find("\n")
    while at >= 0:
        out.append(at + 1)
        at = raw.find("\n", at + 1)
    return out


def _edit(e: RawEdit, part: str, article: str, raw: str, starts: Sequence[int]) -> ShownEdit:
    at = str(ids.occurrence(raw, e.old, e.raw_start)) if e.old else str(e.raw_start)
    name = ids.short(article, "edit", part, e.layer, e.edit.kind, e.edit.cls, e.old, e.new, at)
    first = e.raw_start + len(e.old) - len(e.old.lstrip()) if e.old.strip() else e.raw_start
    return ShownEdit(
        id="e" + name,
        kind=e.edit.kind,
        layer=e.layer,
        cls=e.edit.cls,
        rule=e.edit.rule,
        why=e.edit.why,
        cert=e.edit.cert,
        status=e.edit.status,
        by=e.edit.by,
        old=e.old,
        new=e.new,
        line=bisect_right(starts, first),
        raw_start=e.raw_start,
        raw_end=e.raw_end,
        at=e.start,
        end=e.end,
        part=part,
    )


# Excerpts


def _excerpt(whole: Shown) -> Shown:
    """Only the sentences of quotes and key figures, each run of them a block."""
    keep = sorted(_kept(whole))
    blocks: list[Block] = []
    moves: list[tuple[Span, int]] = []
    pieces: list[str] = []
    size = 0
    for span in keep:
        if pieces:
            pieces.append("\n\n")
            size += 2
        words = whole.text[span.start : span.end]
        blocks.append(Block("paragraph", size, size + len(words)))
        moves.append((span, size - span.start))
        pieces.append(words)
        size += len(words)
    return replace(
        whole,
        mode="excerpt",
        text="".join(pieces),
        standfirst="",
        raw="",
        blocks=tuple(blocks),
        gaps=tuple(range(len(blocks))),
        quotes=tuple(_noted_in(whole.quotes, moves, whole)),
        figures=tuple(_noted_in(whole.figures, moves, whole)),
        indirect=tuple(_shifted(whole.indirect, moves)),
        mentions=tuple(_shifted(whole.mentions, moves)),
        edits=tuple(_edit_in(e, moves) for e in whole.edits),
        doubts=tuple(replace(d, message="") for d in whole.doubts),
    )


def _kept(whole: Shown) -> Iterator[Span]:
    """The sentences that may be shown, joined where they touch or overlap."""
    wanted = [
        n.item for n in (*whole.quotes, *whole.figures) if n.page and n.item.part == "body" and not _told(n)
    ]
    spans = sorted(around(whole.text, i.start, i.end) for i in wanted)
    current: Span | None = None
    for s in spans:
        if current and s.start <= current.end:
            current = Span(current.start, max(current.end, s.end))
            continue
        if current:
            yield current
        current = s
    if current:
        yield current


def _told(n: Noted) -> bool:
    """Whether a quote is a turn: an interview is nothing else, and all of it would be no excerpt."""
    return isinstance(n.item, Quote) and is_turn(n.item)


Moves = Sequence[tuple[Span, int]]


def _move(start: int, end: int, moves: Moves) -> int | None:
    """By how much a span moves into the excerpt; None when it is not in it."""
    return next((by for span, by in moves if span.start <= start and end <= span.end), None)


def _noted_in(items: Sequence[Noted], moves: Moves, whole: Shown) -> Iterator[Noted]:
    for n in items:
        if n.item.part == "headline":
            yield n
        elif n.item.part == "body":
            by = _move(n.item.start, n.item.end, moves)
            if by is not None:
                yield replace(n, item=_moved(n.item, by))


def _moved(item: Quote | Figure, by: int) -> Quote | Figure:
    """The item in the excerpt's offsets; where its speaker stands may not be in the excerpt."""
    if isinstance(item, Quote):
        return item._replace(start=item.start + by, end=item.end + by, speaker_span=None)
    return item._replace(start=item.start + by, end=item.end + by)


def _shifted(items: Sequence[A], moves: Moves) -> Iterator[A]:
    for item in items:
        if getattr(item, "part", "body") == "headline":
            yield item
            continue
        by = _move(item.start, item.end, moves) if getattr(item, "part", "body") == "body" else None
        if by is not None:
            moved = item._replace(start=item.start + by, end=item.end + by)
            yield moved._replace(speaker_span=None) if isinstance(moved, Indirect) else moved


def _edit_in(e: ShownEdit, moves: Moves) -> ShownEdit:
    """An edit inside an excerpt whole; any other by its first words."""
    by = (
        _move(e.at, e.end, moves)
        if e.at >= 0 and e.part == "body" and e.kind not in ("excise", "move")
        else None
    )
    if by is not None:
        return replace(e, at=e.at + by, end=e.end + by)
    words = e.old.split()
    short = " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
    return replace(e, old=short, new="", at=-1, end=-1, cut=True)
