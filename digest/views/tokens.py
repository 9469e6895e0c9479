"""A stretch of text with marks over it, as a flat run of tokens that always nest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["q", "fix", "flag", "fig", "name", "diff", "term", "here"]
Op = Literal["text", "open", "close", "ref", "cut", "aside"]
RANK = {"name": 3, "q": 0, "fix": 1, "flag": 1, "fig": 2, "diff": 1, "term": 1, "here": 4}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be shown: `start` and `end` in the part's text, half-open.

    `id` is the anchor it carries (first fragment only); `ref` the note whose
    number follows it (last fragment only). `value`: the machine's value of a
    figure, the address of a name, the old words of a mended place. `after`:
    bracketed words of the editor that follow it. `key` names a quote's witness.
    A mark of the kind `here` has no width: a sentence begins there.
    """

    start: int
    end: int
    kind: Kind
    id: str = ""
    ref: int = 0
    value: str = ""
    extra: str = ""
    after: str = ""
    key: str = ""
    again: str = ""  # "again" where the number stands a second time


@dataclass(frozen=True, slots=True)
class Token:
    """One thing to print: words, the opening or closing of a mark, a note's number."""

    op: Op
    text: str = ""
    kind: str = ""
    id: str = ""
    ref: int = 0
    value: str = ""
    extra: str = ""
    key: str = ""


def tokens(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Token, ...]:
    """`text[start:end]` with its marks; those that overlap are split at the boundaries.

    Marks may have no width. What lies outside is cut to the stretch.
    """
    cut = (replace(m, start=max(m.start, start), end=min(m.end, end)) for m in marks)
    ordered = sorted(
        (m for m in cut if m.start <= m.end), key=lambda m: (m.start, -m.end, RANK[m.kind], m.id)
    )
    return tuple(_tokens(text, start, end, ordered))


def _tokens(text: str, start: int, end: int, ordered: Sequence[Mark]) -> Iterator[Token]:
    open_: list[Mark] = []
    pos = start
    for m in ordered:
        while open_ and (first := min(x.end for x in open_)) <= m.start:
            if first > pos:
                yield Token("text", text[pos:first])
                pos = first
            yield from _closed(open_, first)
        if m.start > pos:
            yield Token("text", text[pos : m.start])
            pos = m.start
        yield _open(m)
        open_.append(m)
    while open_:
        first = min(x.end for x in open_)
        if first > pos:
            yield Token("text", text[pos:first])
            pos = first
        yield from _closed(open_, first)
    if end > pos:
        yield Token("text", text[pos:end])


def _open(m: Mark) -> Token:
    return Token("open", kind=m.kind, id=m.id, value=m.value, extra=m.extra, key=m.key)


def _continued(m: Mark) -> Mark:
    """What opens again after a split: without its anchor, and without old words shown already."""
    return replace(m, id="", value="" if m.kind == "fix" else m.value)


def _closed(open_: list[Mark], at: int) -> Iterator[Token]:
    """Closes what ends at `at`; what lies above it is closed and opened again.

    A quote's number stands at its end but within it, so that the quote can be
    reached by keyboard; every other number follows its mark.
    """
    lowest = next(i for i, m in enumerate(open_) if m.end <= at)
    still = [_continued(m) for m in open_[lowest:] if m.end > at]
    for m in reversed(open_[lowest:]):
        number = Token("ref", ref=m.ref, extra=m.again) if m.ref and m.end <= at else None
        if number and m.kind == "q":
            yield number
        yield Token("close", kind=m.kind, extra=m.extra)
        if m.end <= at and m.after:
            yield Token("aside", m.after)
        if number and m.kind != "q":
            yield number
    del open_[lowest:]
    for m in still:
        yield _open(m)
        open_.append(m)
