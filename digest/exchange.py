"""A document as the JSON object of the `read` interface (docs/read.md).

The JSON is written as it stands here, record by record: dictionaries, made
only for `json` to take them apart again, took four times as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any

from digest.model import (
    Block,
    Document,
    Doubt,
    Figure,
    Indirect,
    Mention,
    Moved,
    Page,
    Part,
    PartName,
    Quote,
    Sign,
)
from digest.text import RawEdit, Text

NULL = "null"
FLAG = {False: "false", True: "true"}
HEADS = ("headline", "standfirst", "byline", "dateline", "published")
NOTHING = (None,) * len(HEADS)
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
    # taken apart at once: each field of a named tuple by its name takes as long as quoting a word
    _, kind, body, page, parts, moved, headline, standfirst, byline, dateline, published, language, *_ = d
    blocks, quotes, indirect, figures, mentions, signs, doubts = d[12:]
    said = (headline, standfirst, byline, dateline, published)
    texts: dict[PartName, Text] = {"body": body}
    for p in parts:
        texts[p.name] = p.text
    source = f'"raw": {quoted(body.raw)}, "left_out": {_left_out(page)}, ' if kind == "html" else ""
    return (
        f'{{"id": {name}, {UNSAID if said == NOTHING else _heads(said)}, '
        f'"parts": {_parts(parts) if parts else "{}"}, {source}"text": {quoted(body.value)}, '
        f'"language": {quoted(language)}, "blocks": {_listed([_block(b, body) for b in blocks])}, '
        f'"edits": {_edits(body) if body.layers else "[]"}, '
        f'"part_edits": {_part_edits(parts) if parts else "[]"}, '
        f'"moved": {_listed([_moved(x) for x in moved]) if moved else "[]"}, '
        f'"diagnosis": {_diagnosis(signs) if signs else "{}"}, '
        f'"quotes": {_listed([_quote(q, texts) for q in quotes]) if quotes else "[]"}, '
        f'"indirect": {_listed([_indirect(i, body) for i in indirect]) if indirect else "[]"}, '
        f'"figures": {_listed([_figure(f, texts) for f in figures]) if figures else "[]"}, '
        f'"mentions": {_listed([_mention(m, texts) for m in mentions]) if mentions else "[]"}, '
        f'"doubts": {_listed([_doubt(x) for x in doubts]) if doubts else "[]"}}}'
    )


def _heads(said: Sequence[str | None]) -> str:
    return ", ".join([f'"{name}": {_said(words)}' for name, words in zip(HEADS, said, strict=True)])


def _said(words: str | None) -> str:
    return NULL if words is None else quoted(words)


UNSAID = _heads(NOTHING)


def _listed(records: list[str]) -> str:
    return f"[{', '.join(records)}]"


def _parts(parts: Iterable[Part]) -> str:
    return encoded({p.name: p.text.value for p in parts})


def _left_out(page: Page | None) -> str:
    return encoded(dict(page.left_out) if page else {})


def _block(b: Block, body: Text) -> str:
    kind, start, end = b
    lo, hi = body.raw_span(start, end) if body.layers else b[1:]
    return f'{{"kind": "{kind}", "start": {start}, "end": {end}, "raw_start": {lo}, "raw_end": {hi}}}'


def _edits(text: Text) -> str:
    return _listed([f"{{{_edit(e)}}}" for e in text.raw_edits()])


def _part_edits(parts: Iterable[Part]) -> str:
    return _listed(
        [
            f'{{"part": {quoted(p.name)}, {_edit(e)}}}'
            for p in parts
            for e in p.text.raw_edits()
            if e.edit.cls != "elsewhere" and e.layer not in ("decode", "clean")
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


def _diagnosis(signs: Iterable[tuple[str, Sign]]) -> str:
    return f"{{{', '.join([f'{quoted(name)}: {_sign(s)}' for name, s in signs])}}}"


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
    start, end, words, low, high, rule, part, unit, per, change, approx, bound = f[:12]
    subject, claimant, status, when, key, damaged, cert, _, _ = f[12:]
    text = texts[part]
    lo, hi = text.raw_span(start, end) if text.layers else f[:2]
    return (
        f'{{"part": "{part}", "start": {start}, "end": {end}, "raw_start": {lo}, "raw_end": {hi}, '
        f'"text": {quoted(words)}, "low": {NULL if low is None else quoted(low)}, '
        f'"high": {NULL if high is None else quoted(high)}, "unit": {NULL if unit is None else quoted(unit)}, '
        f'"per": {NULL if per is None else quoted(per)}, "change": "{change}", "approx": {FLAG[approx]}, '
        f'"bound": {NULL if bound is None else quoted(bound)}, '
        f'"subject": {NULL if subject is None else quoted(subject)}, '
        f'"claimant": {NULL if claimant is None else quoted(claimant)}, "status": "{status}", '
        f'"when": {NULL if when is None else quoted(when)}, "key": {FLAG[key]}, '
        f'"damaged": {FLAG[damaged]}, "rule": {quoted(rule)}, "cert": "{cert}"}}'
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
