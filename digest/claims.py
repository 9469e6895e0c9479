"""Whose a figure is, and whether it is a fact, a claim, a plan or an estimate.

A figure in a quotation is its speaker's, one in a reported statement the
reporter's; any other is the outlet's (claimant None). The status follows
the words of the sentence: what has not happened is a plan or an estimate,
whoever says so; what somebody says is a claim.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.model import (
    ClaimStatus,
    Document,
    Evidence,
    Figure,
    FigureOverride,
    Indirect,
    Quote,
    Target,
)
from digest.rules import Rules
from digest.text import Text

Speech = Quote | Indirect
# A full stop after a lower-case letter, digit or mark and before a capital; a line's end.
SENTENCE_END = re.compile(r"(?<=[\w%)”\"’'][.!?])[”\"’')\]]*\s+(?=[“\"‘(\[]?[A-Z0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Cues:
    """One pattern for each status, over lower-case text; None without words."""

    plan: re.Pattern[str] | None
    estimate: re.Pattern[str] | None
    claim: re.Pattern[str] | None


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
    """The status patterns of one language."""
    return Cues(*(_pattern(rules.words("numbers", f"{name}-cues")) for name in ("plan", "estimate", "claim")))


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    plain = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True) if w[0].isalpha())
    short = "|".join(re.escape(w) for w in words if not w[0].isalpha())
    return re.compile(rf"(?<!\w)(?:{plain})(?!\w)" + (rf"|(?:{short})(?!\w)" if short else ""))


class _Claims:
    """One document's sentences and speeches, looked up by place."""

    def __init__(self, document: Document, patterns: Cues) -> None:
        self.document, self.patterns = document, patterns
        self.ends: dict[str, list[int]] = {}
        self.speech: list[Speech] = [q for q in document.quotes if q.kind not in ("term", "title")]
        self.speech += document.indirect

    def of(self, f: Figure) -> Figure:
        text = self.document.part_text(f.part)
        speech = self._speech(f)
        damaged = f.damaged or _mended(text, f)
        cert = "medium" if damaged and not f.damaged else f.cert
        claimant = (speech.speaker_full or speech.speaker) if speech else None
        return replace(
            f, claimant=claimant, status=self._status(f, text.value, speech), damaged=damaged, cert=cert
        )

    def _speech(self, f: Figure) -> Speech | None:
        """The quotation that holds the figure; else the reported statement."""
        for s in self.speech:
            part = s.part if isinstance(s, Quote) else "body"
            if part == f.part and s.start <= f.start and f.end <= s.end:
                return s
        return None

    def _status(self, f: Figure, text: str, speech: Speech | None) -> ClaimStatus:
        start, end = self._sentence(f, text)
        said = text[start:end].lower()
        near = text[max(start, f.start - 60) : min(end, f.end + 25)].lower()
        if f.change == "~" and "estimated" in f.text.lower():
            return "estimate"
        for status, where in (("plan", near), ("estimate", near), ("claim", said)):
            pattern = getattr(self.patterns, status)
            if pattern and pattern.search(where):
                return status  # type: ignore[return-value]
        return "claim" if speech else "fact"

    def _sentence(self, f: Figure, text: str) -> tuple[int, int]:
        if f.part not in self.ends:
            self.ends[f.part] = [m.end() for m in SENTENCE_END.finditer(text)]
        ends = self.ends[f.part]
        i = bisect_right(ends, f.start)
        return ends[i - 1] if i else 0, ends[i] if i < len(ends) else len(text)


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
