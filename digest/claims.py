"""Whose a figure is, and whether it is a fact, a claim, a plan or an estimate.

A figure in a quotation is its speaker's, one in a reported statement the
reporter's; any other is the outlet's (claimant None). The status follows
the words of the sentence: what has not happened is a plan or an estimate,
whoever says so; what somebody says is a claim.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from digest.rules import Rules, one_of
from digest.sentences import sentences
from digest.text import Cert, Span, Text

Speech = Quote | Indirect
STATUSES: tuple[ClaimStatus, ...] = ("plan", "estimate", "claim")  # the stronger first
MENDING = ("repair", "editor")
BEFORE, BEHIND = 60, 25  # how near its figure the word of a plan or estimate stands


@dataclass(frozen=True, slots=True)
class Cues:
    """The words that make a figure a plan, an estimate, a claim, and one pattern for all."""

    status: Mapping[str, ClaimStatus]
    pattern: re.Pattern[str]


def claimed(document: Document, rules: Rules, evidence: Sequence[Evidence] = ()) -> Document:
    """The document with claimant and status of its figures, and the editor's word on them."""
    if not document.figures:
        return document
    found = _Claims(document, rules.once(cues))
    figures = [found.of(f) for f in document.figures]
    overrides = [e for e in evidence if isinstance(e, FigureOverride)]
    figures = [_overridden(f, document, overrides) for f in figures] if overrides else figures
    return replace(document, figures=tuple(figures))


def cues(rules: Rules) -> Cues:
    """The status words of one language."""
    status = {word: name for name in reversed(STATUSES) for word in rules.words("numbers", f"{name}-cues")}
    every = one_of(status)
    return Cues(status, re.compile(rf"(?<!\w)(?:{every})(?!\w)|(?<=\w)[’']ll\b" if status else r"(?!)"))


class _Claims:
    """One document's sentences and speeches, looked up by place."""

    def __init__(self, document: Document, words: Cues) -> None:
        self.document, self.cues = document, words
        self.ends: dict[str, list[Span]] = {}
        self.written: dict[str, list[Span]] = {}
        self.said: dict[tuple[str, int], list[tuple[int, ClaimStatus]]] = {}
        self.speech: list[Speech] = [q for q in document.quotes if q.kind not in ("term", "title")]
        self.speech += document.indirect

    def of(self, f: Figure) -> Figure:
        text = self.document.part_text(f.part)
        speech = self._speech(f) if self.speech else None
        damaged = f.damaged or any(a < f.end and f.start < b for a, b in self._written(f.part, text))
        status = self._status(f, text.value, speech)
        if status == f.status and not speech and damaged == f.damaged:
            return f
        cert: Cert = "medium" if damaged and f.cert == "high" else f.cert
        claimant = (speech.speaker_full or speech.speaker) if speech else None
        return _with(f, claimant, status, damaged, cert)

    def _written(self, part: str, text: Text) -> list[Span]:
        """Where emendations wrote words into the part."""
        if part not in self.written:
            edits = text.raw_edits() if any(layer.name in MENDING for layer in text.layers) else ()
            applied = (e for e in edits if e.edit.kind == "emend" and e.edit.status == "applied")
            self.written[part] = [Span(e.start, e.end) for e in applied]
        return self.written[part]

    def _speech(self, f: Figure) -> Speech | None:
        """The quotation that holds the figure; else the reported statement."""
        for s in self.speech:
            part = s.part if isinstance(s, Quote) else "body"
            if part == f.part and s.start <= f.start and f.end <= s.end:
                return s
        return None

    def _status(self, f: Figure, text: str, speech: Speech | None) -> ClaimStatus:
        best = len(STATUSES)
        for at, status in self._cues(f, text):
            near = f.start - BEFORE <= at < f.end + BEHIND
            if near or status == "claim":
                best = min(best, STATUSES.index(status))
        if best < len(STATUSES):
            return STATUSES[best]
        return "claim" if speech else "fact"

    def _cues(self, f: Figure, text: str) -> list[tuple[int, ClaimStatus]]:
        """Where status words stand in the sentence of a figure."""
        if f.part not in self.ends:
            self.ends[f.part] = sentences(text)
        spans = self.ends[f.part]
        i = max(0, bisect_right(spans, f.start, key=lambda s: s.start) - 1)
        span = spans[i] if spans else Span(0, len(text))
        if (f.part, i) not in self.said:
            status = self.cues.status
            found = self.cues.pattern.finditer(text[span.start : span.end].lower())
            self.said[f.part, i] = [(span.start + m.start(), status.get(m[0], "plan")) for m in found]
        return self.said[f.part, i]


def _with(f: Figure, claimant: str | None, status: ClaimStatus, damaged: bool, cert: Cert) -> Figure:
    """The figure with four fields filled; `replace` takes three times as long, and most figures pass here."""
    return Figure(
        f.start, f.end, f.text, f.low, f.high, f.rule, f.part, f.unit, f.per, f.change, f.approx, f.bound,
        f.subject, claimant, status, f.when, f.key, damaged, cert,
    )  # fmt: skip


def _overridden(f: Figure, document: Document, overrides: Sequence[FigureOverride]) -> Figure:
    text = document.part_text(f.part).value
    for o in overrides:
        if any(start < f.end and f.start < end for start, end in editor.places(text, o.target)):
            changes = {
                k: v for k in ("subject", "claimant", "status", "key") if (v := getattr(o, k)) is not None
            }
            f = replace(f, **changes, note=o.note or f.note, rule="figure.editor")
    return f
