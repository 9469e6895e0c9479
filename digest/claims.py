"""Whose a figure is, and whether it is a fact, a claim, a plan or an estimate.

A figure in a quotation is its speaker's, one in a reported statement the
reporter's; any other is the outlet's (claimant None). The words of
the sentence say whether it is a plan, an estimate or a claim (the annotator
has read them); what stands in somebody's mouth is a claim at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.model import (
    Document,
    Evidence,
    Figure,
    FigureOverride,
    Indirect,
    Quote,
    Target,
)
from digest.rules import Rules
from digest.text import Cert, Text

Speech = Quote | Indirect


def claimed(document: Document, rules: Rules, evidence: Sequence[Evidence] = ()) -> Document:
    """The document with claimant and status of its figures, and the editor's word on them."""
    if not document.figures:
        return document
    found = _Claims(document)
    figures = [found.of(f) for f in document.figures]
    overrides = [e for e in evidence if isinstance(e, FigureOverride)]
    if overrides:
        figures = [_overridden(f, document, overrides) for f in figures]
    if all(new is old for new, old in zip(figures, document.figures, strict=True)):
        return document
    return replace(document, figures=tuple(figures))


class _Claims:
    """One document's quotations and reported statements."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.speech: list[Speech] = [q for q in document.quotes if q.kind not in ("term", "title")]
        self.speech += document.indirect

    def of(self, f: Figure) -> Figure:
        text = self.document.part_text(f.part)
        speech = self._speech(f) if self.speech else None
        damaged = f.damaged or (bool(text.layers) and _mended(text, f))
        if not speech and damaged == f.damaged:
            return f
        cert: Cert = "medium" if damaged and f.cert == "high" else f.cert
        status = "claim" if speech and f.status == "fact" else f.status
        claimant = (speech.speaker_full or speech.speaker) if speech else None
        return replace(f, claimant=claimant, status=status, damaged=damaged, cert=cert)

    def _speech(self, f: Figure) -> Speech | None:
        """The quotation that holds the figure; else the reported statement."""
        for s in self.speech:
            part = s.part if isinstance(s, Quote) else "body"
            if part == f.part and s.start <= f.start and f.end <= s.end:
                return s
        return None


def _mended(text: Text, f: Figure) -> bool:
    """Whether an emendation of the repair layer wrote part of the figure."""
    for layer in text.layers:
        if layer.name in ("repair", "editor") and layer is text.layers[-1]:
            shift = 0
            for e in layer.applied:
                start = e.start + shift
                if e.kind == "emend" and start < f.end and f.start < start + len(e.new):
                    return True
                shift += len(e.new) - (e.end - e.start)
    return False


def _overridden(f: Figure, document: Document, overrides: Sequence[FigureOverride]) -> Figure:
    text = document.part_text(f.part).value
    for o in overrides:
        if any(start < f.end and f.start < end for start, end in _places(text, o.target)):
            changes = {
                k: v for k in ("subject", "claimant", "status", "key") if (v := getattr(o, k)) is not None
            }
            f = replace(f, **changes)
    return f


def _places(text: str, target: Target) -> Iterator[tuple[int, int]]:
    """Where the target's exact words stand between its prefix and suffix."""
    at = text.find(target.exact) if target.exact else -1
    while at >= 0:
        end = at + len(target.exact)
        if text[:at].endswith(target.prefix) and text.startswith(target.suffix, end):
            yield at, end
        at = text.find(target.exact, at + 1)
