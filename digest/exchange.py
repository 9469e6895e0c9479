"""A document as the JSON object of the `read` interface (docs/read.md).

The JSON is written as it stands here, record by record: dictionaries, made
only for `json` to take them apart again, took four times as long.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring as quoted
from typing import Any

from digest.edit import LAID
from digest.model import Block, Document, Doubt, Figure, Indirect, Mention, Moved, PartName, Quote, Sign
from digest.text import RawEdit, Text

FLAG = {False: "false", True: "true"}
encoded = json.JSONEncoder(ensure_ascii=False).encode  # for what has no fixed keys


def to_json(document: Document) -> dict[str, Any]:
    """The `read` object: plain dictionaries, lists, strings, numbers.

    All offsets are half-open code points: `start`/`end` into the printed
    part, `raw_start`/`raw_end` into the input (or `raw`, for HTML).
    """
    found: dict[str, Any] = json.loads(line(document, quoted(document.id)))
    return found


def line(d: Document, name: str) -> str:
    """The `read` object as one line of JSON; `name` is the JSON of its `id`. Lone surrogates stay as they are."""
    texts: dict[PartName, Text] = {"body": d.body}
    for p in d.parts:
        texts[p.name] = p.text
    page = f'"raw": {quoted(d.body.raw)}, "left_out": {_left_out(d)}, ' if d.kind == "html" else ""
    return (
        f'{{"id": {name}, "headline": {_said(d.headline)}, "standfirst": {_said(d.standfirst)}, '
        f'"byline": {_said(d.byline)}, "dateline": {_said(d.dateline)}, "published": {_said(d.published)}, '
        f'"parts": {_parts(d) if d.parts else "{}"}, {page}"text": {quoted(d.body.value)}, '
        f'"language": {quoted(d.language)}, "blocks": {_listed([_block(b, d.body) for b in d.blocks])}, '
        f'"edits": {_edits(d.body) if d.body.layers else "[]"}, '
        f'"part_edits": {_part_edits(d) if d.parts else "[]"}, '
        f'"moved": {_listed([_moved(x) for x in d.moved]) if d.moved else "[]"}, '
        f'"diagnosis": {_diagnosis(d) if d.diagnosis else "{}"}, '
        f'"quotes": {_listed([_quote(q, texts) for q in d.quotes]) if d.quotes else "[]"}, '
        f'"indirect": {_listed([_indirect(i, d.body) for i in d.indirect]) if d.indirect else "[]"}, '
        f'"figures": {_listed([_figure(f, texts) for f in d.figures]) if d.figures else "[]"}, '
        f'"mentions": {_listed([_mention(m, texts) for m in d.mentions]) if d.mentions else "[]"}, '
        f'"doubts": {_listed([_doubt(x) for x in d.doubts]) if d.doubts else "[]"}}}'
    )


def _said(words: str | None) -> str:
    return "null" if words is None else quoted(words)


def _listed(records: list[str]) -> str:
    return f"[{', '.join(records)}]"


def _parts(d: Document) -> str:
    return encoded({p.name: p.text.value for p in d.parts})


def _left_out(d: Document) -> str:
    return encoded(dict(d.page.left_out) if d.page else {})


def _block(b: Block, body: Text) -> str:
    lo, hi = body.raw_span(b.start, b.end) if body.layers else (b.start, b.end)
    return f'{{"kind": {quoted(b.kind)}, "start": {b.start}, "end": {b.end}, "raw_start": {lo}, "raw_end": {hi}}}'


def _edits(text: Text) -> str:
    return _listed([f"{{{_edit(e)}}}" for e in text.raw_edits()])


def _part_edits(d: Document) -> str:
    return _listed(
        [
            f'{{"part": {quoted(p.name)}, {_edit(e)}}}'
            for p in d.parts
            for e in p.text.raw_edits()
            if e.edit.cls != "elsewhere" and e.layer not in LAID
        ]
    )


def _edit(r: RawEdit) -> str:
    e = r.edit
    return (
        f'"kind": {quoted(e.kind)}, "layer": {quoted(r.layer)}, "class": {quoted(e.cls)}, '
        f'"rule": {quoted(e.rule)}, "raw_start": {r.raw_start}, "raw_end": {r.raw_end}, '
        f'"old": {quoted(r.old)}, "new": {quoted(r.new)}, "cert": {quoted(e.cert)}, '
        f'"status": {quoted(e.status)}, "why": {quoted(e.why)}, "by": {quoted(e.by)}'
    )


def _moved(m: Moved) -> str:
    return (
        f'{{"class": {quoted(m.cls)}, "text": {quoted(m.text)}, '
        f'"raw_start": {m.raw_start}, "raw_end": {m.raw_end}}}'
    )


def _diagnosis(d: Document) -> str:
    return f"{{{', '.join([f'{quoted(name)}: {_sign(s)}' for name, s in d.diagnosis])}}}"


def _sign(s: Sign) -> str:
    return (
        f'{{"score": {encoded(round(s.score, 4))}, "open": {FLAG[s.open]}, '
        f'"evidence": {_listed([quoted(x) for x in s.evidence])}}}'
    )


def _quote(q: Quote, texts: Mapping[PartName, Text]) -> str:
    text, span = texts[q.part], q.speaker_span
    lo, hi = text.raw_span(q.start, q.end) if text.layers else (q.start, q.end)
    first, end = span or ("null", "null")
    return (
        f'{{"part": {quoted(q.part)}, "start": {q.start}, "end": {q.end}, "raw_start": {lo}, '
        f'"raw_end": {hi}, "text": {quoted(q.text)}, "kind": {quoted(q.kind)}, '
        f'"speaker": {_said(q.speaker)}, "speaker_start": {first}, "speaker_end": {end}, '
        f'"speaker_full": {_said(q.speaker_full)}, "cue": {_said(q.cue)}, "venue": {_said(q.venue)}, '
        f'"frame": {quoted(q.frame)}, "verbatim": {FLAG[q.verbatim]}, "rule": {quoted(q.rule)}, '
        f'"cert": {quoted(q.cert)}, "why": {quoted(q.why)}}}'
    )


def _indirect(i: Indirect, body: Text) -> str:
    lo, hi = body.raw_span(i.start, i.end) if body.layers else (i.start, i.end)
    return (
        f'{{"start": {i.start}, "end": {i.end}, "raw_start": {lo}, "raw_end": {hi}, '
        f'"text": {quoted(i.text)}, "speaker": {_said(i.speaker)}, '
        f'"speaker_full": {_said(i.speaker_full)}, "cue": {_said(i.cue)}, "frame": {quoted(i.frame)}, '
        f'"rule": {quoted(i.rule)}, "cert": {quoted(i.cert)}}}'
    )


def _figure(f: Figure, texts: Mapping[PartName, Text]) -> str:
    text = texts[f.part]
    lo, hi = text.raw_span(f.start, f.end) if text.layers else (f.start, f.end)
    return (
        f'{{"part": {quoted(f.part)}, "start": {f.start}, "end": {f.end}, "raw_start": {lo}, '
        f'"raw_end": {hi}, "text": {quoted(f.text)}, "low": {_said(f.low)}, "high": {_said(f.high)}, '
        f'"unit": {_said(f.unit)}, "per": {_said(f.per)}, "change": {quoted(f.change)}, '
        f'"approx": {FLAG[f.approx]}, "bound": {_said(f.bound)}, "subject": {_said(f.subject)}, '
        f'"claimant": {_said(f.claimant)}, "status": {quoted(f.status)}, "when": {_said(f.when)}, '
        f'"key": {FLAG[f.key]}, "damaged": {FLAG[f.damaged]}, "rule": {quoted(f.rule)}, '
        f'"cert": {quoted(f.cert)}}}'
    )


def _mention(m: Mention, texts: Mapping[PartName, Text]) -> str:
    text = texts[m.part]
    lo, hi = text.raw_span(m.start, m.end) if text.layers else (m.start, m.end)
    return (
        f'{{"part": {quoted(m.part)}, "start": {m.start}, "end": {m.end}, "raw_start": {lo}, '
        f'"raw_end": {hi}, "text": {quoted(m.text)}, "kind": {quoted(m.kind)}, "entity": {_said(m.entity)}}}'
    )


def _doubt(d: Doubt) -> str:
    return (
        f'{{"raw_start": {d.raw_start}, "raw_end": {d.raw_end}, '
        f'"rule": {quoted(d.rule)}, "message": {quoted(d.message)}}}'
    )
