"""The form of `data/digest.json`, as JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
STRING: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}
CERT: Schema = {"enum": ["high", "medium", "low"]}


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(required),
        "properties": required | (optional or {}),
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _fact() -> Schema:
    return _object(
        {"value": STRING, "basis": {"enum": ["stated", "inferred", "unknown"]}}, {"reason": STRING}
    )


def _edit() -> Schema:
    fields = {k: STRING for k in "id layer cls rule why by old new part".split()}
    return _object(
        {
            **fields,
            "kind": {"enum": ["decode", "excise", "move", "split", "space", "emend", "flag"]},
            "cert": CERT,
            "status": {"enum": ["applied", "proposed", "flagged"]},
            "raw_start": NUMBER,
            "raw_end": NUMBER,
            "cut": TRUTH,
        }
    )


def _article() -> Schema:
    whole = {
        "title": STRING,
        "title_basis": STRING,
        **{k: _fact() for k in "outlet author address date copy".split()},
        "added": MAYBE,
        "language": STRING,
        "mode": {"enum": ["full", "excerpt", "private"]},
        "sha256": STRING,
        "counts": {"type": "object", "additionalProperties": NUMBER},
        "edits": _list(_edit()),
        "text": MAYBE,
        "withdrawn": STRING,
    }
    return _object({"id": STRING, "url": STRING}, whole)


def _placed(more: Schema) -> Schema:
    place: Schema = {k: STRING for k in "id url anchor article part text sentence".split()}
    return _object(place | {"start": NUMBER, "end": NUMBER, "cert": CERT} | more)


def digest_schema(base: str) -> Schema:
    """The schema under its own address."""
    quote = {
        "kind": STRING,
        **{k: MAYBE for k in "speaker speaker_full person cue venue".split()},
        "frame": STRING,
        "verbatim": TRUTH,
    }
    figure = {
        **{k: MAYBE for k in "low high unit per bound subject claimant when".split()},
        "change": STRING,
        "approx": TRUTH,
        "status": STRING,
        "damaged": TRUTH,
    }
    derived = _object(
        {
            **{
                k: STRING
                for k in "id larger smaller larger_value smaller_value unit result unlike url".split()
            },
            "kind": {"enum": ["ratio", "difference"]},
            "where": {"enum": ["sentence", "paragraph", "texts"]},
            "per": MAYBE,
            "exact": TRUTH,
            "approx": TRUTH,
        }
    )
    entity = _object(
        {
            **{k: STRING for k in "id kind name url".split()},
            "aliases": _list(STRING),
            "articles": {"type": "object", "additionalProperties": NUMBER},
        }
    )
    story = _object({"id": STRING, "title": STRING, "url": STRING, "articles": _list(STRING)})
    reading = _object({"article": STRING, "words": STRING})
    conflict = _object(
        {"id": STRING, "question": STRING, "kind": STRING, "url": STRING, "readings": _list(reading)}
    )
    correction = _object({k: STRING for k in "date page reason who".split()})
    utterance = _object(
        {
            "id": STRING,
            "person": STRING,
            "speaker": STRING,
            "members": _list(_object({k: STRING for k in "quote article text via".split()})),
        }
    )
    top = {
        **{k: STRING for k in "schema version title url".split()},
        "articles": _list(_article()),
        "quotes": _list(_placed(quote)),
        "figures": _list(_placed(figure)),
        "derived": _list(derived),
        "entities": _list(entity),
        "stories": _list(story),
        "conflicts": _list(conflict),
        "corrections": _list(correction),
        "utterances": _list(utterance),
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": base + "data/digest.schema.json",
        "title": "An annotated digest",
    }
    return head | _object(top)
