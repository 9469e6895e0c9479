"""The rules are not fitted to the seeds: no rule and no example of one holds a stretch of a seed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.strict import load

ROOT = Path(__file__).parent.parent
FIVE = 5  # words in a row that a rule and a seed may not share
WORD = re.compile(r"\w+")


def runs(text: str) -> set[tuple[str, ...]]:
    """Every five words in a row; case, points and apostrophes do not count."""
    words = WORD.findall(re.sub(r"['’]", "", text.casefold()))
    return {tuple(words[i : i + FIVE]) for i in range(len(words) - FIVE + 1)}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for k, v in value.items():
            yield from strings(k)
            yield from strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)


# What a publishing system writes under every page it makes is no stretch of a text.
PUBLIC = runs("Your email address will not be published. Required fields are marked *")  # WordPress
SEEDS = (
    frozenset().union(*(runs(p.read_text("utf-8")) for p in sorted((ROOT / "seeds").glob("*.txt")))) - PUBLIC
)


@pytest.mark.parametrize("path", sorted((ROOT / "digest/rules").glob("*/*.yaml")), ids=lambda p: p.stem)
def test_no_rule_shares_five_words_with_a_seed(path: Path) -> None:
    shared = {
        " ".join(run): text
        for text in strings(load(path.read_text("utf-8"), path.name).value)
        for run in sorted(runs(text) & SEEDS)
    }
    assert not shared
