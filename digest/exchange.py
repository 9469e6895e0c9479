"""A document as the JSON object of the `read` interface (docs/read.md).

The JSON is written as it stands here, record by record: dictionaries, made
only for `json` to take them apart again, took four times as long. Words of
a closed set (a kind, a status) stand as they are; all others are quoted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring as quoted
from typing import Any

from digest.edit import LAID
from digest.model import Block, Document, Doubt, Figure, Indirect, Mention, Moved, PartName, Quote, Sign
from digest.text import Text, Tracer
from digest.traced import Row

CUTTING = frozenset(LAID)  # layers of a part that say only where the part was cut out
NONE = '""'
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
    raw = d.body.tracer()
    raws: dict[PartName, Tracer] = {"body": raw}
    for p in d.parts:
        raws[p.name] = p.text.tracer()
    page = f'"raw": {quoted(d.body.raw)}, "left_out": {_left_out(d)}, ' if d.kind == "html" else ""
    return (
        f'{{"id": {name}, "headline": {_said(d.headline)}, "standfirst": {_said(d.standfirst)}, '
        f'"byline": {_said(d.byline)}, "dateline": {_said(d.dateline)}, "published": {_said(d.published)}, '
        f'"parts": {_parts(d) if d.parts else "{}"}, {page}"text": {quoted(d.body.value)}, '
        f'"language": {quoted(d.language)}, "blocks": {_listed([_block(b, raw) for b in d.blocks])}, '
        f'"edits": {_edits(d.body) if d.body.layers else "[]"}, '
        f'"part_edits": {_part_edits(d) if d.parts else "[]"}, '
        f'"moved": {_listed([_moved(x) for x in d.moved]) if d.moved else "[]"}, '
        f'"diagnosis": {_diagnosis(d) if d.diagnosis else "{}"}, '
        f'"quotes": {_listed([_quote(q, raws) for q in d.quotes]) if d.quotes else "[]"}, '
        f'"indirect": {_listed([_indirect(i, raw) for i in d.indirect]) if d.indirect else "[]"}, '
        f'"figures": {_listed([_figure(f, raws) for f in d.figures]) if d.figures else "[]"}, '
        f'"mentions": {_listed([_mention(m, raws) for m in d.mentions]) if d.mentions else "[]"}, '
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


def _block(b: Block, raw: Tracer) -> str:
    kind, start, end = b
    lo, hi = raw(start, end)
    return f'{{"kind": "{kind}", "start": {start}, "end": {end}, "raw_start": {lo}, "raw_end": {hi}}}'


def _edits(text: Text) -> str:
    return _listed([f"{{{_edit(e)}}}" for e in text.raw_rows()])


def _part_edits(d: Document) -> str:
    return _listed(
        [
            f'{{"part": {quoted(p.name)}, {_edit(e)}}}'
            for p in d.parts
            if not CUTTING.issuperset([layer.name for layer in p.text.layers])
            for e in p.text.raw_rows()
            if e[3].cls != "elsewhere" and e[4] not in CUTTING
        ]
    )


def _edit(r: Row) -> str:
    raw_start, raw_end, old, (_, _, _, kind, cls, rule, why, cert, status, by), layer, new, _, _ = r
    return (
        f'"kind": "{kind}", "layer": "{layer}", "class": {quoted(cls)}, '
        f'"rule": {quoted(rule)}, "raw_start": {raw_start}, "raw_end": {raw_end}, '
        f'"old": {quoted(old)}, "new": {quoted(new) if new else NONE}, "cert": "{cert}", '
        f'"status": "{status}", "why": {quoted(why)}, "by": {quoted(by)}'
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


def _quote(q: Quote, raws: Mapping[PartName, Tracer]) -> str:
    lo, hi = raws[q.part](q.start, q.end)
    first, end = q.speaker_span or ("null", "null")
    return (
        f'{{"part": "{q.part}", "start": {q.start}, "end": {q.end}, "raw_start": {lo}, '
        f'"raw_end": {hi}, "text": {quoted(q.text)}, "kind": "{q.kind}", '
        f'"speaker": {_said(q.speaker)}, "speaker_start": {first}, "speaker_end": {end}, '
        f'"speaker_full": {_said(q.speaker_full)}, "cue": {_said(q.cue)}, "venue": {_said(q.venue)}, '
        f'"frame": "{q.frame}", "verbatim": {FLAG[q.verbatim]}, "rule": {quoted(q.rule)}, '
        f'"cert": "{q.cert}", "why": {quoted(q.why)}}}'
    )


def _indirect(i: Indirect, raw: Tracer) -> str:
    lo, hi = raw(i.start, i.end)
    return (
        f'{{"start": {i.start}, "end": {i.end}, "raw_start": {lo}, "raw_end": {hi}, '
        f'"text": {quoted(i.text)}, "speaker": {_said(i.speaker)}, '
        f'"speaker_full": {_said(i.speaker_full)}, "cue": {_said(i.cue)}, "frame": "{i.frame}", '
        f'"rule": {quoted(i.rule)}, "cert": "{i.cert}"}}'
    )


def _figure(f: Figure, raws: Mapping[PartName, Tracer]) -> str:
    lo, hi = raws[f.part](f.start, f.end)
    return (
        f'{{"part": "{f.part}", "start": {f.start}, "end": {f.end}, "raw_start": {lo}, '
        f'"raw_end": {hi}, "text": {quoted(f.text)}, "low": {_said(f.low)}, "high": {_said(f.high)}, '
        f'"unit": {_said(f.unit)}, "per": {_said(f.per)}, "change": "{f.change}", '
        f'"approx": {FLAG[f.approx]}, "bound": {_said(f.bound)}, "subject": {_said(f.subject)}, '
        f'"claimant": {_said(f.claimant)}, "status": "{f.status}", "when": {_said(f.when)}, '
        f'"key": {FLAG[f.key]}, "damaged": {FLAG[f.damaged]}, "rule": {quoted(f.rule)}, '
        f'"cert": "{f.cert}"}}'
    )


def _mention(m: Mention, raws: Mapping[PartName, Tracer]) -> str:
    start, end, text, kind, entity, part, _ = m
    lo, hi = raws[part](start, end)
    return (
        f'{{"part": "{part}", "start": {start}, "end": {end}, "raw_start": {lo}, '
        f'"raw_end": {hi}, "text": {quoted(text)}, "kind": "{kind}", "entity": {_said(entity)}}}'
    )


def _doubt(d: Doubt) -> str:
    return (
        f'{{"raw_start": {d.raw_start}, "raw_end": {d.raw_end}, '
        f'"rule": {quoted(d.rule)}, "message": {quoted(d.message)}}}'
    )
