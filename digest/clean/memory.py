"""Corpus memory: lines that other stories of the outlet, or the editor, call residue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import unescape

from digest.clean.lines import Verdict, normal, pieces
from digest.clean.plan import plan
from digest.model import Residue
from digest.text import Edit


def corpus(text: str, residue: Sequence[Residue]) -> Iterable[Edit]:
    """Excisions of whole lines that fit a residue phrase, whatever their case and marks.

    A phrase may be copied from the page's source, with its entities.
    """
    if not residue or not text:
        return ()
    known = {key: r for r in reversed(residue) for key in (normal(unescape(r.phrase)), normal(r.phrase))}
    found = pieces(text)
    verdicts = {
        i: Verdict("recurring", f"corpus.{r.by}", r.why)
        for i, piece in enumerate(found)
        if (r := known.get(normal(piece.text)))
    }
    return tuple(plan(text, found, verdicts, {})) if verdicts else ()
