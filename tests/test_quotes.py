"""Quotes: cases, the examples of every cue, the seeds against the gold."""

from pathlib import Path
from typing import Any

import pytest

import digest
from digest.rules import rules_for
from digest.strict import load

HERE = Path(__file__).parent
SKIP = ("clean", "repair", "figures")
CASES = load((HERE / "cases" / "quotes.yaml").read_text("utf-8"), "quotes.yaml").value["cases"]
CUES = rules_for().of("cues")


def quotes(text: str) -> list[dict[str, Any]]:
    return digest.to_json(digest.read(text, skip=SKIP))["quotes"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any]) -> None:
    found = quotes(case["input"])
    assert [q["text"] for q in found] == [q["text"] for q in case["quotes"]]
    for got, want in zip(found, case["quotes"], strict=True):
        assert got["kind"] == want["kind"]
        if "speaker" in want:
            assert got["speaker"] == want["speaker"]
        if "full" in want:
            assert got["speaker_full"] == want["full"]


@pytest.mark.parametrize("rule", CUES, ids=lambda r: r.id)
def test_every_cue_hits_and_misses(rule: Any) -> None:
    for text in rule.hits:
        assert any(q["cue"] in rule.phrases and q["speaker"] == "Ann Lee" for q in quotes(text)), text
    for text in rule.misses:
        assert not any(q["cue"] in rule.phrases and q["speaker"] for q in quotes(text)), text


@pytest.mark.parametrize("mark", ["“", "”", '"', "''", "‘", "«", "„", "「", "’ "])
def test_marks_without_end_are_read_in_linear_time(mark: str) -> None:
    digest.read(mark * 100_000, skip=SKIP)
    digest.read((mark + "word ") * 20_000, skip=SKIP)
