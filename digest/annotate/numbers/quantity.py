"""A number on its way to becoming a figure, and the words before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from digest.annotate.numbers.lexicon import Unit
from digest.annotate.numbers.numerals import Numeral

WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[~≈<>≤≥]=?|[.;:!?]|\d[\d.,]*")
WINDOW = 52  # as far back as the longest bound with its verb and hedges


@dataclass(slots=True)
class Quantity:
    """A numeral with its unit.

    `start` to `end` is all that was read; `low` and `high` are in whole
    units. `known`: the unit is from the tables, not a noun found beside it.
    `words` stand before `start`, in lower case, nearest last, `starts` where
    each begins.
    """

    start: int
    end: int
    number: Numeral
    low: Decimal | None
    high: Decimal | None
    mantissa: Decimal
    scaled: bool
    unit: Unit | None = None
    per: str | None = None
    known: bool = False
    currency_first: bool = False
    bound: str | None = None
    approx: bool = False
    change: str = "="
    rule: str = "number"
    damaged: bool = False
    noun: str | None = None
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    guessed: bool = False  # the unit was taken from another figure

    @property
    def cls(self) -> str:
        """The class of the unit, "" for none."""
        return self.unit.cls if self.unit else ""

    @property
    def word(self) -> str:
        """The word right before, "" for none."""
        return self.words[-1] if self.words else ""


def look_back(low: str, q: Quantity) -> None:
    """Fills the words before `q` in its sentence; none when a sign divides them from it."""
    base = max(0, q.start - WINDOW)
    words: list[str] = []
    starts: list[int] = []
    end = base
    for m in WORDS.finditer(low, base, q.start):
        word = m[0]
        end = m.end()
        if word in ".;:!?" and not (word == "." and _abbreviates(words)):
            words, starts = [], []
        elif m.start() > base or not base:
            words.append(word)
            starts.append(m.start())
    if low[end : q.start].strip(" \u00a0\n($“\"'‘-") == "":
        q.words, q.starts = words, starts


# a full stop after one of these ends no sentence
SHORT = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos approx ca est fig vol nr nrs u s rs mr mrs ms dr st".split()
)


def _abbreviates(words: list[str]) -> bool:
    return bool(words) and words[-1] in SHORT


def drop(q: Quantity, count: int) -> None:
    """Takes the last `count` words from before `q` into it."""
    q.start = q.starts[-count]
    q.words, q.starts = q.words[:-count], q.starts[:-count]
