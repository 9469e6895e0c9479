"""How a text was cleaned: every edit with its reason, and the scraped text with all of them in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.site import Article, ShownEdit
from digest.views.article import last_change
from digest.views.cards import article_card
from digest.views.known import Known
from digest.views.notes import SILENT
from digest.views.page import ArticleCard, Link, PageView

LETTERS = {"excise": "R", "move": "M", "emend": "W", "split": "S", "decode": "E", "space": "B", "flag": "D"}


@dataclass(frozen=True, slots=True)
class EditRow:
    """One edit: `code` is its number on this page, for display."""

    id: str
    code: str
    kind: str
    cls: str
    rule: str
    why: str
    cert: str
    status: str
    by: str
    old: str
    new: str
    line: int
    cut: bool
    part: str
    layer: str

    @property
    def plain(self) -> bool:
        """Whether it is counted by kind and not listed; each still stands in the text below."""
        return self.cls == "markup" or (
            self.kind == "space" and (self.layer == "clean" or self.cls in SILENT)
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Edits of white space and signs of markup that share rule and reason."""

    kind: str
    cls: str
    rule: str
    why: str
    cert: str
    by: str
    count: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the scraped text: kept as it is, or an edit with its old and new words."""

    text: str
    edit: EditRow | None = None


@dataclass(frozen=True, slots=True)
class CleanView:
    """All that the clean page shows."""

    card: ArticleCard
    rows: tuple[EditRow, ...]
    open: tuple[EditRow, ...]
    groups: tuple[Group, ...]
    pieces: tuple[Piece, ...]
    totals: tuple[tuple[str, int], ...]
    sha256: str
    raw_length: int
    file: str
    encoding: str
    doubts: tuple[str, ...]
    page: bool = False  # whether the witness is an HTML page, of which a text was taken out
    left_out: tuple[tuple[str, int], ...] = ()


def clean_pages(known: Known) -> Iterator[PageView]:
    """A page for every standing article; the address of a withdrawn one's leads to the article's."""
    for a in (a for a in known.site.articles if not a.withdrawn):
        crumbs = (Link(a.title, f"a/{a.id}/"),)
        yield PageView(
            f"a/{a.id}/clean/index.html",
            "clean.html",
            clean_view(a, known),
            updated=last_change(a, known),
            listed=False,
            crumbs=crumbs,
        )


def clean_view(a: Article, known: Known) -> CleanView:
    """The edits in the order of the raw text: those done, those open, white space by kind."""
    rows = tuple(_rows(a))
    done = tuple(r for r in rows if r.status == "applied" and not r.plain)
    kinds = Counter(r.kind for r in rows if r.status == "applied")
    totals = [(k, kinds[k]) for k in LETTERS if kinds[k]]
    open_ = tuple(r for r in rows if r.status != "applied")
    w = a.witnesses[-1] if a.witnesses else None
    return CleanView(
        card=article_card(a, known),
        rows=done,
        open=open_,
        groups=_groups(rows),
        pieces=tuple(_pieces(a.shown.raw, a.shown.edits, {r.id: r for r in rows})),
        totals=tuple(totals),
        sha256=a.shown.sha256,
        raw_length=a.shown.raw_length,
        file=w.file if w else "",
        encoding=w.encoding if w else "",
        doubts=tuple(d.message for d in a.shown.doubts if d.message),
        page=w is not None and w.kind == "html",
        left_out=tuple((kind.replace(" ", "_"), count) for kind, count in a.shown.left_out),
    )


def _rows(a: Article) -> Iterator[EditRow]:
    number: Counter[str] = Counter()
    for e in sorted(a.shown.edits, key=lambda e: (e.raw_start, e.raw_end, e.id)):
        letter = LETTERS[e.kind] if e.status == "applied" else "D"
        number[letter] += 1
        yield EditRow(
            e.id,
            f"{letter}-{number[letter]:02}",
            e.kind,
            e.cls,
            e.rule,
            e.why,
            e.cert,
            e.status,
            "machine" if e.by == "machine" else "editor",
            e.old,
            e.new,
            e.line,
            e.cut,
            e.part,
            e.layer,
        )


def _groups(rows: Sequence[EditRow]) -> tuple[Group, ...]:
    plain = Counter(
        (r.kind, r.cls, r.rule, r.why, r.cert, r.by) for r in rows if r.status == "applied" and r.plain
    )
    return tuple(Group(*key, count) for key, count in sorted(plain.items()))


def _pieces(raw: str, edits: Sequence[ShownEdit], rows: dict[str, EditRow]) -> Iterator[Piece]:
    """The raw text cut at the applied edits of the body; those of other parts lie within them."""
    if not raw:
        return
    pos = 0
    applied = (e for e in edits if e.status == "applied" and e.part == "body")
    for e in sorted(applied, key=lambda e: (e.raw_start, e.raw_end)):
        if e.raw_start < pos:
            continue
        if e.raw_start > pos:
            yield Piece(raw[pos : e.raw_start])
        yield Piece(e.old, rows[e.id])
        pos = e.raw_end
    if pos < len(raw):
        yield Piece(raw[pos:])
