"""What a text mode forbids is in nothing that is published."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest

import digest as api
from digest.sentences import around, sentences
from digest.textmode import shown

TEXT = """The mayor opened the bridge. Nobody else had come to see it that day.

“It will stand for a century,” said Ann Miller, the mayor of the town. The rain had fallen since the morning.

A third paragraph says nothing of note and quotes nobody at all.
"""


def strings(thing: object) -> list[str]:
    """Every string that a record holds, however deep."""
    if isinstance(thing, str):
        return [thing]
    if is_dataclass(thing):
        return [s for f in fields(thing) for s in strings(getattr(thing, f.name))]
    if isinstance(thing, dict):
        return [s for k, v in thing.items() for s in (*strings(k), *strings(v))]
    if isinstance(thing, (tuple, list)):
        return [s for x in thing for s in strings(x)]
    return []


def held(mode: str) -> str:
    return "\n".join(strings(shown(api.read(TEXT), mode, "a")))


def test_full_shows_all() -> None:
    made = shown(api.read(TEXT), "full", "a", "hash")
    assert made.text == api.read(TEXT).body.value
    assert made.raw == TEXT


def test_an_excerpt_holds_the_sentences_of_quotes_and_nothing_else() -> None:
    text = held("excerpt")
    assert "“It will stand for a century,” said Ann Miller" in text
    for forbidden in ("opened the bridge", "Nobody else had come", "rain had fallen", "third paragraph"):
        assert forbidden not in text


def test_private_shows_counts_alone() -> None:
    made = shown(api.read(TEXT), "private", "a")
    assert made.counts["words"] > 30
    for phrase in re.findall(r"\w+ \w+ \w+", TEXT):
        assert phrase not in held("private")


def test_annotations_of_an_excerpt_index_the_excerpt() -> None:
    made = shown(api.read(TEXT), "excerpt", "a")
    for n in made.quotes:
        assert made.text[n.item.start : n.item.end] == n.item.text
    for b in made.blocks:
        assert made.text[b.start : b.end].strip()


def test_ids_do_not_depend_on_what_else_is_found() -> None:
    one = shown(api.read(TEXT), "full", "a")
    two = shown(api.read("“New words,” said Bob Stone.\n\n" + TEXT), "full", "a")
    ids = {n.item.text: n.id for n in two.quotes}
    assert all(ids[n.item.text] == n.id for n in one.quotes)
    assert shown(api.read(TEXT), "full", "b").quotes[0].id != one.quotes[0].id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith of the U.S. Senate left. He ran.", ["Mr. Smith of the U.S. Senate left.", "He ran."]),
        (
            "“Is it?” she said. “Yes.” He left…  Then 3 more.",
            ["“Is it?” she said.", "“Yes.”", "He left…", "Then 3 more."],
        ),
        ("It cost 3.5 million. Yes", ["It cost 3.5 million.", "Yes"]),
        ("one\ntwo", ["one", "two"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in sentences(text)] == expected


def test_the_sentences_around_a_span() -> None:
    text = "One is here. Two is “there. And” there. Three."
    start = text.index("there. And")
    assert text[slice(*around(text, start, start + 10))] == "Two is “there. And” there."
