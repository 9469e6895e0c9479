"""The form of `data/digest.json`, as JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
STRING: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}
CERT: Schema = {"enum": ["high", "medium", "low"]}
COUNTS: Schema = {"type": "object", "additionalProperties": NUMBER}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def digest_schema(base: str, version: str) -> Schema:
    """The schema under its own address; it accepts data of `version`, and later ones that only add."""
    major = version.partition(".")[0]
    top = {
        **_strings("schema title url"),
        "version": {"type": "string", "pattern": rf"^{major}\.[0-9]+$"},
        "articles": _list(_article()),
        "quotes": _list(_quote()),
        "figures": _list(_figure()),
        "derived": _list(_derived()),
        "entities": _list(_entity()),
        "stories": _list(_object(_strings("id title url") | {"articles": _list(STRING)})),
        "conflicts": _list(_conflict()),
        "corrections": _list(_object(_strings("date page reason who"))),
        "utterances": _list(_utterance()),
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": base + "data/digest.schema.json",
        "title": "An annotated digest",
        "description": f"Data format {version}",
    }
    return head | _object(top)


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(required),
        "properties": required | (optional or {}),
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _strings(names: str) -> Schema:
    return {name: STRING for name in names.split()}


def _fact() -> Schema:
    basis: Schema = {"enum": ["stated", "inferred", "unknown"]}
    return _object({"value": STRING, "basis": basis}, {"reason": STRING, "moment": STRING})


def _edit() -> Schema:
    return _object(
        {
            **_strings("id layer cls rule why by old new part"),
            "kind": {"enum": ["decode", "excise", "move", "split", "space", "emend", "flag"]},
            "cert": CERT,
            "status": {"enum": ["applied", "proposed", "flagged"]},
            "raw_start": NUMBER,
            "raw_end": NUMBER,
            "cut": TRUTH,
        }
    )


def _article() -> Schema:
    """A standing article, or what is left of a withdrawn one."""
    whole = {
        **_strings("id url title title_basis language"),
        **{k: _fact() for k in "outlet author address date copy".split()},
        "added": MAYBE,
        "mode": {"enum": ["full", "excerpt", "private"]},
        "sha256": STRING,
        "counts": COUNTS,
        "edits": _list(_edit()),
        "text": MAYBE,
        "text_sha256": {"anyOf": [HASH, {"type": "null"}]},
    }
    return {"oneOf": [_object(whole), _object(_strings("id url withdrawn"))]}


def _placed(more: Schema) -> Schema:
    place = _strings("id url anchor article part text sentence")
    return _object(place | {"start": NUMBER, "end": NUMBER, "cert": CERT} | more)


def _quote() -> Schema:
    maybe = {k: MAYBE for k in "speaker speaker_full person cue venue".split()}
    return _placed(maybe | {"kind": STRING, "frame": STRING, "verbatim": TRUTH})


def _figure() -> Schema:
    maybe = {k: MAYBE for k in "low high unit per bound subject claimant when".split()}
    counts = {"texts": NUMBER, "lineages": NUMBER}
    return _placed(maybe | counts | {"change": STRING, "approx": TRUTH, "status": STRING, "damaged": TRUTH})


def _derived() -> Schema:
    plain = _strings("id larger smaller larger_value smaller_value unit result unlike url")
    kind: Schema = {"enum": ["ratio", "difference"]}
    where: Schema = {"enum": ["sentence", "paragraph", "texts"]}
    return _object(plain | {"kind": kind, "where": where, "per": MAYBE, "exact": TRUTH, "approx": TRUTH})


def _entity() -> Schema:
    kind: Schema = {"enum": ["person", "organisation", "product", "place"]}
    return _object(_strings("id name url") | {"kind": kind, "aliases": _list(STRING), "articles": COUNTS})


def _conflict() -> Schema:
    readings = _list(_object(_strings("article words")))
    return _object(_strings("id question kind url") | {"readings": readings})


def _utterance() -> Schema:
    members = _list(_object(_strings("quote article text via")))
    return _object(_strings("id person speaker") | {"members": members})
