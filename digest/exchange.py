"""A document as the JSON object of the `read` interface (docs/read.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.model import Document, Figure, Indirect, Mention, Quote
from digest.text import RawEdit, Text


def to_json(document: Document) -> dict[str, Any]:
    """The `read` object: plain dictionaries, lists, strings, numbers.

    All offsets are half-open code points: `start`/`end` into the printed
    part, `raw_start`/`raw_end` into the input (or `raw`, for HTML).
    """
    body = document.body
    texts: dict[str, Text] = {"body": body}
    for p in document.parts:
        texts[p.name] = p.text
    out = _heads(document)
    out["blocks"] = [
        {"kind": b.kind, "start": b.start, "end": b.end, **_raw(body, b.start, b.end)}
        for b in document.blocks
    ]
    out["edits"] = [_edit(e) for e in body.raw_edits()] if body.layers else []
    out["part_edits"] = [
        {"part": p.name, **_edit(e)}
        for p in document.parts
        for e in p.text.raw_edits()
        if e.edit.cls != "elsewhere" and e.layer not in ("decode", "clean")
    ]
    out["moved"] = [
        {"class": m.cls, "text": m.text, "raw_start": m.raw_start, "raw_end": m.raw_end}
        for m in document.moved
    ]
    out["diagnosis"] = {
        name: {"score": round(s.score, 4), "open": s.open, "evidence": list(s.evidence)}
        for name, s in document.diagnosis
    }
    out["quotes"] = [_quote(q, texts) for q in document.quotes]
    out["indirect"] = [_indirect(i, body) for i in document.indirect]
    out["figures"] = [_figure(f, texts) for f in document.figures]
    out["mentions"] = [_mention(m, texts) for m in document.mentions]
    out["doubts"] = [
        {"raw_start": d.raw_start, "raw_end": d.raw_end, "rule": d.rule, "message": d.message}
        for d in document.doubts
    ]
    return out


def _heads(d: Document) -> dict[str, Any]:
    """The keys that stand first, to the text and its language."""
    out: dict[str, Any] = {
        "id": d.id,
        "headline": d.headline,
        "standfirst": d.standfirst,
        "byline": d.byline,
        "dateline": d.dateline,
        "published": d.published,
        "parts": {p.name: p.text.value for p in d.parts},
    }
    if d.kind == "html":
        out["raw"] = d.body.raw
        out["left_out"] = dict(d.page.left_out) if d.page else {}
    out["text"] = d.body.value
    out["language"] = d.language
    return out


def _raw(text: Text, start: int, end: int) -> dict[str, int]:
    lo, hi = text.raw_span(start, end) if text.layers else (start, end)
    return {"raw_start": lo, "raw_end": hi}


def _edit(e: RawEdit) -> dict[str, Any]:
    raw_start, raw_end, old, (_, _, _, kind, cls, rule, why, cert, status, by), layer, new, _, _ = e
    return {
        "kind": kind,
        "layer": layer,
        "class": cls,
        "rule": rule,
        "raw_start": raw_start,
        "raw_end": raw_end,
        "old": old,
        "new": new,
        "cert": cert,
        "status": status,
        "why": why,
        "by": by,
    }


def _quote(q: Quote, texts: Mapping[str, Text]) -> dict[str, Any]:
    span = q.speaker_span
    return {
        "part": q.part,
        "start": q.start,
        "end": q.end,
        **_raw(texts[q.part], q.start, q.end),
        "text": q.text,
        "kind": q.kind,
        "speaker": q.speaker,
        "speaker_start": span.start if span else None,
        "speaker_end": span.end if span else None,
        "speaker_full": q.speaker_full,
        "cue": q.cue,
        "venue": q.venue,
        "frame": q.frame,
        "verbatim": q.verbatim,
        "rule": q.rule,
        "cert": q.cert,
        "why": q.why,
    }


def _indirect(i: Indirect, body: Text) -> dict[str, Any]:
    return {
        "start": i.start,
        "end": i.end,
        **_raw(body, i.start, i.end),
        "text": i.text,
        "speaker": i.speaker,
        "speaker_full": i.speaker_full,
        "cue": i.cue,
        "frame": i.frame,
        "rule": i.rule,
        "cert": i.cert,
    }


def _figure(f: Figure, texts: Mapping[str, Text]) -> dict[str, Any]:
    text = texts[f.part]
    lo, hi = text.raw_span(f.start, f.end) if text.layers else (f.start, f.end)
    return {
        "part": f.part,
        "start": f.start,
        "end": f.end,
        "raw_start": lo,
        "raw_end": hi,
        "text": f.text,
        "low": f.low,
        "high": f.high,
        "unit": f.unit,
        "per": f.per,
        "change": f.change,
        "approx": f.approx,
        "bound": f.bound,
        "subject": f.subject,
        "claimant": f.claimant,
        "status": f.status,
        "when": f.when,
        "key": f.key,
        "damaged": f.damaged,
        "rule": f.rule,
        "cert": f.cert,
    }


def _mention(m: Mention, texts: Mapping[str, Text]) -> dict[str, Any]:
    return {
        "part": m.part,
        "start": m.start,
        "end": m.end,
        **_raw(texts[m.part], m.start, m.end),
        "text": m.text,
        "kind": m.kind,
        "entity": m.entity,
    }
