"""The JSON of `read` is written by hand: it must be what `json` would have made of the same values."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import digest as api
from digest import exchange, stream
from digest.model import Block, Document, Doubt, Figure, Indirect, Mention, Moved, Quote, Sign
from digest.text import Span, Text

words = st.text(st.characters(), max_size=8)  # quotation marks, backslashes, controls, lone surrogates
maybe = st.none() | words
place = st.integers(0, 9)
BODY = st.just("body")


def records(kind: Any, **fields: Any) -> Any:
    return st.lists(st.builds(kind, **fields), max_size=2).map(tuple)


figures = records(Figure, part=BODY, text=words, low=maybe, unit=maybe, rule=words, key=st.booleans())
quotes = records(
    Quote, part=BODY, text=words, speaker=maybe, why=words, speaker_span=st.none() | st.builds(Span)
)
mentions = records(Mention, part=BODY, text=words, entity=maybe)
signs = st.dictionaries(words, st.builds(Sign, score=st.floats(0, 1), evidence=st.tuples(words))).map(
    lambda found: tuple(found.items())
)
documents = st.builds(
    Document,
    words,
    st.just("text"),
    st.builds(Text, words, layers=st.just(())),
    page=st.none(),
    parts=st.just(()),
    headline=maybe,
    moved=records(Moved, cls=words, text=words),
    blocks=records(Block, start=place, end=place),
    quotes=quotes,
    indirect=records(Indirect, text=words),
    figures=figures,
    mentions=mentions,
    diagnosis=signs,
    doubts=records(Doubt, message=words),
)


@given(documents)
def test_the_line_is_the_json_of_its_values(document: Document) -> None:
    line = exchange.line(document, '{"any": [1]}')
    said = json.loads(line)
    assert json.dumps(said, ensure_ascii=False) == line
    assert said["id"] == {"any": [1]} and said["text"] == document.body.value
    assert said["headline"] == document.headline
    for name in ("figures", "quotes", "indirect", "mentions", "blocks"):
        for made, record in zip(said[name], getattr(document, name), strict=True):
            shared = made.keys() & {*record._fields}
            assert len(shared) > 2 and {k: made[k] for k in shared} == {k: getattr(record, k) for k in shared}
    spans = [
        (q.speaker_span.start, q.speaker_span.end) if q.speaker_span else (None, None)
        for q in document.quotes
    ]
    assert [(q["speaker_start"], q["speaker_end"]) for q in said["quotes"]] == spans
    assert {n: s["evidence"] for n, s in said["diagnosis"].items()} == {
        n: list(s.evidence) for n, s in document.diagnosis
    }
    assert [d["message"] for d in said["doubts"]] == [d.message for d in document.doubts]
    assert [(m["class"], m["text"]) for m in said["moved"]] == [(m.cls, m.text) for m in document.moved]


def test_edits_of_all_layers_and_parts_are_json_too() -> None:
    text = "Bridge \\ mended\nBy Ann Lee\n\nIt cost\x07 “one.4 million” cafÃ© dollars, \tshe said.\n\nSubscribe to our newsletter!\n"
    document = api.read(text)
    line = exchange.line(document, "null")
    assert json.dumps(json.loads(line), ensure_ascii=False) == line
    edits = [(e.edit.kind, e.old, e.new, e.raw_start, e.edit.why) for e in document.body.raw_edits()]
    assert [
        (e["kind"], e["old"], e["new"], e["raw_start"], e["why"]) for e in json.loads(line)["edits"]
    ] == edits
    assert edits


@given(st.recursive(maybe | st.integers() | st.booleans(), lambda x: st.lists(x) | st.dictionaries(words, x)))
def test_an_id_comes_back_as_it_was_given(name: Any) -> None:
    line = json.dumps({"id": name, "text": ""}).encode()
    assert json.loads(stream.answer(line))["id"] == json.loads(line)["id"]
    assert json.loads(stream.answer(json.dumps({"id": name}).encode()))["id"] == json.loads(line)["id"]


def test_an_id_deeper_than_json_can_write_is_an_error_and_not_the_end() -> None:
    for depth in (900, 5000):
        said = json.loads(stream.answer(b'{"id": ' + b"[" * depth + b"]" * depth + b', "text": ""}'))
        assert "error" in said or said["id"]
