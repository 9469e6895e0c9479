"""Which passes over a text can find anything: a look at its words is cheaper than most of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.annotate.numbers.lexicon import Lexicon
from digest.plain import SHORT  # a longer text nearly always holds something for every pass

BLANKED = bytes(b if 97 <= b <= 122 else 32 for b in range(256))  # all but a to z
YEAR = re.compile(r"[’'12](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=[’'])\d\d)")  # begins with a set: quick to search


class Passes:
    """The passes that may find something in lower-case text; `False` is sure, `True` a guess.

    `words`: the text's words of a to z, if they are known.

    Every pattern of these passes begins behind a character that is not of a
    to z and ends before one, so that its words are among those seen here.
    """

    __slots__ = ("hints", "low", "seen")

    def __init__(self, low: str, lex: Lexicon, words: Sequence[bytes] | None = None) -> None:
        self.low, self.hints = low, lex.hints
        self.seen: frozenset[bytes] | None = None  # not looked at
        if words is None and len(low) <= SHORT:
            words = low.encode("ascii", "replace").translate(BLANKED).split()
        if words is not None:
            self.seen = lex.hints.every.intersection(words)

    def numbers(self) -> bool:
        """Whether number words can stand in the text."""
        return self.seen is None or not self.seen.isdisjoint(self.hints.numbers)

    def cues(self) -> bool:
        """Whether words of claim and plan can."""
        if self.seen is None or not self.seen.isdisjoint(self.hints.cues):
            return True
        return any(map(self.low.__contains__, self.hints.small))

    def times(self) -> bool:
        """Whether expressions of time can."""
        if self.seen is None or not self.seen.isdisjoint(self.hints.times):
            return True
        return YEAR.search(self.low) is not None
