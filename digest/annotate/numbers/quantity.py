"""A number on its way to becoming a figure, and the words before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import filterfalse

from digest.annotate.numbers.lexicon import Unit

WINDOW = 56  # as far back as the longest bound with its verb and hedges
LOOK = 7  # words


@dataclass(slots=True)
class Quantity:
    """A number as written, and what it measures once that has been read.

    `first` to `last` is the number alone, `start` to `end` all that was read.
    `low` to `high` are in whole units, for a vague number its spread, both
    the same else. `kind`: digits, words, fraction, vague, times, article.
    `mantissa` is the value before the last scale word ("5.6" of "5.6
    million"), `scaled` whether there was one. `known`: the unit is from the tables, not a noun found beside it.
    `words` stand before `start`, in lower case, nearest last.
    """

    start: int
    end: int
    first: int
    last: int
    low: Decimal | None
    high: Decimal | None
    kind: str
    mantissa: Decimal
    scaled: bool = False
    damaged: bool = False
    unit: Unit | None = None
    per: str | None = None
    known: bool = False
    currency_first: bool = False
    bound: str | None = None
    approx: bool = False
    change: str = "="
    rule: str = "number"
    noun: str | None = None
    words: Sequence[str] = ()
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
    base = q.start - WINDOW if q.start > WINDOW else 0
    line = low.rfind("\n", base, q.start) + 1
    words = low[line or base : q.start].replace("—", " ").rsplit(None, LOOK)
    if len(words) > LOOK or (base and not line and len(words) < LOOK):
        del words[:1]  # all that is farther; or one cut in its middle
    if not words or (words[-1][-1] in ",.;:!?)”»" and words[-1].rstrip(".") not in SHORT):
        return
    first, i = 0, -1
    for word in [*filterfalse(str.isalnum, words)]:
        i = words.index(word, i + 1)
        if word[-1] in ".;:!?" and word[:-1] not in SHORT:
            first = i + 1
        words[i] = word.strip(",.()“\"'‘’”[]$€£") or word
    q.words = words[first:] if first else words


# a full stop after one of these ends no sentence
SHORT = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos approx ca est fig vol nr nrs u s rs mr mrs ms dr st".split()
)


def start_of(low: str, q: Quantity, count: int = 1) -> int:
    """Where the last `count` words before `q` begin."""
    at = q.start
    for word in reversed(q.words[-count:]):
        at = low.rfind(word, max(0, at - WINDOW), at)
    return at


def drop(low: str, q: Quantity, count: int) -> None:
    """Takes the last `count` words from before `q` into it."""
    q.start = start_of(low, q, count)
    q.words = q.words[:-count]
