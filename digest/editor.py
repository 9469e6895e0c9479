"""The editor's layer: emendations anchored by their words.

A target names its place by a quotation (exact, prefix, suffix), never by a
number, so that it still holds when a rule elsewhere changes the offsets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import fuzz

from digest.model import Doubt, Emendation, Evidence, FigureOverride, PartName, QuoteOverride, Target
from digest.text import Edit, Span, Text


def places(text: str, target: Target) -> tuple[Span, ...]:
    """Every stretch of `text` that the target's words name; prefix and suffix are not in it.

    Words copied from a scrape may hold line breaks that are blanks where its lines were laid out.
    """
    whole = target.prefix + target.exact + target.suffix
    if "\n" in whole and whole not in text:
        whole, text = whole.replace("\n", " "), text.replace("\n", " ")
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


def idle_rejections(texts: Iterable[str], evidence: Sequence[Evidence]) -> tuple[Doubt, ...]:
    """A doubt for each `reject` whose words stand in none of `texts`: what the machine's layers were given."""
    asked = [e for e in evidence if isinstance(e, Emendation) and e.action == "reject"]
    if not asked:
        return ()
    seen = tuple(texts)
    lost = (e for e in asked if not any(places(text, e.target) for text in seen))
    return tuple(doubt(e.where, e.target, next(iter(seen), "")) for e in lost)


def idle_overrides(
    asked: Iterable[QuoteOverride | FigureOverride],
    used: Collection[Evidence],
    texts: Sequence[str],
    what: str,
) -> tuple[Doubt, ...]:
    """A doubt for each override of a quote or figure that is not among the `used` ones."""
    out = []
    for o in asked:
        if o not in used:
            stands = any(places(text, o.target) for text in texts)
            message = f"no {what} is found at the words {o.target.exact!r}" if stands else ""
            out.append(doubt(o.where, o.target, next(iter(texts), ""), message))
    return tuple(out)


def doubt(where: str, target: Target, text: str, message: str = "") -> Doubt:
    """A doubt about a target: with its file and line, and the nearest words of `text`."""
    if not message:
        near, alone = nearest(text, target.exact), text.count(target.exact)
        hint = f"; nearest: {near!r}" if near else ""
        if alone:
            hint = f"; without prefix and suffix: {alone} time{'s' * (alone != 1)}"
        message = f"the words {_named(target)} stand nowhere in the text{hint}"
    return Doubt(0, 0, "editor.target", f"{where}: {message}" if where else message)


def _named(target: Target) -> str:
    around = [f"{k} {v!r}" for k, v in (("prefix", target.prefix), ("suffix", target.suffix)) if v]
    return f"{target.exact!r}" + (f" with {' and '.join(around)}" if around else "")


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
    many = f"the words {e.target.exact!r} stand {len(spans)} times; add a prefix or suffix" if spans else ""
    return doubt(e.where, e.target, text.value, many)
