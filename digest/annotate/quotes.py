"""Quotes, what kind they are and whose."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Indirect, Quote, QuoteKind, Reading
from digest.rules import Rules


def quotes(reading: Reading, rules: Rules) -> Iterator[Quote | Indirect]:
    """Quotes and reported statements, each kind left to right."""
    for s in reading.scopes:
        if s.depth == 0:
            kind: QuoteKind = "broken" if s.doubtful else "direct"
            yield Quote(s.start, s.end, reading.text[s.start : s.end], kind, "marks", reading.part)
