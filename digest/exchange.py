"""A document as the JSON object of the `read` interface (docs/read.md).

The JSON is written as it stands here, record by record: dictionaries, made
only for `json` to take them apart again, took four times as long. Words of
a closed set (a kind, a status) stand as they are; all others are quoted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any

from digest.edit import LAID
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
from digest.text import Text, Tracer
from digest.traced import Row
from digest.voices import is_turn

CUTTING = frozenset(LAID)  # layers of a part that say only where the part was cut out
NONE = '""'
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
    turns = [q for q in quotes if is_turn(q)]  # beside what stands in marks, which `quotes` are
    marked = [q for q in quotes if not is_turn(q)] if turns else quotes
    raw = body.tracer()
    raws: dict[PartName, Tracer] = {"body": raw}
    for p in parts:
        raws[p.name] = p.text.tracer()
    source = f'"raw": {quoted(body.raw)}, "left_out": {_left_out(page)}, ' if kind == "html" else ""
    return (
        f'{{"id": {name}, {UNSAID if said == NOTHING else _heads(said)}, '
        f'"parts": {_parts(parts) if parts else "{}"}, {source}"text": {quoted(body.value)}, '
        f'"language": {quoted(language)}, "blocks": {_listed([_block(b, raw) for b in blocks])}, '
        f'"edits": {_edits(body) if body.layers else "[]"}, '
        f'"part_edits": {_part_edits(parts) if parts else "[]"}, '
        f'"moved": {_listed([_moved(x) for x in moved]) if moved else "[]"}, '
        f'"diagnosis": {_diagnosis(signs) if signs else "{}"}, '
        f'"quotes": {_listed([_quote(q, raws) for q in marked]) if marked else "[]"}, '
        f'"indirect": {_listed([_indirect(i, raw) for i in indirect]) if indirect else "[]"}, '
        f'"turns": {_listed([_quote(q, raws) for q in turns]) if turns else "[]"}, '
        f'"figures": {_listed([_figure(f, raws) for f in figures]) if figures else "[]"}, '
        f'"mentions": {_listed([_mention(m, raws) for m in mentions]) if mentions else "[]"}, '
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


def _block(b: Block, raw: Tracer) -> str:
    kind, start, end = b
    lo, hi = raw(start, end)
    return f'{{"kind": "{kind}", "start": {start}, "end": {end}, "raw_start": {lo}, "raw_end": {hi}}}'


def _edits(text: Text) -> str:
    return _listed([f"{{{_edit(e)}}}" for e in text.raw_rows()])


def _part_edits(parts: Iterable[Part]) -> str:
    return _listed(
        [
            f'{{"part": {quoted(p.name)}, {_edit(e)}}}'
            for p in parts
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


def _diagnosis(signs: Iterable[tuple[str, Sign]]) -> str:
    return f"{{{', '.join([f'{quoted(name)}: {_sign(s)}' for name, s in signs])}}}"


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
    start, end, words, low, high, rule, part, unit, per, change, approx, bound = f[:12]
    subject, claimant, status, when, key, damaged, cert, _, _ = f[12:]
    lo, hi = raws[part](start, end)
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
