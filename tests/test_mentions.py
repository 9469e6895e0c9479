"""Names: cases, names the editor vouches for, and that nothing overlaps."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import digest
from digest.model import KnownName
from digest.pipeline import read
from digest.strict import load

CASES = load((Path(__file__).parent / "cases" / "mentions.yaml").read_text("utf-8"), "mentions.yaml").value[
    "cases"
]
SKIP = ("clean", "repair", "figures", "quotes")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any]) -> None:
    found = digest.read(case["input"], skip=SKIP).mentions
    assert [[m.text, m.kind, m.entity] for m in found] == case["mentions"]


def test_names_the_editor_vouches_for_come_first() -> None:
    known = KnownName("ann-lee", "person", "Ann Lee", ("Lee", "the bridge lady"), "f")
    found = read(
        "Ann Lee came. The town loves the bridge lady. Lee left.", evidence=(known,), skip=SKIP
    ).mentions
    assert [(m.text, m.entity, m.rule) for m in found] == [
        ("Ann Lee", "ann-lee", "name.known"),
        ("the bridge lady", "ann-lee", "name.known"),
        ("Lee", "ann-lee", "name.known"),
    ]


@given(st.text(alphabet="ABCDab .,’'“”\n-1", max_size=120))
@settings(max_examples=60)
def test_mentions_never_overlap(text: str) -> None:
    at = 0
    for m in digest.read(text, skip=SKIP).mentions:
        assert at <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.text
        at = m.end
