"""Whose a figure is, and whether it is a fact, a claim, a plan or an estimate.

A figure in a quotation is its speaker's, one in a reported statement the
reporter's; any other is the outlet's (claimant None). The words of
the sentence say whether it is a plan, an estimate or a claim (the annotator
has read them); what stands in somebody's mouth is a claim at least.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from digest import editor
from digest.model import (
    ClaimStatus,
    Document,
    Evidence,
    Figure,
    FigureOverride,
    Indirect,
    Quote,
)
from digest.rules import Rules
from digest.text import Cert, Span, Text

Speech = Quote | Indirect
MENDING = ("repair", "editor")
NESTED = 40  # speeches back that may still run on around a figure: a post of 40 quoted lines


def claimed(document: Document, rules: Rules, evidence: Sequence[Evidence] = ()) -> Document:
    """The document with claimant and status of its figures, and the editor's word on them."""
    overrides = [e for e in evidence if isinstance(e, FigureOverride)] if evidence else []
    if not document.figures and not overrides:
        return document
    if not (overrides or document.quotes or document.indirect or _mended(document)):
        return document
    found = _Claims(document)
    figures = [found.of(f) for f in document.figures]
    if overrides:
        used: set[Evidence] = set()
        figures = [_overridden(f, document, overrides, used) for f in figures]
        texts = [document.body.value, *(p.text.value for p in document.parts)]
        idle = editor.idle_overrides(overrides, used, texts, "figure")
        document = document._replace(doubts=(*document.doubts, *idle)) if idle else document
    if all(new is old for new, old in zip(figures, document.figures, strict=True)):
        return document
    return document._replace(figures=tuple(figures))


def _mended(document: Document) -> bool:
    """Whether a layer of any part may have written words of its own."""
    if not (document.body.layers or document.parts):
        return False  # most lone sentences
    return any(map(_emended, (document.body, *(p.text for p in document.parts))))


def _emended(text: Text) -> bool:
    """Whether a layer of `text` wrote words of its own."""
    mended = any(layer.name in MENDING for layer in text.layers)
    return mended and any(e.kind == "emend" for layer in text.layers for e in layer.applied)


class _Claims:
    """One document's quotations and reported statements, and where it was mended."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.written: dict[str, tuple[list[int], list[int]]] = {}
        said: list[Speech] = [q for q in document.quotes if q.kind not in ("term", "title")]
        said += document.indirect
        self.speech: dict[str, list[Speech]] = {}
        for one in sorted(said, key=lambda x: (x.start, -x.end)):
            self.speech.setdefault(_part(one), []).append(one)

    def of(self, f: Figure) -> Figure:
        """The figure with its claimant, its status, and whether an emendation wrote part of it."""
        text = self.document.part_text(f.part)
        speech = self._speech(f) if self.speech else None
        damaged = f.damaged or self._mended(f, text)
        if not speech and damaged == f.damaged:
            return f
        cert: Cert = "medium" if damaged and f.cert == "high" else f.cert
        claimant = (speech.speaker_full or speech.speaker) if speech else None
        status: ClaimStatus = "claim" if speech and f.status == "fact" else f.status
        return f._replace(claimant=claimant, status=status, damaged=damaged, cert=cert)

    def _mended(self, f: Figure, text: Text) -> bool:
        """Whether an emendation wrote words into the figure."""
        if f.part not in self.written:
            edits = text.raw_edits() if _emended(text) else ()
            applied = (e for e in edits if e.edit.kind == "emend" and e.edit.status == "applied")
            spans = sorted(Span(e.start, e.end) for e in applied)
            self.written[f.part] = [a for a, _ in spans], list(accumulate((b for _, b in spans), max))
        starts, reached = self.written[f.part]
        begun = bisect_left(starts, f.end)
        return begun > 0 and reached[begun - 1] > f.start

    def _speech(self, f: Figure) -> Speech | None:
        """The outermost quotation that holds the figure; else the reported statement."""
        around = self.speech.get(f.part, [])
        i = bisect_right(around, f.start, key=lambda x: x.start)
        holding = [x for x in around[max(0, i - NESTED) : i] if f.end <= x.end]
        return next((x for x in holding if isinstance(x, Quote)), holding[0] if holding else None)


def _part(speech: Speech) -> str:
    return speech.part if isinstance(speech, Quote) else "body"


def _overridden(
    f: Figure, document: Document, overrides: Sequence[FigureOverride], used: set[Evidence]
) -> Figure:
    """The figure with the editor's word on it; notes in `used` which overrides met it."""
    text = document.part_text(f.part).value
    for o in overrides:
        if any(start < f.end and f.start < end for start, end in editor.places(text, o.target)):
            used.add(o)
            changes = {
                k: v
                for k in ("subject", "claimant", "status", "key", "unlike")
                if (v := getattr(o, k)) is not None
            }
            f = f._replace(**changes, note=o.note or f.note, rule="figure.editor")
    return f
