"""The five seeds, cleaned exactly as a person cleaned them."""

import json
from pathlib import Path

import pytest

import digest

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "golden" / "cleaning" / "seeds.json"
KINDS = ("headline", "standfirst")


def gold() -> dict[str, dict]:
    """What a person cut and kept; a digest that has put its own texts in place of a seed needs none of it."""
    every = json.loads(GOLD.read_text("utf-8"))
    return {name: want for name, want in every.items() if (ROOT / "seeds" / name).exists()}


@pytest.mark.parametrize("name", sorted(gold()))
def test_a_seed_is_cleaned_as_in_the_gold(name: str) -> None:
    want = gold()[name]
    raw = (ROOT / "seeds" / name).read_bytes().decode("utf-8")
    document = digest.read(raw, skip=["repair"])
    for kind in KINDS:
        assert getattr(document, kind) == (want[kind]["text"] if want[kind] else None), kind
    assert document.body.value.split("\n\n") == blocks(want)
    cut = [
        (e.edit.cls, e.old.strip())
        for e in document.body.raw_edits()
        if e.edit.kind == "excise" and e.layer == "clean"
    ]
    assert cut == [(r["class"], r["text"]) for r in want["removals"]]
    assert document.body.undo() == raw


def blocks(want: dict) -> list[str]:
    return [b["text"] for b in want["body"]]
