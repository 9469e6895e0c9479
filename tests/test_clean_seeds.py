"""The five seeds, cleaned exactly as a person cleaned them."""

import json
import os
from pathlib import Path

import pytest

import digest

ROOT = Path(__file__).parent.parent
GOLD = Path(os.environ.get("GOLD", ROOT.parent / "shared/gold")) / "seeds-cleaning.json"
KINDS = ("headline", "standfirst")


def gold() -> dict[str, dict]:
    return json.loads(GOLD.read_text("utf-8")) if GOLD.exists() else {}


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
