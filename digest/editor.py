"""The editor's layer: emendations anchored by their words.

A target names its place by a quotation (exact, prefix, suffix), never by a
number, so that it still holds when a rule elsewhere changes the offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from digest.model import Doubt, Emendation, Evidence, PartName, Target
from digest.text import Edit, Span, Text


def places(text: str, target: Target) -> tuple[Span, ...]:
    """Every stretch of `text` that the target's words name; prefix and suffix are not in it."""
    whole = target.prefix + target.exact + target.suffix
    found: list[Span] = []
    at = text.find(whole) if whole else -1
    while at >= 0:
        start = at + len(target.prefix)
        found.append(Span(start, start + len(target.exact)))
        at = text.find(whole, at + 1)
    return tuple(found)


def nearest(text: str, exact: str) -> str:
    """The stretch of `text` most like `exact`, for an error message; "" if none is."""
    if not text or not exact or len(text) > 200_000:
        return ""
    best = fuzz.partial_ratio_alignment(exact, text, score_cutoff=60)
    return text[best.dest_start : best.dest_end] if best else ""


def edits(
    text: Text, evidence: Sequence[Evidence], part: PartName = "body"
) -> tuple[tuple[Edit, ...], tuple[Doubt, ...]]:
    """The editor's edits in one part, and a doubt for each target that names no single place.

    An emendation that names nothing in a headline may be meant for the body:
    the doubt is raised for the body alone.
    """
    made: list[Edit] = []
    lost: list[Doubt] = []
    for e in evidence:
        if not isinstance(e, Emendation) or e.action == "reject":
            continue
        spans = places(text.value, e.target)
        if len(spans) == 1:
            made.append(_edit(spans[0], e))
        elif part == "body" and len(spans) != 1:
            lost.append(_lost(text, e, spans))
    return tuple(made), tuple(lost)


def unless_rejected(edits: Iterable[Edit], text: str, evidence: Sequence[Evidence]) -> Iterable[Edit]:
    """The machine's edits, less those that touch a place whose target says `reject`."""
    refused = [
        s
        for e in evidence
        if isinstance(e, Emendation) and e.action == "reject"
        for s in places(text, e.target)
    ]
    if not refused:
        return edits
    return (e for e in edits if not any(e.start < r.end and r.start < e.end for r in refused))


def unless_answered(
    made: Sequence[Edit], before: Text, edits: Sequence[Edit], after: Text
) -> tuple[Edit, ...]:
    """The machine's edits of `before`, less the questions that the editor's edits of `after` answer.

    A flag or proposal is answered where the editor has said anything; what
    was applied stays, so that the text is the same.
    """
    if not edits:
        return tuple(made)
    said = [after.raw_span(e.start, e.end) for e in edits]

    def asked(e: Edit) -> bool:
        at = before.raw_span(e.start, e.end)
        return e.status != "applied" and any(at.start < s.end and s.start < at.end for s in said)

    return tuple(e for e in made if not asked(e))


def _edit(span: Span, e: Emendation) -> Edit:
    if e.action == "emend":
        return Edit(*span, e.text, "emend", "emendation", "editor", e.why, e.cert, e.status, e.by)
    return Edit(*span, "", "flag", e.action, "editor", e.why, e.cert, "flagged", e.by)


def _lost(text: Text, e: Emendation, spans: Sequence[Span]) -> Doubt:
    where = f"{e.where}: " if e.where else ""
    if spans:
        message = f"{where}the words {e.target.exact!r} stand {len(spans)} times; add a prefix or suffix"
    else:
        near = nearest(text.value, e.target.exact)
        hint = f"; nearest: {near!r}" if near else ""
        message = f"{where}the words {e.target.exact!r} stand nowhere in the text{hint}"
    return Doubt(0, 0, "editor.target", message)
